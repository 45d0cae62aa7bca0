// Keeps a page fresh: when the server says that something has changed, the page is fetched again and its <main>
// replaced. What the reader was at stays: scroll, focus, open <details>, what was typed into forms.

const status = document.getElementById("live");
let busy = false;
let again = false;

const fieldKey = (field) => `${field.form?.getAttribute("action") ?? ""} ${field.name || field.id}`;
const fields = (root) => [...root.querySelectorAll("input:not([type=hidden]), select, textarea")];
const isChanged = (field) =>
  field.tagName === "SELECT"
    ? [...field.options].some((option) => option.selected !== option.defaultSelected)
    : field.value !== field.defaultValue;

function replaceMain(fresh) {
  const old = document.querySelector("main");
  const typed = new Map(fields(old).filter(isChanged).map((field) => [fieldKey(field), field.value]));
  const open = new Map([...old.querySelectorAll("details[id]")].map((part) => [part.id, part.open]));
  const active = old.contains(document.activeElement) ? document.activeElement : null;
  const focused = active && {
    id: active.id,
    key: active.name && fieldKey(active),
    href: active.getAttribute("href"),
    from: active.selectionStart,
    to: active.selectionEnd,
  };
  const { scrollX, scrollY } = window;
  old.replaceWith(fresh);
  for (const field of fields(fresh)) if (typed.has(fieldKey(field))) field.value = typed.get(fieldKey(field));
  for (const [id, isOpen] of open) fresh.querySelector(`#${CSS.escape(id)}`)?.toggleAttribute("open", isOpen);
  if (location.hash) location.replace(location.hash); // or the line that was jumped to is no longer marked
  if (focused) {
    const same =
      (focused.id && fresh.querySelector(`#${CSS.escape(focused.id)}`)) ||
      (focused.key && fields(fresh).find((field) => fieldKey(field) === focused.key)) ||
      (focused.href && fresh.querySelector(`a[href="${CSS.escape(focused.href)}"]`));
    same?.focus({ preventScroll: true });
    if (focused.from != null && same?.type !== "date") same?.setSelectionRange?.(focused.from, focused.to);
  }
  window.scrollTo(scrollX, scrollY);
}

async function refresh() {
  if (busy) return void (again = true);
  busy = true;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.redirected) return void location.reload(); // the session has ended
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("main");
    if (answer.ok && fresh) replaceMain(fresh);
  } catch {
    // The connection is lost; the stream of events says so, and comes back by itself.
  } finally {
    busy = false;
    if (again) { again = false; refresh(); }
  }
}

function show(isOn) {
  status.hidden = false;
  status.textContent = isOn ? status.dataset.on : status.dataset.off;
  status.classList.toggle("off", !isOn);
}

// A page that answers a form (a refusal, say) is not what its address gives, so it stays as it is.
if ("pulse" in document.querySelector("main").dataset) {
  const events = new EventSource("/events");
  events.onopen = () => show(true);
  events.onerror = () => show(false);
  events.addEventListener("pulse", ({ data }) => data !== document.querySelector("main").dataset.pulse && refresh());
  events.addEventListener("tick", () => "tick" in document.querySelector("main").dataset && refresh());
  addEventListener("pagehide", () => events.close());
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}

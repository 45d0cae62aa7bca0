"""What a person decides: to try a delivery again, to say what a page is, to try the alerts out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from worker import archive, celery, house, ledger, steps
from worker.alerts import sending
from worker.house import House
from worker.newspaper import labels, rules
from worker.newspaper.model import Identity
from worker.views import ids


class Refused(Exception):
    """What was asked for cannot be done; one sentence for the person who asked."""


def retry(here: House, deliveries: Sequence[int]) -> list[int]:
    """Have these failed deliveries worked on once more; gives those that were failed."""
    with here.write() as session:
        again = ledger.try_again(session, deliveries)
    if again and celery.announce(again):
        with here.write() as session:
            ledger.announced(session, again, house.now())
    return again


def failed(here: House) -> list[int]:
    """Give all deliveries that are failed, oldest first."""
    with here.look() as session:
        return ledger.failed(session)


def identify(here: House, what: str, paper: str | None, day: date | None, page: str | None) -> int:
    """Say what a page that could not be told is; gives the issue it has gone to, assembled anew.

    `what` is a delivery (d12), a provisional issue (i3) or a page (p4); what is already known need not be said.
    """
    kind, number = ids.parse(what)
    wanted = {ids.Kind.DELIVERY: "delivery", ids.Kind.ISSUE: "issue", ids.Kind.PAGE: "page"}.get(kind)
    if wanted is None:
        raise Refused(f"{what} is no delivery, issue or page, so it cannot be identified.")
    with here.write() as session:
        pages = archive.unnamed(session, **{wanted: number})
        if not pages:
            raise Refused(f"{what} has no page that waits to be identified.")
        if len(pages) > 1:
            each = ", ".join(ids.page(one.page_id) for one in pages)
            raise Refused(f"{what} has several such pages; identify them one by one: {each}.")
        which = pages[0]
        identity = _complete(here, what, which.identity, paper, day, page or which.page.label)
        label = identity.page or ""
        named = replace(which.page, label=label, sequence=labels.sequence(label))
        found = rules.check_page(named, identity, here.paper(identity.code))
        issue = archive.move(session, which, identity, named, found, house.now())
    steps.assemble(here, issue)
    return issue


def _complete(
    here: House, what: str, known: Identity, paper: str | None, day: date | None, page: str | None
) -> Identity:
    """Give the identity with what the person says; it must be whole then."""
    style = here.papers.by_name(paper) if paper else None
    name = (style.name if style else paper) or known.paper
    code = (style.code if style else None) if paper else known.code
    when = day or known.date
    label = labels.normal_label(page) if page else None
    if page and label is None:
        raise Refused(f"{page!r} is no page label; they look like A02, 2 or 第二版.")
    missing = [word for word, value in (("--paper", name), ("--date", when), ("--page", label)) if not value]
    if missing:
        raise Refused(f"To place {what}, say {' and '.join(missing)} too.")
    said = {key: "a person" for key, value in (("paper", paper), ("date", day), ("page", page)) if value}
    return replace(
        known, paper=name, code=code, date=when, page=label, how={**known.how, **said}, missing=(), proposed={}
    )


def test_alert(here: House) -> list[tuple[str, bool, str | None]]:
    """Send a test through every channel at once; gives for each its name, whether it was taken, and the error."""
    return sending.try_out(here.channels, language=here.language, base_url=here.base_url, now=house.now())

"""The guard at the door: every request passes it first, every answer leaves with its headers."""

import ipaddress
import socket
import time
from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from worker import settings
from worker.dashboard.access import SESSION, Access

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
OPEN = ("/login", "/language", "/healthz")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def check_binding(host: str, password: str) -> None:
    """Refuse to be seen from other machines without a password; raises WrongSettings."""
    if not _is_loopback(host) and not password:
        raise settings.WrongSettings(
            f"The setting dashboard.host = {host!r} lets other machines in, so dashboard.password must be set too "
            "(JUMPLINE_DASHBOARD__PASSWORD or JUMPLINE_DASHBOARD__PASSWORD_FILE)."
        )


def is_known_host(header: str, host: str, url: str) -> bool:
    """Say whether a Host header names this dashboard: a page of another site could have its own name point here.

    `host` is the address listened on, `url` the one people reach it by, if it is another.
    """
    try:
        asked = (urlsplit(f"//{header}").hostname or "").rstrip(".")
    except ValueError:
        return False
    known = LOOPBACK | {host.lower(), (urlsplit(url).hostname or "").lower()} - {""}
    if asked in known:
        return True
    # Listening on every address, the machine is reached by any of them, or by its own names.
    return host in {"0.0.0.0", "::"} and (_is_address(asked) or asked in _own_names())  # noqa: S104 (it is compared)


def is_same_origin(headers: Iterable[tuple[str, str]], host: str, url: str) -> bool:
    """Say whether a request that changes something was sent by a page of ours, as far as the browser says.

    `host` is the Host header. What is no browser says nothing, and carries no cookie that it was not given.
    """
    said = {name.lower(): value for name, value in headers}
    if said.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = said.get("origin")
    if origin is None:
        return True
    return urlsplit(origin).netloc.lower() in {host.lower(), urlsplit(url).netloc.lower()} - {""}


def safe_path(path: str) -> str:
    """Give a path of this dashboard to go on to once signed in; "/" for anything that might lead elsewhere."""
    return "/" if path.startswith("/login") else own_path(path)


def own_path(path: str) -> str:
    """Give a path of this dashboard; "/" for anything that might lead elsewhere."""
    is_own = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if is_own else "/"


class Guard:
    """Middleware around the whole app."""

    def __init__(self, app: ASGIApp, access: Access, host: str, url: str) -> None:
        """`host` is the address listened on, `url` the one people reach the dashboard by, if it is another."""
        self.app = app
        self.access = access
        self.host = host
        self.url = url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer at the door, or let the request in with its session."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        request = Request(scope)
        answer = self._answer(request)
        await (answer or self.app)(scope, receive, send_with_headers)

    def _answer(self, request: Request) -> Response | None:
        """Give the answer for those who may not come in, None for those who may."""
        header = request.headers.get("host", "")
        if not is_known_host(header, self.host, self.url):
            return _refusal(
                request, 400, "This dashboard is not known by that host name; its own can be set as dashboard.url."
            )
        bearer = _bearer(request)
        request.state.session = self.access.session(request.cookies.get(self.access.cookie))
        request.state.by_token = False
        by_browser = request.method not in SAFE and bearer is None
        if by_browser and not is_same_origin(request.headers.items(), header, self.url):
            return _refusal(request, 403, "This was sent by a page of another site, and was not carried out.")
        if request.url.path in OPEN or request.url.path.startswith("/static/"):
            return None
        given = bearer if bearer is not None else request.query_params.get("token")
        if given is not None:
            return self._admit(request, given, by_bearer=bearer is not None)
        return None if request.state.session else _sign_in_first(request)

    def _admit(self, request: Request, given: str, *, by_bearer: bool) -> Response | None:
        # The right token is let in at any time: too long to be guessed, it must not be locked out by those who guess.
        if not self.access.is_token(given):
            return self._turn_away(request, by_bearer=by_bearer)
        if by_bearer:
            request.state.by_token = True
            return None
        answer = RedirectResponse(_without_token(request), 303)
        sign_in(answer, self.access, is_secure=is_secure(request, self.url))
        return answer

    def _turn_away(self, request: Request, *, by_bearer: bool) -> Response:
        address, now = address_of(request), time.monotonic()
        if wait := self.access.tries.wait(address, now):
            refusal = _refusal(request, 429, f"Too many wrong tokens came from your address; try again in {wait} s.")
            refusal.headers["Retry-After"] = str(wait)
            return refusal
        self.access.tries.note(address, now)
        return _refusal(request, 401, "The token is wrong.") if by_bearer else _sign_in_first(request)


def sign_in(answer: Response, access: Access, *, is_secure: bool) -> None:
    """Give the browser a session. Lax, so that a link in a mail opens signed in; forms are guarded by their key."""
    answer.set_cookie(access.cookie, access.begin(), SESSION, httponly=True, samesite="lax", secure=is_secure)


def is_secure(request: Request, url: str) -> bool:
    """Say whether people reach the dashboard by https."""
    return request.url.scheme == "https" or url.startswith("https:")


def address_of(request: Request) -> str:
    """Give the address that a request came from."""
    return request.client.host if request.client else ""


def is_api(request: Request) -> bool:
    """Say whether a program asks, and wants JSON."""
    return request.url.path.startswith("/api/")


def _bearer(request: Request) -> str | None:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return given.strip() if scheme.lower() == "bearer" else None


def _refusal(request: Request, status: int, sentence: str) -> Response:
    if is_api(request):
        headers = {"WWW-Authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else None
        return JSONResponse({"detail": sentence}, status, headers)
    return PlainTextResponse(f"{sentence}\n", status)


def _sign_in_first(request: Request) -> Response:
    if is_api(request) or request.url.path == "/events":
        return _refusal(request, 401, "Sign in, or send the token: Authorization: Bearer TOKEN.")
    return RedirectResponse(f"/login?next={quote(_without_token(request), safe='')}", 303)


def _without_token(request: Request) -> str:
    query = urlencode([(name, value) for name, value in parse_qsl(request.url.query) if name != "token"])
    return safe_path(f"{quote(request.url.path)}{'?' + query if query else ''}")


def _is_loopback(host: str) -> bool:
    try:
        return host.lower() == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _own_names() -> set[str]:
    return {socket.gethostname().lower(), socket.getfqdn().lower()}

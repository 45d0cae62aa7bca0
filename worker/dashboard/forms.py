"""What people ask for with forms: to sign in and out, to try a delivery again, to say what a page is."""

import time
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from worker import desk
from worker.dashboard import asking, browse, guard, placing, words
from worker.dashboard.placing import Placing
from worker.dashboard.room import Here
from worker.newspaper.rules import Language
from worker.views import ids

router = APIRouter(include_in_schema=False)

# A chosen language is remembered so long, in seconds.
CHOSEN = 365 * 24 * 3600


def _from_own_page(request: Request, room: Here, form_key: Annotated[str, Form(max_length=200)] = "") -> None:
    session = request.state.session
    if session is None or not room.access.is_form_key(session, form_key):
        raise HTTPException(403, "This form is too old, or was not sent from this dashboard; open the page again.")


OwnPage = Depends(_from_own_page)
Field = Annotated[asking.Given, Form()]
Agreed = Annotated[bool, Form()]


def _said(
    paper: Field = None,
    day: Annotated[asking.Given, Form(alias="date")] = None,
    page: Field = None,
    *,
    replace: Agreed = False,
    new_paper: Agreed = False,
) -> Placing:
    return Placing(paper, day, page, replace=replace, new_paper=new_paper)


@router.get("/login")
def login_page(request: Request, room: Here) -> Response:
    """Ask for the token or the password."""
    return room.page(request, "login.html", problem=None, next=guard.safe_path(request.query_params.get("next", "/")))


@router.post("/login")
def login(
    request: Request,
    room: Here,
    secret: Annotated[str, Form(max_length=1000)] = "",
    then: Annotated[str, Form(alias="next", max_length=2000)] = "/",
) -> Response:
    """Let in who knows the token or the password."""
    address, now, then = guard.address_of(request), time.monotonic(), guard.safe_path(then)
    tries, is_token = room.access.tries, room.access.is_token(secret.strip())
    if not is_token and (wait := tries.wait(address, now)):
        page = room.page(request, "login.html", status=429, problem="wait", wait=wait, next=then)
        page.headers["Retry-After"] = str(wait)
        return page
    if not is_token and not room.access.is_password(secret.strip()):
        tries.note(address, now)
        return room.page(request, "login.html", status=401, problem="wrong", next=then)
    tries.forget(address)
    answer = RedirectResponse(then, 303)
    url = room.house.settings.dashboard.url
    guard.sign_in(answer, room.access, is_secure=guard.is_secure(request, url))
    return answer


@router.post("/language")
def choose_language(
    request: Request,
    room: Here,
    chosen: Annotated[Language, Form(alias="language")],
    then: Annotated[str, Form(alias="next", max_length=2000)] = "/",
) -> Response:
    """Show the pages in this language from now on, in this browser; whoever is not signed in yet may choose too."""
    answer = RedirectResponse(guard.own_path(then), 303)
    secure = guard.is_secure(request, room.house.settings.dashboard.url)
    answer.set_cookie(words.COOKIE, chosen, CHOSEN, httponly=True, samesite="lax", secure=secure)
    return answer


@router.post("/logout", dependencies=[OwnPage])
def logout(room: Here) -> Response:
    """End the session in this browser."""
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(room.access.cookie)
    return answer


@router.post("/deliveries/{id}/retry", dependencies=[OwnPage])
def retry(request: Request, room: Here, number: asking.DeliveryNumber) -> Response:
    """Have a failed delivery worked on once more."""
    if not desk.retry(room.house, [number]):
        return browse.show_delivery(room, request, number, was_not_failed=True, status=409)
    return RedirectResponse(f"/deliveries/{number}", 303)


@router.post("/issues/{id}/identify", dependencies=[OwnPage])
def identify_issue(
    request: Request, room: Here, number: asking.IssueNumber, said: Annotated[Placing, Depends(_said)]
) -> Response:
    """Say what the page of a provisional issue is."""
    placed = placing.place(room.house, ids.issue(number), said)
    if isinstance(placed, Placing):
        return browse.show_issue(room, request, number, placed, 409)
    return RedirectResponse(f"/issues/{placed}", 303)


@router.post("/pages/{id}/identify", dependencies=[OwnPage])
def identify_page(
    request: Request, room: Here, number: asking.PageNumber, said: Annotated[Placing, Depends(_said)]
) -> Response:
    """Say that a page that was placed wrongly is another."""
    placed = placing.place(room.house, ids.page(number), said)
    if isinstance(placed, Placing):
        return browse.show_page(room, request, number, placed, 409)
    return RedirectResponse(f"/pages/{number}", 303)

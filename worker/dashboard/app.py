"""The web application: its pages, its API, its guard, and what it says when something is wrong."""

from collections.abc import Callable
from http import HTTPStatus
from importlib.metadata import version

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from worker.dashboard import api, browse, forms, tokens
from worker.dashboard.access import Access
from worker.dashboard.guard import HEADERS, Guard, is_api
from worker.dashboard.room import Room
from worker.house import House

# No form and no body of the API is longer.
LONGEST = 64 * 1024


def create(here: House, token: str, broker_answers: Callable[[], bool]) -> FastAPI:
    """Give the application; `token` lets people and programs in, `broker_answers` says whether the broker does."""
    shown = here.settings.dashboard
    access = Access(token, tokens.signing_key(here.settings.data_dir), shown.password.get_secret_value())
    app = FastAPI(
        title="Jumpline",
        version=version("jumpline"),
        description=(
            "What the dashboard shows, for programs. Send the dashboard's token as `Authorization: Bearer TOKEN`. "
            "Times are UTC. Lists are newest first. Errors are one sentence in `detail`. Messages are in the language "
            "that is set, or with `auto` in the one that Accept-Language asks for."
        ),
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # these pages load their scripts from elsewhere
        redoc_url=None,
        max_body_size=LONGEST,
        middleware=[Middleware(Guard, access=access, host=shown.host, url=shown.url)],
        exception_handlers={
            RequestValidationError: _wrong_parameter,
            HTTPException: _wrong,
            OperationalError: _database_away,
            Exception: _broken,
        },
    )
    app.state.room = Room(here, access, broker_answers)
    app.mount("/static", StaticFiles(packages=[("worker.dashboard", "static")]))
    for router in (api.router, browse.router, forms.router):
        app.include_router(router)
    app.add_api_route("/healthz", _lives, include_in_schema=False)
    app.add_api_route("/events", _events, include_in_schema=False)
    return app


def _lives() -> Response:
    return PlainTextResponse("ok\n")


async def _events(request: Request) -> Response:
    room: Room = request.app.state.room
    return StreamingResponse(room.pulse.events(), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def _wrong_parameter(request: Request, wrong: RequestValidationError) -> Response:
    first = wrong.errors()[0]
    place = ".".join(str(step) for step in first["loc"][1:])
    reason = str(first["msg"]).removeprefix("Value error, ")
    what = f"The parameter {place} is wrong" if place else "What was sent is wrong"
    return _told(request, 422, f"{what}: {reason[:1].lower()}{reason[1:]}.")


async def _wrong(request: Request, wrong: HTTPException) -> Response:
    is_bare = wrong.detail == HTTPStatus(wrong.status_code).phrase
    sentence = _PLAIN.get(wrong.status_code, f"{wrong.detail}.") if is_bare else wrong.detail
    return _told(request, wrong.status_code, sentence, dict(wrong.headers or {}))


_PLAIN = {
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
    413: "What was sent is too long.",
}


async def _database_away(request: Request, wrong: OperationalError) -> Response:
    del wrong
    return _told(request, 503, "The database does not answer; try again in a moment.")


async def _broken(request: Request, wrong: Exception) -> Response:
    """What nobody foresaw; the server logs it. This answer is given outside the guard, so it brings its headers."""
    del wrong
    sentence = "Something broke inside Jumpline; this is not your fault, and its log says what it was."
    if is_api(request):
        return JSONResponse({"detail": sentence}, 500, HEADERS)
    return PlainTextResponse(f"{sentence}\n", 500, HEADERS)


def _told(request: Request, status: int, sentence: str, headers: dict[str, str] | None = None) -> Response:
    if is_api(request):
        return JSONResponse({"detail": sentence}, status, headers)
    room: Room = request.app.state.room
    page = room.page(request, "wrong.html", status=status, code=status, sentence=sentence)
    page.headers.update(headers or {})
    return page

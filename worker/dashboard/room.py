"""What every page and every answer needs at hand: the house, who may come in, the words, the pulse."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, cast

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from worker import house
from worker.dashboard import words
from worker.dashboard.access import Access
from worker.dashboard.live import Pulse
from worker.house import House
from worker.newspaper.rules import Language
from worker.views import pulse

# How long the broker's answer holds: asking costs up to two seconds when it is away.
HOLDS = 3.0


@dataclass(slots=True)
class Remembered:
    """An answer that is asked for again only after a while, by one asker at a time."""

    ask: Callable[[], bool]
    last: bool = False
    at: float = float("-inf")
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self) -> bool:
        """Give the answer as it was at most HOLDS seconds ago."""
        with self.lock:
            if time.monotonic() - self.at >= HOLDS:
                self.last, self.at = self.ask(), time.monotonic()
            return self.last


class Room:
    """What the routes share."""

    def __init__(self, here: House, access: Access, broker_answers: Callable[[], bool]) -> None:
        """`broker_answers` may take its time; its answer is remembered for a moment."""
        self.house = here
        self.access = access
        self.broker = Remembered(broker_answers)
        self.pulse = Pulse(self._look)
        self._pages: dict[Language, Environment] = {"zh": _environment("zh"), "en": _environment("en")}

    @property
    def told_by(self) -> list[str]:
        """The types of the channels that alerts go to."""
        return [channel.type for channel in self.house.settings.alerts.channels]

    def _look(self) -> str:
        with self.house.look() as session:
            return pulse.read(session, house.now())

    def language(self, request: Request) -> Language:
        """Give the language that the one who asks has chosen here, else the one that is set or that a browser wants."""
        chosen = request.cookies.get(words.COOKIE)
        for known in words.TAGS:
            if chosen == known:
                return known
        return words.language(self.house.settings.locale.language, request.headers.get("accept-language"))

    def page(self, request: Request, template: str, *, status: int = 200, **shown: Any) -> HTMLResponse:
        """Give a page; `pulse`, where it is among what is shown, is the state that the page shows."""
        language, now, zone = self.language(request), house.now(), self.house.settings.locale.zone
        session = request.state.session
        markup = (
            self._pages[language]
            .get_template(template)
            .render(
                **shown,
                request_path=request.url.path,
                stay=_address(request),
                query=dict(request.query_params),
                signed_in=session is not None,
                form_key=self.access.form_key(session) if session else "",
                language=words.TAGS[language],
                languages=[(known, words.TAGS[known], name) for known, name in words.NAMES.items()],
                now=now,
                moment=lambda when: words.moment(when, now, zone, language),
                in_full=lambda when: words.in_full(when, zone, language),
                day=lambda when: words.day(when, language),
                span=lambda seconds: words.span(seconds, language),
            )
        )
        return HTMLResponse(markup, status, headers={"Content-Language": words.TAGS[language]})


def _address(request: Request) -> str:
    """Where a page can be asked for again; what answers a form is found at the thing that the form is about."""
    path = request.url.path
    if request.method not in {"GET", "HEAD"}:
        return path.rpartition("/")[0] or "/"
    return f"{path}?{request.url.query}" if request.url.query else path


def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=PackageLoader("worker.dashboard"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=words.seen,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    translations = words.translations(language)
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]  # of the extension
    environment.filters |= {"seen": words.seen, "size": words.size}
    return environment


def _here(request: Request) -> Room:
    return cast(Room, request.app.state.room)


Here = Annotated[Room, Depends(_here)]

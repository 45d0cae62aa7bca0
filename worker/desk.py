"""What a person decides: to try a delivery again, to say what a page is, to try the alerts out."""

import dataclasses
import difflib
from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from worker import archive, celery, house, ledger, steps
from worker.alerts import sending
from worker.house import House
from worker.newspaper import labels, rules
from worker.newspaper.model import Identity
from worker.views import ids


class Refused(Exception):
    """What was asked for cannot be done; one sentence for the person who asked."""


class Occupied(Refused):
    """Another page stands there already: it gives way only if the person says so."""


class UnknownPaper(Refused):
    """Nobody has heard of this paper: it may be a new one, or a slip."""


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


def identify(
    here: House,
    what: str,
    paper: str | None,
    day: date | None,
    page: str | None,
    *,
    replace: bool = False,
    new_paper: bool = False,
) -> int:
    """Say what a page is; gives the issue it has gone to, assembled anew.

    `what` is a delivery (d12), a provisional issue (i3) or a page (p4), also one that was placed wrongly; what is
    already known need not be said. Raises Occupied unless `replace` is said, UnknownPaper unless `new_paper` is.
    """
    kind, number = ids.parse(what)
    wanted = {ids.Kind.DELIVERY: "delivery", ids.Kind.ISSUE: "issue", ids.Kind.PAGE: "page"}.get(kind)
    if wanted is None:
        raise Refused(f"{what} is no delivery, issue or page, so it cannot be identified.")
    with here.write() as session:
        which, identity = _named(session, here, what, {wanted: number}, paper, day, page)
        archive.hold(session, which, identity, identity.page or "")
        which, identity = _named(session, here, what, {wanted: number}, paper, day, page)
        label = identity.page or ""
        if not new_paper:
            _know(here, identity, archive.papers(session))
        if not replace:
            _find_place_free(session, which, identity, label)
        named = dataclasses.replace(which.page, label=label, sequence=labels.sequence(label))
        found = rules.check_page(named, identity, here.paper(identity.code))
        now = house.now()
        move = archive.move(session, which, identity, named, found, now)
        steps.follow(session, here, move, now)
    for changed in {move.new, move.old}:
        steps.assemble(here, changed)
    return move.new


def _named(
    session: Session,
    here: House,
    what: str,
    wanted: dict[str, int],
    paper: str | None,
    day: date | None,
    page: str | None,
) -> tuple[archive.Movable, Identity]:
    """Give the page that is meant as it stands now, and its identity with what the person says."""
    which = _one_page(what, archive.movable(session, **wanted))
    return which, _complete(here, what, which.identity, paper, day, page or which.page.label)


def _one_page(what: str, pages: Sequence[archive.Movable]) -> archive.Movable:
    if not pages:
        raise Refused(f"{what} has no page that stands: there is nothing to identify.")
    if len(pages) > 1:
        each = ", ".join(ids.page(one.page_id) for one in pages)
        raise Refused(f"{what} has several pages; identify them one by one: {each}.")
    return pages[0]


def _know(here: House, identity: Identity, archived: Sequence[str]) -> None:
    """A slip in a paper's name would found a paper that nobody publishes."""
    name = identity.paper or ""
    known = sorted({*archived, *(paper.name for paper in here.papers)})
    if identity.code is None and name not in known:
        near = difflib.get_close_matches(name, known, 1)
        guess = f" Did you mean {near[0]}?" if near else ""
        raise UnknownPaper(f"No paper here is called {name}.{guess}")


def _find_place_free(session: Session, which: archive.Movable, identity: Identity, label: str) -> None:
    there = archive.standing(session, identity, label, which.page_id)
    if there:
        raise Occupied(
            f"{label} of {identity.paper} {identity.date} is here already, with {there.articles} articles "
            f"(d{there.delivery})."
        )


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
    return dataclasses.replace(
        known, paper=name, code=code, date=when, page=label, how={**known.how, **said}, missing=(), proposed={}
    )


def test_alert(here: House) -> list[tuple[str, bool, str | None]]:
    """Send a test through every channel at once; gives for each its name, whether it was taken, and the error."""
    return sending.try_out(here.channels, language=here.language, base_url=here.base_url, now=house.now())

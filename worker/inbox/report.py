"""The report beside a file that was handed back: what became of it, in plain words for newspaper people."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from worker.inbox import wording
from worker.inbox.quoting import code, quoted
from worker.newspaper.model import Certainty, Kind, RepairKind, Severity
from worker.newspaper.rules import Language, Text
from worker.tables import Stage

# A report is for reading: a page with more problems than this is better seen on the dashboard.
MOST = 100

# The jump lines that wait for a page which has not come yet.
WAITING = "C002"

# A page that cannot be told is mended by saying what it is, not by dropping it again.
UNIDENTIFIED = "P001"


@dataclass(frozen=True, slots=True)
class Piece:
    """An article as a report names it: by its headline, or by its first words. Jumps are labels with their marks."""

    position: int
    kind: Kind
    headline: str | None
    opening: str = ""
    continued_from: str | None = None
    continued_to: str | None = None


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was done to the order or the breaks of a page's lines, or is only proposed."""

    kind: RepairKind
    lines: tuple[int, ...]
    state: Certainty


@dataclass(frozen=True, slots=True)
class Brought:
    """A page that the delivery brought. `id` is p4; `missing` holds "paper", "date", "page", `proposed` what may be.

    `joined` are other pages of the issue, each with the number of stories that this one shares with it.
    """

    id: str
    paper: str | None
    date: date | None
    label: str | None
    stands: bool
    missing: tuple[str, ...] = ()
    proposed: dict[str, str] = field(default_factory=dict)
    articles: tuple[Piece, ...] = ()
    repairs: tuple[Repaired, ...] = ()
    joined: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in the reader's language. `says` quotes the file; `mend` is a rule's own text."""

    code: str
    severity: Severity
    page: str | None
    line: int | None
    says: str
    mend: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a delivery, as it stood `at` a time, which is that of the people who read it.

    `earlier` is the delivery that brought the same bytes, and its day.
    """

    delivery: int
    name: str
    sha256: str
    bytes: int
    stage: Stage
    at: datetime
    reason: str | None = None
    earlier: tuple[int, date] | None = None
    pages: tuple[Brought, ...] = ()
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Ways:
    """How the reader can go on: the dashboard's address ("" where it is not known), and how a command is typed."""

    dashboard: str
    typed: Callable[..., str]


def report(outcome: Outcome, language: Language, ways: Ways) -> str:
    """Give the report as Markdown. What the file says is quoted as plain words, whatever it contains."""
    words = _Words(language)
    problems = [one for one in outcome.told if one.code != WAITING]
    waiting = [one for one in outcome.told if one.code == WAITING]
    sections = [
        _opening(outcome, ways, words),
        *(_page(page, words) for page in outcome.pages),
        _findings(outcome, problems, _found(problems, words), words),
        _findings(outcome, waiting, words(wording.WAITING, count=len(waiting)), words),
        _next(outcome, problems, waiting, ways, words),
        _original(outcome, words),
    ]
    told = ("\n".join(section).rstrip("\n") for section in sections)
    return "\n\n".join(section for section in told if section) + "\n"


class _Words:
    """Says our sentences in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, text: Text, **facts: str | int) -> str:
        return text.words(self.language).format(**facts)


def _opening(outcome: Outcome, ways: Ways, words: _Words) -> Iterator[str]:
    yield f"# {words(wording.TITLE[outcome.stage], name=code(outcome.name))}"
    yield ""
    if ways.dashboard:
        yield words(wording.NOW_ON_DASHBOARD, address=f"{ways.dashboard}/deliveries/{outcome.delivery}")
    else:
        yield words(wording.NOW_BY_COMMAND, command=code(ways.typed("show", f"d{outcome.delivery}")))
    yield ""
    yield words(wording.AS_OF, at=f"{outcome.at:%Y-%m-%d %H:%M:%S}", zone=str(outcome.at.tzinfo))
    yield words(wording.ABOUT[outcome.stage])
    if outcome.earlier:
        number, day = outcome.earlier
        yield words(wording.EARLIER, number=number, day=day.isoformat())
    if outcome.reason and outcome.stage is Stage.FAILED:
        yield words(wording.REASON, reason=quoted(outcome.reason))
    if outcome.stage is Stage.STORED and not outcome.told:
        yield words(wording.NO_FINDINGS)


def _page(page: Brought, words: _Words) -> Iterator[str]:
    yield "## " + words(
        wording.PAGE,
        paper=quoted(page.paper) if page.paper else words(wording.UNKNOWN_PAPER),
        date=page.date.isoformat() if page.date else words(wording.UNKNOWN_DATE),
        page=words(wording.LABEL, label=quoted(page.label)) if page.label else words(wording.UNKNOWN_PAGE),
    )
    yield ""
    if not page.stands:
        yield words(wording.REPLACED)
        yield ""
    if not page.articles:
        yield words(wording.NO_ARTICLES)
    else:
        yield words(wording.ARTICLES, count=len(page.articles))
        yield ""
        yield from (f"{piece.position}. {_piece(piece, words)}" for piece in page.articles)
    if page.joined:
        pages = (
            words(wording.JOINED_WITH, page=quoted(label), stories=words(wording.STORIES.of(count), count=count))
            for label, count in page.joined
        )
        yield ""
        yield words(wording.JOINED, with_pages=words(wording.AND).join(pages))
    if page.repairs:
        yield ""
        yield words(wording.REPAIRS, count=len(page.repairs))
        yield ""
        yield from (f"- {_repair(one, words)}" for one in page.repairs[:MOST])


def _piece(piece: Piece, words: _Words) -> str:
    name = f"“{quoted(piece.headline)}”" if piece.headline else ""
    if not name:
        name = words(wording.OPENING, words=quoted(piece.opening, 30))
    remarks = [words(wording.KINDS[piece.kind])] if piece.kind in wording.KINDS else []
    if piece.continued_from:
        remarks.append(words(wording.CONTINUED_FROM, page=quoted(piece.continued_from)))
    if piece.continued_to:
        remarks.append(words(wording.CONTINUED_TO, page=quoted(piece.continued_to)))
    return f"{name} · {' · '.join(remarks)}" if remarks else name


def _repair(one: Repaired, words: _Words) -> str:
    proposed = wording.PROPOSED.get(one.state)
    lines = ", ".join(str(line) for line in one.lines)
    return words(
        wording.REPAIR,
        lines=words(wording.LINES.of(len(one.lines)), lines=lines),
        what=words(wording.REPAIR_KINDS[one.kind]),
        proposed=words(proposed) if proposed else "",
    )


def _found(told: list[Told], words: _Words) -> str:
    """4 problems, 3 notes: what is only worth knowing is no problem."""
    notes = sum(one.severity is Severity.INFO for one in told)
    counts = ((wording.PROBLEMS, len(told) - notes), (wording.NOTES, notes))
    each = (words(what.of(count), count=count) for what, count in counts if count)
    return words(wording.FOUND, what=words(wording.AND).join(each))


def _findings(outcome: Outcome, told: list[Told], title: str, words: _Words) -> Iterator[str]:
    if not told:
        return
    yield f"## {title}"
    yield ""
    for one in told[:MOST]:
        page = words(wording.LABEL, label=quoted(one.page)) + " " if one.page else ""
        line = words(wording.LINE, line=one.line) if one.line else ""
        severity = words(wording.SEVERITIES[one.severity])
        yield f"- **{page}{line}{severity} {one.code}** {_says(one.says, outcome.name)}"
        if one.mend and one.code != WAITING:
            yield f"  {words(wording.MEND, mend=one.mend)}"
    if len(told) > MOST:
        yield f"- {words(wording.MORE, count=len(told) - MOST)}"


def _says(says: str, name: str) -> str:
    """A rule's sentence; the file's own name in it is a name, as in the title."""
    before, there, after = says.partition(f"“{name}”")
    if not there:
        return quoted(says, 600)
    blanks = (" " if before.endswith(" ") else "", " " if after.startswith(" ") else "")
    return f"{quoted(before)}{blanks[0]}{code(name)}{blanks[1]}{quoted(after)}"


def _next(outcome: Outcome, problems: list[Told], waiting: list[Told], ways: Ways, words: _Words) -> Iterator[str]:
    yield f"## {words(wording.NEXT)}"
    yield ""
    unnamed = [page for page in outcome.pages if page.missing]
    if unnamed:
        yield words(wording.IDENTIFY)
        yield ""
        what = f"d{outcome.delivery}"
        yield from (f"    {_identify(what if len(unnamed) == 1 else page.id, page, ways, words)}" for page in unnamed)
        yield ""
    needs_mending = any(one.severity is not Severity.INFO and one.code != UNIDENTIFIED for one in problems)
    if outcome.stage is not Stage.STORED or needs_mending:
        retry = code(ways.typed("retry", f"d{outcome.delivery}"))
        yield words(wording.NEXT_STEPS[outcome.stage], retry=retry)
    elif waiting:
        yield words(wording.ONLY_WAITING)
    elif not unnamed:
        yield words(wording.NOTHING_TO_DO)


def _identify(what: str, page: Brought, ways: Ways, words: _Words) -> str:
    """The command that says what is missing, as it would be typed."""
    said = [word for term in page.missing for word in (f"--{term}", _typed(page.proposed.get(term), term, words))]
    return ways.typed("identify", what, *said)


def _typed(proposed: str | None, term: str, words: _Words) -> str:
    """Only letters, digits and what stands in dates: a command that is copied must do nothing else."""
    if proposed and all(character.isalnum() or character in "-." for character in proposed):
        return proposed
    return words(wording.PLACEHOLDERS[term])


def _original(outcome: Outcome, words: _Words) -> Iterator[str]:
    yield f"## {words(wording.ORIGINAL)}"
    yield ""
    yield words(wording.KEPT, number=outcome.delivery, bytes=f"{outcome.bytes:,}")
    yield f"`{outcome.sha256}`"

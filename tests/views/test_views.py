"""What people are shown of a house with something of everything, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.conftest import FRONT_PAGE
from tests.dashboard.seed import Seeded, drop, seed
from worker import house, settings
from worker.house import House
from worker.newspaper.model import Kind, Severity
from worker.tables import AlertKind, Delivery, FindingState, IssueState, Stage
from worker.views import alerts, articles, deliveries, findings, health, ids, issues, pages, pulse

CONFIG = Path(__file__).parents[2] / "config"


@dataclass(frozen=True, slots=True)
class Shown:
    """A seeded house and a session that looks at it."""

    here: House
    seeded: Seeded
    session: Session


@pytest.fixture
def shown(database_url: str, tmp_path: Path) -> Iterator[Shown]:
    """A house with something of everything."""
    here = house.open(settings.read(CONFIG, {"JUMPLINE_DATABASE__URL": database_url}, tmp_path), CONFIG)
    seeded = seed(here)
    with here.look() as session:
        yield Shown(here, seeded, session)
    here.engine.dispose()


def test_deliveries_say_how_far_they_have_got_and_where_they_are(shown: Shown) -> None:
    listed = deliveries.listed(shown.session)
    assert [(one.stage, one.page) for one in listed] == [
        (Stage.RECEIVED, None),
        (Stage.FAILED, None),
        (Stage.REJECTED, None),
        (Stage.STORED, None),
        (Stage.STORED, "A01"),
        (Stage.STORED, "A02"),
        (Stage.STORED, "A02"),
    ]
    stored = next(one for one in listed if one.id == ids.delivery(shown.seeded.stored))
    assert (stored.issue, stored.attempts) == (ids.issue(shown.seeded.joined_issue), 1)
    assert {"read", "store"} <= set(stored.timings)


def test_deliveries_are_filtered(shown: Shown) -> None:
    def numbers(**wanted: object) -> list[str]:
        return [one.id for one in deliveries.listed(shown.session, **wanted)]  # type: ignore[arg-type]  # a table of filters

    assert numbers(stage=Stage.FAILED) == [ids.delivery(shown.seeded.failed)]
    assert numbers(name="52DBE") == [ids.delivery(shown.seeded.provisional)]
    assert numbers(name="_") == [ids.delivery(shown.seeded.provisional)]
    assert numbers(since=house.now() + timedelta(hours=1)) == []
    assert len(numbers(limit=2)) == 2
    assert len(numbers(limit=0)) == 7


def test_a_duplicate_points_to_where_its_words_are(shown: Shown) -> None:
    again = drop(shown.here, FRONT_PAGE.name, FRONT_PAGE.read_bytes())
    with shown.here.look() as session:
        view = deliveries.single(session, again, "en")
    assert view is not None
    assert (view.stage, view.duplicate_of, view.page, view.pages, view.issue) == (
        Stage.DUPLICATE,
        ids.delivery(shown.seeded.front),
        "A01",
        ["A01"],
        ids.issue(shown.seeded.joined_issue),
    )


def test_a_file_is_shown_where_it_lies_below_the_folder_of_its_inbox(shown: Shown) -> None:
    with shown.here.write() as session:
        row = session.get_one(Delivery, shown.seeded.front)
        row.handed_to, row.timings = b"/home/desk/var/done/2026-01-31/A02\xff.md", {"read": 4.123456, "store": 2}
        session.flush()
        view = deliveries.single(session, shown.seeded.front, "en")
    assert view is not None
    assert (view.lies_in, view.timings) == ("done/2026-01-31/A02\\xff.md", {"read": 4.1, "store": 2.0})


def test_issues_say_which_pages_are_here_and_which_are_missing(shown: Shown) -> None:
    listed = issues.listed(shown.session)
    assert [(one.paper, one.date, one.state, one.pages, one.missing) for one in listed] == [
        (None, None, IssueState.PROVISIONAL, [], []),
        ("焦作日报", date(2022, 8, 15), IssueState.OPEN, ["A01", "A02"], []),
        ("焦作日报", date(2022, 8, 16), IssueState.CLOSED, ["A02"], ["A01"]),
    ]
    assert listed[0].unknown == ["paper", "date", "page"]
    assert listed[0].proposed["date"] == "2022-08-15"
    assert (listed[0].name, listed[0].headline, listed[0].delivery) == (
        "000_52dbe719001a33ae.txt",
        "解放区:细化创建标准 提升创建档次",
        ids.delivery(shown.seeded.provisional),
    )
    assert (listed[1].name, listed[1].headline, listed[1].delivery) == (None, None, None)
    assert listed[2].findings.error > listed[1].findings.error > 0


def test_issues_are_filtered(shown: Shown) -> None:
    for wanted, count in (
        ({"paper": "焦作"}, 2),
        ({"paper": "jiaozuo-daily"}, 2),
        ({"paper": "%"}, 0),
        ({"on": date(2022, 8, 16)}, 1),
        ({"state": IssueState.OPEN}, 1),
    ):
        assert len(issues.listed(shown.session, **wanted)) == count


def test_an_issue_tells_its_stories(shown: Shown) -> None:
    issue = issues.single(shown.session, shown.seeded.joined_issue, "zh")
    assert issue is not None
    assert [story.pages for story in issue.stories] == [["A01", "A02"], ["A01", "A02"]]
    assert [link.state for link in issue.links] == ["made", "made"]
    here = {page.label: page.id for page in issue.here}
    assert {(link.head_page_id, link.tail_page_id) for link in issue.links} == {(here["A01"], here["A02"])}
    assert [(page.label, page.current, page.articles) for page in issue.here][1] == ("A02", True, 13)
    # A jump line that has ceased to wait is no news: the link is there.
    assert [one.code for one in issue.told if one.state is FindingState.RESOLVED] == []


def test_a_page_gives_its_lines_articles_and_findings(shown: Shown) -> None:
    issue = issues.single(shown.session, shown.seeded.lonely_issue, "zh")
    assert issue is not None
    page = pages.single(shown.session, ids.number(issue.here[0].id, ids.Kind.PAGE), "zh")
    assert page is not None
    assert (page.label, len(page.lines), len(page.articles)) == ("A02", 151, 13)
    assert page.lines[68].article == 9
    assert ("C001", 69, 1) in [(one.code, one.line, one.column) for one in page.findings]


def test_an_article_comes_with_its_whole_story(shown: Shown) -> None:
    tails = articles.listed(shown.session, issue=shown.seeded.joined_issue, kind=Kind.CONTINUATION)
    whole = articles.single(shown.session, ids.number(tails[-1].id, ids.Kind.ARTICLE), "en")
    assert whole is not None
    assert [part.page for part in whole.parts] == ["A01", "A02"]
    assert whole.story == whole.parts[0].id
    assert whole.story_title
    assert whole.parts[0].article.continued_to is not None


def test_an_article_alone_is_a_story_of_one(shown: Shown) -> None:
    first = articles.listed(shown.session, issue=shown.seeded.lonely_issue, limit=0)[-1]
    whole = articles.single(shown.session, ids.number(first.id, ids.Kind.ARTICLE), "en")
    assert whole is not None
    assert ([part.id for part in whole.parts], whole.links) == ([first.id], [])


def test_findings_speak_both_languages_and_say_how_to_mend(shown: Shown) -> None:
    for language, words in (("zh", "A01 版"), ("en", "page A01")):
        [first, _] = findings.listed(
            shown.session,
            "zh" if language == "zh" else "en",
            code="c001",
            state=FindingState.OPEN,
            severity=Severity.ERROR,
            issue=shown.seeded.lonely_issue,
        )
        assert words in first.message
    whole = findings.single(shown.session, ids.number(first.id, ids.Kind.FINDING), "en")
    assert whole is not None
    assert (whole.name, bool(whole.why), bool(whole.help)) == ("unmatched-continuation", True, True)
    assert (first.paper, first.date, first.file) == (whole.paper, whole.date, whole.file)
    assert (whole.paper, whole.date) == ("焦作日报", date(2022, 8, 16))
    assert whole.file is not None


def test_findings_of_a_severity_and_up(shown: Shown) -> None:
    grave = findings.listed(shown.session, "en", at_least=Severity.WARNING, limit=0)
    every = findings.listed(shown.session, "en", limit=0)
    assert {one.severity for one in grave} == {Severity.ERROR, Severity.WARNING}
    assert [one.id for one in grave] == [one.id for one in every if one.severity is not Severity.INFO]


def test_alerts_come_with_every_try(shown: Shown) -> None:
    first = alerts.listed(shown.session, limit=0)[-1]
    assert (first.kind, [one.ok for one in first.notifications]) == (AlertKind.PROBLEM, [False, True])
    whole = alerts.single(shown.session, ids.number(first.id, ids.Kind.ALERT), "en")
    assert whole is not None
    assert [one.id for one in whole.told] != []
    assert sorted(one.id for one in whole.told) == sorted(first.findings)
    assert alerts.listed(shown.session, group="i99") == []


def test_health_knows_the_living_from_the_silent(shown: Shown) -> None:
    now = house.now()
    alive = health.read(shown.session, now, broker=True)
    assert {one.kind: one.ok for one in alive.processes} == {"inbox": True, "worker": True, "beat": False}
    assert (alive.ok, alive.waiting, alive.stages[Stage.FAILED]) == (False, 1, 1)
    assert alive.oldest_waiting_seconds is not None
    later = health.read(shown.session, now + health.SILENT + timedelta(seconds=60), broker=True)
    assert [one.ok for one in later.processes] == [False, False, False]


def test_the_pulse_changes_with_what_people_watch_and_else_stays(shown: Shown) -> None:
    now = house.now()
    before = pulse.read(shown.session, now)
    assert pulse.read(shown.session, now) == before
    drop(shown.here, "焦作日报-2022-08-29-A01.md", FRONT_PAGE.read_bytes() + b"\n\nlate", work=False)
    with shown.here.look() as session:
        after = pulse.read(session, now)
        assert after != before
        assert pulse.read(session, now + timedelta(hours=1)) != after  # the processes have fallen silent


@pytest.mark.parametrize("number", [99, ids.LARGEST])
def test_what_is_not_there_is_none(shown: Shown, number: int) -> None:
    session = shown.session
    assert [
        deliveries.single(session, number, "en"),
        issues.single(session, number, "en"),
        pages.single(session, number, "en"),
        articles.single(session, number, "en"),
        findings.single(session, number, "en"),
        alerts.single(session, number, "en"),
    ] == [None] * 6

"""From the tables to a notice."""

from sqlalchemy import select

from tests.alerts.conftest import Newsroom, Told
from worker import alerts
from worker.alerts import Notice
from worker.alerts.message import ToldDelivery
from worker.newspaper.model import Severity
from worker.tables import Alert, AlertKind, Finding, FindingState, Issue, Stage


def told(newsroom: Newsroom) -> Notice:
    """Send what waits and give the one notice that it makes."""
    channel = Told()
    newsroom.clock.move(minutes=10)
    newsroom.send(channel)
    (notice,) = channel.notices
    return notice


def test_a_notice_names_issue_findings_and_address(newsroom: Newsroom) -> None:
    newsroom.change(opened=[*newsroom.find("C001"), *newsroom.find("M002", severity=Severity.WARNING)])
    notice = told(newsroom)
    assert notice.title == "焦作日报 2022-08-15: 2 problems (1 error)"
    assert notice.url == f"http://127.0.0.1:8600/issues/{newsroom.issue}"
    assert [(one.code, one.state, one.page, one.line) for one in notice.findings] == [
        ("C001", "open", "A02", 69),
        ("M002", "open", "A02", 69),
    ]
    assert notice.findings[0].message == "(上接A01版①) continues from page A01, and page A01 is not here."
    assert (notice.id, notice.group, notice.delivery) == ("n1", f"i{newsroom.issue}", None)


def test_what_is_mended_is_told_as_resolved(newsroom: Newsroom) -> None:
    found = newsroom.find("C001", "C001")
    newsroom.change(opened=found)
    told(newsroom)
    newsroom.change(resolved=found)
    notice = told(newsroom)
    assert (notice.kind, notice.title) == (AlertKind.RESOLVED, "焦作日报 2022-08-15: 2 problems mended")
    assert [one.state for one in notice.findings] == ["resolved", "resolved"]


def test_an_issue_without_a_name_is_known_by_its_file(newsroom: Newsroom) -> None:
    issue, found = newsroom.come_without_a_name("000_52dbe719001a33ae.txt", "P001")
    newsroom.change(opened=found, issue=issue)
    notice = told(newsroom)
    assert notice.title == "000_52dbe719001a33ae.txt: 1 problem (1 error)"
    assert notice.url == f"http://127.0.0.1:8600/issues/{issue}"
    assert notice.delivery
    assert notice.delivery.name == "000_52dbe719001a33ae.txt"


def test_a_rejected_file_is_told_with_its_finding_and_address(newsroom: Newsroom) -> None:
    newsroom.open_rejected("bad.md")
    notice = told(newsroom)
    assert notice.delivery
    assert notice.delivery == ToldDelivery(notice.delivery.id, "bad.md", Stage.REJECTED, "Nothing in it.")
    assert notice.title == "bad.md (rejected): 1 problem (1 error)"
    assert notice.url == f"http://127.0.0.1:8600/deliveries/{notice.delivery.id}"


def test_many_files_are_counted_in_the_title_and_named_line_by_line(newsroom: Newsroom) -> None:
    newsroom.open_rejected("a.jpg", "b.jpg")
    issue, found = newsroom.come_without_a_name("000.txt", "C001", "P001", "C001")
    newsroom.change(opened=found, issue=issue)
    notice = told(newsroom)
    assert notice.title == "Jumpline: 2 files were not accepted, 1 page not identified"
    assert [line.split(": ")[:2] for line in notice.text.split("\n")] == [
        ["a.jpg (rejected)", "line 69, F001 error"],
        ["b.jpg (rejected)", "line 69, F001 error"],
        ["000.txt", "line 69, C001 error"],
    ]
    assert notice.text.endswith(" (2 more here)")
    assert [one.code for one in notice.findings] == ["F001", "F001", "C001", "P001", "C001"]
    assert [one.delivery for one in notice.findings] == ["d1", "d2", "d3", "d3", "d3"]
    assert {one.issue for one in notice.findings} == {None, f"i{issue}"}
    assert (notice.group, notice.delivery, notice.paper) == ("inbox", None, None)
    assert notice.url == "http://127.0.0.1:8600/alerts/1"


def test_two_pages_of_one_file_are_told_under_its_name(newsroom: Newsroom) -> None:
    issue, found = newsroom.come_without_a_name("000.txt", "P001")
    newsroom.change(opened=found, issue=issue)
    with newsroom.write() as session:
        delivery = session.get_one(Finding, found[0]).delivery_id
    other, also = newsroom.come_without_a_name("001.txt", "P001")
    with newsroom.write() as session:
        session.get_one(Finding, also[0]).delivery_id = delivery
    newsroom.change(opened=also, issue=other)
    notice = told(newsroom)
    assert notice.title == "000.txt: 2 pages not identified"
    assert notice.delivery
    assert notice.delivery.id == delivery


def test_many_failures_are_counted_and_their_sentences_told(newsroom: Newsroom) -> None:
    names = [f"{number}.md" for number in range(22)]
    newsroom.fail(*names)
    notice = told(newsroom)
    assert notice.title == "Jumpline: 22 files could not be stored"
    lines = notice.text.split("\n")
    assert lines[:20] == [f"{name} could not be stored." for name in names[:20]]
    assert lines[20:] == ["2 more are not listed here."]


def test_a_reminder_counts_what_still_stands(newsroom: Newsroom) -> None:
    newsroom.change(opened=newsroom.find("C001", "A001"))
    told(newsroom)
    newsroom.clock.move(hours=24)
    newsroom.repeat()
    notice = told(newsroom)
    assert notice.title == "焦作日报 2022-08-15: 2 errors still stand in 1 issue"
    assert (notice.group, notice.paper, len(notice.findings)) == ("reminder/jiaozuo-daily", "焦作日报", 2)


def test_a_sentence_is_its_own_title(newsroom: Newsroom) -> None:
    newsroom.say("The disk is nearly full.")
    notice = told(newsroom)
    assert (notice.title, notice.url) == ("Jumpline: The disk is nearly full.", "http://127.0.0.1:8600")


def test_what_a_person_ignores_meanwhile_is_left_out(newsroom: Newsroom) -> None:
    both = newsroom.find("C001", "A001")
    newsroom.change(opened=both)
    ignore(newsroom, both[0])
    assert [one.code for one in told(newsroom).findings] == ["A001"]


def test_an_alert_of_which_all_is_ignored_is_not_sent(newsroom: Newsroom) -> None:
    found, channel = newsroom.find("C001"), Told()
    newsroom.change(opened=found)
    ignore(newsroom, found[0])
    newsroom.clock.move(minutes=1)
    newsroom.send(channel)
    assert (channel.notices, newsroom.alerts()) == ([], [])


def test_what_people_were_told_is_kept_and_told_again_in_the_same_words(newsroom: Newsroom) -> None:
    channel = Told(fails=[alerts.Unreachable("It is down.")])
    newsroom.change(opened=newsroom.find("C001"))
    assert kept(newsroom) == (None, None)
    newsroom.clock.move(minutes=1)
    newsroom.send(channel)
    rename(newsroom, "晚报")
    newsroom.clock.move(minutes=1)
    newsroom.send(channel)
    first, second = channel.notices
    assert first.title == "焦作日报 2022-08-15: 1 problem (1 error)"
    assert (second.title, second.text) == (first.title, first.text)
    assert kept(newsroom) == (first.title, first.text)


def kept(newsroom: Newsroom) -> tuple[str | None, str | None]:
    with newsroom.write() as session:
        row = session.scalars(select(Alert)).one()
        return row.title, row.said


def rename(newsroom: Newsroom, paper: str) -> None:
    with newsroom.write() as session:
        session.get_one(Issue, newsroom.issue).paper = paper


def ignore(newsroom: Newsroom, finding: int) -> None:
    with newsroom.write() as session:
        row = session.get(Finding, finding)
        assert row
        row.state = FindingState.IGNORED

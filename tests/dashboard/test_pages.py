"""The pages, as a browser without JavaScript gets them."""

import re
from html import unescape
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from tests.conftest import FRONT_PAGE
from tests.dashboard.conftest import TOKEN, Served, form_key, opened, served
from tests.dashboard.seed import HOSTILE
from worker.dashboard import words
from worker.tables import Alert, Stage
from worker.views import articles, deliveries, findings, issues


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/deliveries",
        "/deliveries?stage=failed&name=A03&since=&limit=2",
        "/deliveries/{stored}",
        "/deliveries/{rejected}",
        "/deliveries/{failed}",
        "/deliveries/{received}",
        "/deliveries/{provisional}",
        "/issues",
        "/issues?state=closed&paper=焦作&date=2022-08-16",
        "/issues/{joined_issue}",
        "/issues/{lonely_issue}",
        "/issues/{provisional_issue}",
        "/pages/1",
        "/articles/1",
        "/findings",
        "/findings?state=open&severity=error&code=C001&issue=i{lonely_issue}",
        "/findings/1",
        "/alerts",
        "/alerts?state=sent&kind=problem&group=i{lonely_issue}",
        "/alerts/1",
        "/health",
        "/login",
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_there_in_both_languages(desk: Served, path: str, language: str) -> None:
    with desk.browser(language) as client:
        answer = client.get(path.format(**{name: getattr(desk.seeded, name) for name in desk.seeded.__slots__}))
    assert answer.status_code == 200
    assert f'<html lang="{"zh-Hans" if language == "zh" else "en"}">' in answer.text
    assert 'http-equiv="refresh"' not in answer.text
    assert len(re.findall(r"<h1[ >]", answer.text)) >= 1
    ids = re.findall(r' id="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))


def test_what_came_in_a_file_is_shown_as_text(desk: Served) -> None:
    with desk.browser() as client:
        for path in ("/", "/deliveries", f"/deliveries/{desk.seeded.rejected}", "/findings?code=F007"):
            page = client.get(path).text
            assert "<script>alert" not in page
            assert "\u202e" not in page
            assert HOSTILE.replace("\u202e", "⟨U+202E⟩") in unescape(page)


def test_the_inbox_is_told_on_the_overview_and_no_path_anywhere_else(desk: Served) -> None:
    folder = str(desk.here.settings.data_dir)
    with desk.browser() as client:
        assert f"{folder}/inbox" in client.get("/").text
        for path in ("/deliveries", f"/deliveries/{desk.seeded.failed}", "/issues/1", "/pages/1", "/health", "/alerts"):
            assert folder not in client.get(path).text
        for path in ("deliveries", f"deliveries/{desk.seeded.stored}", "pages/1", "health", "alerts/1"):
            answer = client.get(f"/api/v1/{path}").text
            assert folder not in answer
            assert "/in" not in re.sub(r"/in\w", "", answer)


def test_a_page_has_its_lines_with_the_words_of_findings_marked(desk: Served) -> None:
    with desk.here.look() as session:
        shown = deliveries.single(session, desk.seeded.lonely, "zh")
    assert shown is not None
    with desk.browser("zh") as client:
        page = client.get(f"/pages/{shown.delivered[0].id[1:]}").text
    assert len(re.findall(r'<li id="L\d+"', page)) == 151
    assert re.search(r'<li id="L69" class="band\d jump">.*?<mark class="error">\(上接A01版①\)</mark>', page, re.DOTALL)
    assert re.search(r'href="#L69">.*?C001', page, re.DOTALL)


def test_a_story_is_read_through_over_its_pages(desk: Served) -> None:
    with desk.here.look() as session:
        rows = articles.listed(session, issue=desk.seeded.joined_issue, limit=0)
    tail = next(row for row in rows if row.story != row.id)
    with desk.browser("zh") as client:
        page = client.get(f"/articles/{tail.id[1:]}").text
    assert re.findall(r'<section class="part" id="(a\d+)">', page) == [tail.story, tail.id]


def test_a_failed_delivery_can_be_tried_again(own_desk: Served) -> None:
    path = f"/deliveries/{own_desk.seeded.failed}"
    with own_desk.browser() as client:
        page = client.get(path)
        answer = client.post(f"{path}/retry", data={"form_key": form_key(page)})
        assert (answer.status_code, answer.headers["location"]) == (303, path)
        assert client.post(f"{path}/retry", data={"form_key": form_key(page)}).status_code == 409
    with own_desk.here.look() as session:
        again = deliveries.single(session, own_desk.seeded.failed, "en")
    assert again is not None
    assert again.stage is Stage.RECEIVED


def test_a_page_nobody_could_tell_is_proposed_for_and_placed(own_desk: Served) -> None:
    path = f"/issues/{own_desk.seeded.provisional_issue}"
    with own_desk.browser() as client:
        page = client.get(path)
        assert 'name="paper" list="papers" value="焦作日报"' in page.text
        assert 'name="date" value="2022-08-15"' in page.text
        said = {"form_key": form_key(page), "paper": "焦作日报", "date": "2022-08-19", "page": "A02"}
        for wrong in ({"page": "nonsense"}, {"date": "2022-02-30"}, {"paper": "", "date": "", "page": ""}):
            refused = client.post(f"{path}/identify", data=said | wrong)
            assert (refused.status_code, 'role="alert"' in refused.text) == (409, True)
        placed = client.post(f"{path}/identify", data=said)
        assert placed.status_code == 303
        assert "2022-08-19" in client.get(placed.headers["location"]).text
        assert client.get(path).status_code == 404


def test_a_rejected_file_is_told_once_with_what_to_do(desk: Served) -> None:
    with desk.here.look() as session:
        rejected = deliveries.single(session, desk.seeded.rejected, "en")
    assert rejected is not None
    with desk.browser() as client:
        page = unescape(client.get(f"/deliveries/{desk.seeded.rejected}").text)
    [told] = rejected.told
    assert page.count(str(words.seen(told.message))) == 1
    assert page.count(findings.mend(told.code, "en")) == 1


def test_the_bytes_of_a_delivery_are_given_as_they_came_and_only_to_be_saved(desk: Served) -> None:
    for number, content in ((desk.seeded.front, FRONT_PAGE.read_bytes()), (desk.seeded.rejected, bytes(range(256)))):
        path = f"/deliveries/{number}/original"
        with desk.browser() as client, desk.anonymous() as stranger:
            answer = client.get(path)
            assert stranger.get(path).headers["location"].startswith("/login")
        assert (answer.headers["content-type"], answer.content) == ("application/octet-stream", content)
        assert answer.headers["content-disposition"].startswith("attachment; filename")
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_bytes_that_are_gone_are_the_fault_of_the_house(own_desk: Served) -> None:
    with own_desk.browser() as client:
        path = f"/deliveries/{own_desk.seeded.front}"
        sha256 = client.get(f"/api/v1{path}").json()["sha256"]
        own_desk.here.blobs.path(sha256).unlink()
        answer = client.get(f"{path}/original")
    assert (answer.status_code, "The house is at fault" in answer.text) == (500, True)


def test_a_page_nobody_could_tell_is_known_by_its_file_and_its_first_headline(desk: Served) -> None:
    with desk.browser() as client:
        for path in ("/", "/issues"):
            page = client.get(path).text
            assert re.search(r">000_52dbe719001a33ae\.txt</span></a>.*?解放区:细化创建标准", page, re.DOTALL)
            assert "unknown paper" not in page
        asked = client.get(f"/issues/{desk.seeded.provisional_issue}").text
    assert f'href="/deliveries/{desk.seeded.provisional}">000_52dbe719001a33ae.txt</a>' in asked
    assert re.search(r'class="opening".*?<span># 解放区', asked, re.DOTALL)
    assert re.search(r"The paper is proposed because its text says <a [^>]*#L\d+\">“焦作", asked)
    assert re.search(r"The date is the latest that its text prints: <a [^>]*#L\d+\">“2022年8月15日”", asked)
    assert re.search(r"It is not page A01, since a story of its comes from there: <a [^>]*#L69\">", asked)


def test_findings_open_on_what_is_open_and_asks_something_of_people(desk: Served) -> None:
    with desk.browser() as client:
        pages = {query: client.get(f"/findings?limit=0{query}").text for query in ("", "&severity=", "&severity=info")}
        rows = {query: set(re.findall(r'<td><span class="sev (\w+)"', page)) for query, page in pages.items()}
    assert rows == {"": {"error", "warning"}, "&severity=": {"error", "warning", "info"}, "&severity=info": {"info"}}
    assert re.search(r">焦作日报 2022-08-16</a> <span>\s*<a [^>]*>A02 line 69</a>", pages[""])


def test_an_alert_is_known_by_what_people_were_told(own_desk: Served) -> None:
    with own_desk.here.write() as session:
        alert = session.scalars(select(Alert).order_by(Alert.id)).first()
        assert alert is not None
        alert.title, alert.said = (
            "焦作日报 2022-08-16: 4 problems",
            "A02 line 69, C001 error: no page A01\nA second line",
        )
        number = alert.id
    with own_desk.browser() as client:
        assert f'<a href="/alerts/{number}">焦作日报 2022-08-16: 4 problems</a>' in client.get("/alerts").text
        page = client.get(f"/alerts/{number}").text
        told = client.get(f"/api/v1/alerts/{number}").json()
    assert "<h1>焦作日报 2022-08-16: 4 problems" in page
    assert "A02 line 69, C001 error: no page A01\nA second line</blockquote>" in page
    assert (told["title"], told["said"].partition("\n")[2]) == ("焦作日报 2022-08-16: 4 problems", "A second line")


def test_open_errors_come_before_the_issues(desk: Served) -> None:
    with desk.browser() as client:
        page = client.get("/").text
    assert page.index('id="errors"') < page.index('id="issues"')


def test_that_nobody_is_told_is_said(own_desk: Served, tmp_path: Path) -> None:
    with own_desk.browser() as client:
        assert "Nobody is told: alerts go to the log only" in client.get("/").text
        assert "Nobody is told: alerts go to the log only." in client.get("/health").text
    for name, channels, said in (
        ("mute", "[]", "Nobody is told: alerts go nowhere"),
        ("heard", '[{"type": "webhook", "url": "https://desk.example/hook"}]', None),
    ):
        (tmp_path / name).mkdir()
        here = opened(tmp_path / name, JUMPLINE_ALERTS__CHANNELS=channels)
        with served(here) as url, httpx.Client(base_url=url, headers={"Authorization": f"Bearer {TOKEN}"}) as client:
            page = client.get("/health").text
        assert ("Nobody is told" in page) is (said is not None)
        assert said is None or said in page


def test_what_is_left_alone_in_the_inbox_is_named(own_desk: Served) -> None:
    with own_desk.browser() as client:
        assert "<code>pipe</code>" in client.get("/health").text


def test_the_language_is_chosen_in_the_footer_and_stays(desk: Served) -> None:
    with desk.browser("en") as client:
        page = client.get("/findings?code=C001").text
        assert '<input type="hidden" name="next" value="/findings?code=C001">' in page
        answer = client.post("/language", data={"language": "zh", "next": "/findings?code=C001"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/findings?code=C001")
        assert '<html lang="zh-Hans">' in client.get("/health").text
        assert client.post("/language", data={"language": "fr"}).status_code == 422
        assert client.post("/language", data={"language": "en", "next": "//evil.example"}).headers["location"] == "/"


def test_the_language_can_be_chosen_before_signing_in(desk: Served) -> None:
    with desk.anonymous() as client:
        answer = client.post("/language", data={"language": "zh", "next": "/login?next=%2Fhealth"})
        assert answer.headers["location"] == "/login?next=%2Fhealth"
        assert '<html lang="zh-Hans">' in client.get("/login").text


def test_a_page_that_stands_there_already_gives_way_only_when_a_person_agrees(own_desk: Served) -> None:
    path = f"/issues/{own_desk.seeded.provisional_issue}/identify"
    with own_desk.browser() as client:
        key = form_key(client.get("/"))
        said = {"form_key": key, "paper": "焦作日报", "date": "2022-08-15", "page": "A01"}
        asked = client.post(path, data=said)
        assert (asked.status_code, "A01 of 焦作日报 2022-08-15 is here already" in asked.text) == (409, True)
        agreed = hidden(asked.text, path)
        assert agreed == {**said, "replace": "1"}
        placed = client.post(path, data=agreed)
        assert (placed.status_code, placed.headers["location"]) == (303, f"/issues/{own_desk.seeded.joined_issue}")


def test_a_paper_nobody_has_heard_of_is_asked_about(own_desk: Served) -> None:
    path = f"/issues/{own_desk.seeded.provisional_issue}/identify"
    with own_desk.browser() as client:
        key = form_key(client.get("/"))
        asked = client.post(path, data={"form_key": key, "paper": "焦作晨报", "date": "2022-08-15", "page": "A01"})
        assert (asked.status_code, "No paper here is called 焦作晨报." in asked.text) == (409, True)
        assert hidden(asked.text, path)["new_paper"] == "1"
        assert client.post(path, data=hidden(asked.text, path)).status_code == 303


def test_a_page_that_is_wrongly_placed_is_moved(own_desk: Served) -> None:
    with own_desk.here.look() as session:
        stored = deliveries.single(session, own_desk.seeded.stored, "en")
    assert stored is not None
    path = f"/pages/{stored.delivered[0].id[1:]}"
    with own_desk.browser() as client:
        page = client.get(path)
        assert '<details class="card move" id="move"><summary>' in page.text
        said = {"form_key": form_key(page), "paper": "焦作日报", "date": "2022-08-15", "page": "A01"}
        asked = client.post(f"{path}/identify", data=said)
        assert (asked.status_code, "is here already" in asked.text) == (409, True)
        moved = client.post(f"{path}/identify", data={**said, "date": "2022-08-21", "page": "A02"})
        assert (moved.status_code, moved.headers["location"]) == (303, path)
        assert "2022-08-21" in client.get(path).text


def test_a_jump_line_leads_to_its_other_end(desk: Served) -> None:
    with desk.browser() as client, desk.here.look() as session:
        issue = issues.single(session, desk.seeded.joined_issue, "en")
        assert issue is not None
        link = issue.links[0]
        tail, head = f"/pages/{link.tail_page_id[1:]}", f"/pages/{link.head_page_id[1:]}"
        page, article = client.get(tail).text, client.get(f"/articles/{link.tail[1:]}").text
        back = client.get(head).text
    way = f'<a class="end" href="{head}#L{link.head_line}">← A01 line {link.head_line}</a>'
    assert re.search(rf'<li id="L{link.tail_line}" class="band\d jump">', page)
    assert way in page
    assert way in article
    assert f'<a class="end" href="{tail}#L{link.tail_line}">→ A02 line {link.tail_line}</a>' in back


def hidden(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the first form of a page that goes to this address."""
    form = re.search(rf'<form method="post" action="{action}">(.*?)</form>', page, re.DOTALL)
    assert form is not None
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[1]))


def test_a_wrong_address_is_told_on_a_page(desk: Served) -> None:
    with desk.browser() as client:
        for path in ("/nowhere", "/issues/99999", "/issues/x", "/pages/99999999999999999999", "/articles/%00"):
            answer = client.get(path)
            assert (answer.status_code, "<h1>Not here</h1>" in answer.text) == (404, True)

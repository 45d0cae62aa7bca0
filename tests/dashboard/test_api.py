"""The JSON API: the fields of the design, one-sentence errors, and no crash for anything that is sent."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, event, text

from tests.dashboard.conftest import Served
from worker.dashboard.guard import HEADERS

FIELDS = {
    "deliveries": "id name sha256 stage reason attempts issue page received_at ended_at",
    "issues": "id paper date edition state pages missing findings",
    "articles": "id issue page position kind headline bylines story chars",
    "findings": "id code name severity state issue page line message delivery first_seen resolved_at",
    "alerts": "id group kind state findings created_at notifications",
}


@pytest.mark.parametrize("name", list(FIELDS))
def test_a_list_has_the_fields_of_the_design_newest_first(desk: Served, name: str) -> None:
    with desk.program() as client:
        rows = client.get(f"/api/v1/{name}").json()
        assert [set(FIELDS[name].split()) - set(row) for row in rows] == [set()] * len(rows)
        numbers = [int(row["id"][1:]) for row in rows]
        assert numbers == sorted(numbers, reverse=True)
        assert numbers
        assert client.get(f"/api/v1/{name}", params={"limit": 1}).json() == rows[:1]
        single = client.get(f"/api/v1/{name}/{rows[0]['id']}").json()
        assert single["id"] == client.get(f"/api/v1/{name}/{numbers[0]}").json()["id"] == rows[0]["id"]


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("deliveries?stage=stored", 4),
        ("deliveries?stage=failed", 1),
        ("deliveries?name=2022-08-15", 2),
        ("deliveries?name=%25", 0),
        ("deliveries?since=2100-01-01T00:00:00Z", 0),
        ("issues?state=provisional", 1),
        ("issues?paper=焦作", 2),
        ("issues?paper=jiaozuo-daily&date=2022-08-16", 1),
        ("articles?issue=i1&kind=continuation", 2),
        ("articles?text=解放区&limit=0", 3),
        ("articles?page=p1", 13),
        ("findings?code=c001&state=open&issue=i1", 2),
        ("findings?severity=error&code=C001&page=1", 2),
        ("alerts?state=sent&kind=problem", 1),
        ("alerts?group=i99", 0),
    ],
)
def test_lists_are_filtered(desk: Served, path: str, count: int) -> None:
    with desk.program() as client:
        assert len(client.get(f"/api/v1/{path}").json()) == count


def test_an_article_is_given_whole_with_its_story(desk: Served) -> None:
    with desk.program() as client:
        rows = client.get("/api/v1/articles", params={"issue": f"i{desk.seeded.joined_issue}", "limit": 0}).json()
        tail = next(row for row in rows if row["story"] != row["id"])
        whole = client.get(f"/api/v1/articles/{tail['id']}").json()
    assert [part["page"] for part in whole["parts"]] == ["A01", "A02"]
    assert whole["continued_from"]["page"] == "A01"
    assert whole["body"][0]["kind"] == "marker"
    assert whole["links"][0]["state"] == "made"


def test_a_page_gives_each_of_its_lines_to_an_article_or_to_none(desk: Served) -> None:
    with desk.program() as client:
        page = client.get("/api/v1/pages/p1").json()
    assert [line["number"] for line in page["lines"]] == list(range(1, 152))
    assert {line["number"] for line in page["lines"] if line["text"].strip() and line["article"] is None} == set()


def test_health_tells_what_lives_and_what_waits(desk: Served) -> None:
    with desk.program() as client:
        health = client.get("/api/v1/health").json()
    assert {one["kind"]: one["alive"] for one in health["processes"]} == {"inbox": 1, "worker": 1, "beat": 0}
    assert (health["ok"], health["broker"], health["waiting"]) == (False, True, 1)
    assert health["inboxes"] == [
        {
            "ok": True,
            "waiting": 2,
            "oldest_seconds": 1.4,
            "outstanding": 1,
            "ignored": 3,
            "ignored_why": {"symbolic link": 2, "named pipe": 1},
            "ignored_names": ["A03.md", "A04.md", "pipe"],
            "observer": ["native"],
            "troubles": 0,
        }
    ]


def test_messages_are_in_the_language_that_is_asked_for(desk: Served) -> None:
    with desk.program() as client:
        said = {
            language: client.get("/api/v1/findings?code=C001", headers={"Accept-Language": language}).json()[0][
                "message"
            ]
            for language in ("zh", "en")
        }
    assert ("A01 版" in said["zh"], "page A01" in said["en"]) == (True, True)


@pytest.mark.parametrize(
    "path",
    [
        "deliveries/99",
        "deliveries/x",
        "deliveries/a1",
        "deliveries/0",
        "deliveries/99999999999999999999999",
        "deliveries/%00",
        "issues/-1",
        "articles/9223372036854775807",
        "findings/f9223372036854775808",
        "pages/1%2F..%2F2",
        "nothing",
    ],
)
def test_what_is_not_there_is_told_in_one_sentence(desk: Served, path: str) -> None:
    with desk.program() as client:
        answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert answer.json()["detail"].endswith((".", ")"))


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("deliveries?stage=lost", "The parameter stage is wrong"),
        ("deliveries?name=%00", "The parameter name is wrong"),
        ("deliveries?since=yesterday", "The parameter since is wrong"),
        ("deliveries?since=2022-08-15T00:00:00", "The parameter since is wrong"),
        ("deliveries?since=0001-01-01T00:00:00%2B14:00", "The parameter since is wrong"),
        ("deliveries?limit=-1", "The parameter limit is wrong"),
        ("deliveries?limit=99999999999999999999", "The parameter limit is wrong"),
        ("issues?date=2022-02-30", "The parameter date is wrong"),
        ("articles?issue=d1", "The parameter issue is wrong"),
        ("articles?kind=x", "The parameter kind is wrong"),
        ("findings?code=" + "x" * 201, "The parameter code is wrong"),
        ("alerts?group=%00", "The parameter group is wrong"),
    ],
)
def test_a_wrong_parameter_is_told_in_one_sentence(desk: Served, path: str, said: str) -> None:
    with desk.program() as client:
        answer = client.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.json()["detail"].partition(":")[0]) == (422, said)


def test_a_provisional_issue_is_identified(own_desk: Served) -> None:
    path = f"/api/v1/issues/i{own_desk.seeded.provisional_issue}/identify"
    with own_desk.program() as client:
        for wrong in (b"{", b"[]", b'{"paper": "\\u0000"}', b'{"page": "\\ud800"}', b'{"date": "x"}', b'{"pages": 1}'):
            answer = client.post(path, content=wrong, headers={"Content-Type": "application/json"})
            assert (answer.status_code, list(answer.json())) == (422, ["detail"])
        assert client.post(path, json={}).status_code == 409
        assert client.post(path, content=b" " * 100_000).status_code == 413
        answer = client.post(path, json={"paper": "焦作日报", "date": "2022-08-20", "page": "A02"})
        issue = client.get(f"/api/v1/issues/{answer.json()['issue']}").json()
    assert (issue["paper"], issue["date"], issue["pages"], issue["missing"]) == (
        "焦作日报",
        "2022-08-20",
        ["A02"],
        ["A01"],
    )


def test_a_page_gives_way_only_when_it_is_said(own_desk: Served) -> None:
    with own_desk.program() as client:
        [page] = client.get(f"/api/v1/deliveries/d{own_desk.seeded.stored}").json()["delivered"]
        path = f"/api/v1/pages/{page['id']}/identify"
        refused = client.post(path, json={"date": "2022-08-16"})
        assert (refused.status_code, "is here already" in refused.json()["detail"]) == (409, True)
        assert client.post(path, json={"paper": "不见经传报"}).status_code == 409
        moved = client.post(path, json={"date": "2022-08-16", "replace": True})
        assert moved.json() == {"issue": f"i{own_desk.seeded.lonely_issue}"}
        assert client.post("/api/v1/pages/p999/identify", json={}).status_code == 404


def test_the_api_describes_itself_with_examples_and_no_scripts_of_others(desk: Served) -> None:
    with desk.program() as client:
        described = client.get("/api/v1/openapi.json").json()
        assert [client.get(path).status_code for path in ("/docs", "/redoc")] == [404, 404]
    operations = [operation for path in described["paths"].values() for operation in path.values()]
    assert len(operations) == 15
    assert all(operation.get("description") for operation in operations)
    assert all(path.startswith("/api/v1/") for path in described["paths"])
    assert "422" in operations[0]["responses"]


@pytest.mark.parametrize("name", ["deliveries", "issues", "articles", "findings", "alerts"])
def test_a_longer_list_takes_no_more_queries(desk: Served, name: str) -> None:
    with desk.program() as client:
        few = _queries(desk.here.engine, lambda: client.get(f"/api/v1/{name}?limit=1"))
        many = _queries(desk.here.engine, lambda: client.get(f"/api/v1/{name}?limit=0"))
    assert few == many


def _queries(engine: Engine, ask: Callable[[], object]) -> int:
    counted = []

    def count(*_: object) -> None:
        counted.append(1)

    event.listen(engine, "before_cursor_execute", count)
    try:
        ask()
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(counted)


def test_a_fault_of_the_house_is_told_in_one_sentence_behind_all_headers(own_desk: Served) -> None:
    with own_desk.here.write() as session:
        session.execute(text("UPDATE articles SET data = '{}' WHERE id = 1"))
        session.execute(text("DROP TABLE heartbeats"))
    with own_desk.program() as client:
        away = client.get("/api/v1/health")
        assert (away.status_code, away.json()) == (
            503,
            {"detail": "The database does not answer; try again in a moment."},
        )
        for path in ("/api/v1/articles/1", "/articles/1"):
            broken = client.get(path)
            assert (broken.status_code, "Something broke inside Jumpline" in broken.text) == (500, True)
            assert {name: broken.headers[name] for name in HEADERS} == HEADERS

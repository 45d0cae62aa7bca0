"""The main job, end to end: a page is dropped; its articles, its problems and the alert about them are there."""

import json
import os
import signal
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.person import Jumpline, wait_for
from tests.conftest import FRONT_PAGE, SAMPLE

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(120)]

A01, A02 = FRONT_PAGE.read_bytes(), SAMPLE.read_bytes()
EXPECTED = json.loads(SAMPLE.with_suffix(".expected.json").read_text())


def page(day: str, label: str) -> str:
    """The name of a page of 焦作日报."""
    return f"焦作日报-2022-08-{day}-{label}.md"


def issue_of(jumpline: Jumpline, day: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = jumpline.get(f"/issues?limit=0&date=2022-08-{day}")
    assert len(found) == 1
    return found[0]


def open_codes(jumpline: Jumpline, issue: str) -> list[tuple[str, int]]:
    found = jumpline.get(f"/findings?limit=0&state=open&issue={issue}")
    return sorted((one["code"], one["line"]) for one in found)


def told_problems(jumpline: Jumpline, issue: str) -> set[tuple[str, int]]:
    """Code and line of all that people were told of this issue."""
    notices = jumpline.notices("problem", issue)
    return {(one["code"], one["line"]) for notice in notices for one in notice["findings"]}


def test_it_greets_within_ten_seconds(jumpline: Jumpline) -> None:
    assert jumpline.started_in < 10


def test_a_complete_page_is_stored_and_back_in_done_within_two_seconds(jumpline: Jumpline) -> None:
    began = time.monotonic()
    jumpline.put(page("10", "A02"), A02)
    place = jumpline.handed_to("done", page("10", "A02"))
    assert time.monotonic() - began < 2
    assert place.read_bytes() == A02
    report = place.with_name(f"{place.name}.report.md").read_text()
    assert "(上接A01版①)" in report
    assert "解放区:细化创建标准 提升创建档次" in report
    articles = jumpline.get(f"/articles?limit=0&issue={issue_of(jumpline, '10')['id']}")
    assert [one["headline"] for one in sorted(articles, key=lambda one: one["position"])] == [
        article["headline"] for article in EXPECTED["articles"]
    ]


def test_the_missing_page_withdraws_what_was_told_of_it(jumpline: Jumpline) -> None:
    jumpline.put(page("15", "A02"), A02)
    jumpline.ended(page("15", "A02"))
    issue = wait_for(lambda: (found := issue_of(jumpline, "15"))["state"] == "closed" and found)["id"]
    jumps = [("C001", 69), ("C001", 149)]
    wait_for(lambda: [one for one in open_codes(jumpline, issue) if one[0].startswith("C")] == jumps)
    wait_for(lambda: {*jumps, ("A001", 3)} <= told_problems(jumpline, issue))

    jumpline.put(page("15", "A01"), A01)
    jumpline.ended(page("15", "A01"))
    (notice,) = wait_for(lambda: jumpline.notices("resolved", issue))
    assert [(one["code"], one["line"], one["state"]) for one in notice["findings"]] == [
        ("C001", 69, "resolved"),
        ("C001", 149, "resolved"),
    ]
    assert [one for one in open_codes(jumpline, issue) if one[0].startswith("C")] == []
    whole = jumpline.get(f"/issues/{issue}")
    assert len(whole["links"]) == 2
    subjects = wait_for(
        lambda: [str(mail["Subject"]) for _, mail in jumpline.mail.mails if "2022-08-15" in mail["Subject"]]
    )
    assert subjects
    assert [one["id"] for one in jumpline.ask("alerts", "--limit", "0") if one["kind"] == "resolved"] == [notice["id"]]


def test_front_page_first_links_are_made_and_nobody_is_told_of_jump_lines(jumpline: Jumpline) -> None:
    jumpline.put(page("16", "A01"), A01)
    jumpline.put(page("16", "A02"), A02)
    jumpline.ended(page("16", "A02"))
    issue = wait_for(lambda: (found := issue_of(jumpline, "16"))["state"] == "closed" and found)["id"]
    whole = jumpline.get(f"/issues/{issue}")
    assert whole["pages"] == ["A01", "A02"]
    assert len(whole["links"]) == 2
    assert "C001" not in {code for code, _ in wait_for(lambda: told_problems(jumpline, issue))}
    articles = jumpline.get(f"/articles?limit=0&issue={issue}")
    stories = [one["story"] for one in articles]
    assert len(stories) - len(set(stories)) == 2


def test_both_pages_in_one_file_are_linked(jumpline: Jumpline) -> None:
    jumpline.put(
        "焦作日报-2022-08-17.md", b"A01" + "版:要闻\n\n".encode() + A01 + "\n\nA02版:综合新闻\n\n".encode() + A02
    )
    jumpline.ended("焦作日报-2022-08-17.md")
    issue = wait_for(lambda: (found := issue_of(jumpline, "17"))["state"] == "closed" and found)["id"]
    whole = jumpline.get(f"/issues/{issue}")
    assert whole["pages"] == ["A01", "A02"]
    assert len(whole["links"]) == 2


def test_a_name_that_tells_nothing_is_stored_asked_about_and_moved_when_told(jumpline: Jumpline) -> None:
    name = "000_52dbe719001a33ae.txt"
    jumpline.put(name, A02 + b"\n")
    delivery = jumpline.ended(name)
    (issue,) = [one for one in jumpline.get("/issues?state=provisional&limit=0") if one["id"] == delivery["issue"]]
    codes = [code for code, _ in open_codes(jumpline, issue["id"])]
    assert (codes.count("P001"), codes.count("C001")) == (1, 2)
    told = [one["code"] for one in wait_for(lambda: jumpline.told_of(delivery["id"]))]
    assert (told.count("P001"), told.count("C001")) == (1, 2)
    done = jumpline.command("identify", delivery["id"], "--paper", "焦作日报", "--date", "2022-08-18", "--page", "A02")
    assert done.returncode == 0, done.stderr
    assert issue_of(jumpline, "18")["pages"] == ["A02"]


def test_a_slow_writer_is_waited_for(jumpline: Jumpline) -> None:
    target = jumpline.data / "inbox" / page("19", "A02")
    with target.open("wb") as file:
        for start in range(0, len(A02), 4000):
            file.write(A02[start : start + 4000])
            file.flush()
            time.sleep(0.3)
    delivery = jumpline.ended(page("19", "A02"))
    assert delivery["stage"] == "stored"
    assert jumpline.handed_to("done", page("19", "A02")).read_bytes() == A02


def test_jumpline_drop_waits_for_the_end_and_says_it(jumpline: Jumpline, tmp_path: Path) -> None:
    file = tmp_path / page("20", "A02")
    file.write_bytes(A02)
    done = jumpline.command("drop", str(file), "--wait")
    assert done.returncode == 1, done.stderr  # it has findings of severity error
    assert "stored" in done.stdout
    assert "A001" in done.stdout


@pytest.mark.parametrize(
    ("name", "data", "stage"),
    [
        (page("21", "A03"), os.urandom(5000), "rejected"),
        (page("21", "A04"), b"", "rejected"),
        (page("21", "A05").replace(".md", ".docx"), b"PK\x03\x04" + bytes(2000), "rejected"),
        (page("21", "A06"), A01.decode().replace("①", "一").replace("②", "二").encode("gb18030"), "stored"),
        (b"\xbd\xb9-2022-08-21-A07.md", A01 + b"\n\n", "stored"),
    ],
    ids=["random bytes", "empty", "unknown extension", "GB18030", "a name that is not UTF-8"],
)
def test_every_file_ends_with_a_report(jumpline: Jumpline, name: str | bytes, data: bytes, stage: str) -> None:
    jumpline.put(name, data)
    shown = name if isinstance(name, str) else "\\xbd\\xb9-2022-08-21-A07.md"
    assert jumpline.ended(shown)["stage"] == stage
    folder = jumpline.data / ("done" if stage == "stored" else "failed")
    raw = name.encode() if isinstance(name, str) else name

    def reports() -> list[bytes]:
        return [
            entry
            for day in (os.listdir(os.fsencode(folder)) if folder.exists() else ())
            for entry in os.listdir(os.path.join(os.fsencode(folder), day))
            if entry.startswith(raw)
        ]

    wait_for(lambda: {raw, raw + b".report.md"} <= set(reports()))


def test_a_rejected_file_is_told_of(jumpline: Jumpline) -> None:
    jumpline.put("焦作日报-2022-08-22-A01.md", b" \n")
    delivery = jumpline.ended("焦作日报-2022-08-22-A01.md")
    assert [one["code"] for one in wait_for(lambda: jumpline.told_of(delivery["id"]))] == ["F001"]
    assert any(delivery["name"] in notice["text"] + notice["title"] for notice in jumpline.notices("problem", "inbox"))


def test_what_is_no_regular_file_is_left_alone_and_the_watcher_goes_on(
    jumpline: Jumpline, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = jumpline.data / "inbox"
    secret = jumpline.data.parent / "secret.md"
    secret.write_bytes(A01)
    (inbox / "link.md").symlink_to(secret)
    os.mkfifo(inbox / "pipe.md")
    monkeypatch.chdir(inbox)  # a socket's own path must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.md")
    monkeypatch.undo()
    jumpline.put(page("23", "A02"), A02)
    assert jumpline.ended(page("23", "A02"))["stage"] == "stored"
    assert secret.read_bytes() == A01
    assert {entry.name for entry in inbox.iterdir()} >= {"link.md", "pipe.md", "socket.md"}
    assert {one["name"] for one in jumpline.get("/deliveries?limit=0")}.isdisjoint({"link.md", "pipe.md", "socket.md"})


def test_the_same_file_again_goes_to_duplicate(jumpline: Jumpline) -> None:
    jumpline.put(page("24", "A02"), A02)
    jumpline.ended(page("24", "A02"))
    jumpline.handed_to("done", page("24", "A02"))
    jumpline.put(page("24", "A02"), A02)
    jumpline.handed_to("duplicate", page("24", "A02"))


@pytest.mark.parametrize("kind", ["worker", "broker", "beat", "inbox"])
def test_a_killed_process_is_started_again_and_nothing_is_lost(jumpline: Jumpline, kind: str) -> None:
    day = {"worker": "25", "broker": "26", "beat": "27", "inbox": "28"}[kind]
    victims = [pid for pid, line in children_of(jumpline.process.pid) if is_kind(line, kind)]
    assert victims
    jumpline.put(page(day, "A02"), A02)
    os.kill(victims[0], signal.SIGKILL)
    jumpline.put(page(day, "A01"), A01)
    assert jumpline.ended(page(day, "A02"))["stage"] == "stored"
    assert jumpline.ended(page(day, "A01"))["stage"] == "stored"
    issue = issue_of(jumpline, day)["id"]
    wait_for(lambda: len(jumpline.get(f"/issues/{issue}")["links"]) == 2)
    pages = [one["page"] for one in jumpline.get(f"/articles?limit=0&issue={issue}")]
    assert (pages.count("A01"), pages.count("A02")) == (4, 13)


def test_a_child_killed_at_its_work_is_noticed_and_what_its_message_held_is_stored_by_another(
    jumpline: Jumpline,
) -> None:
    (worker,) = [pid for pid, line in children_of(jumpline.process.pid) if is_kind(line, "worker")]
    pool = [pid for pid, _ in children_of(worker)]
    for child in pool:
        os.kill(child, signal.SIGSTOP)
    names = [page("30", label) for label in ("A02", "A03", "A04")]
    for count, name in enumerate(names):
        jumpline.put(name, A02 + b"\n" * (count + 2))
    wait_for(lambda: len(jumpline.get("/deliveries?name=2022-08-30")) == 3)
    victim = min(jumpline.get("/deliveries?name=2022-08-30"), key=lambda one: int(one["id"][1:]))
    blob = jumpline.data / "blobs" / victim["sha256"][:2] / victim["sha256"][2:4] / victim["sha256"]
    blob.rename(blob.with_suffix(".away"))
    os.mkfifo(blob)  # whoever reads it now waits for ever
    for child in pool:
        os.kill(child, signal.SIGCONT)
    wait_for(lambda: jumpline.get(f"/deliveries/{victim['id']}")["attempts"] == 1)
    blob.with_suffix(".away").rename(blob)
    for child in pool:
        os.kill(child, signal.SIGKILL)
    # Without a word from the dead child's parent its neighbours would wait to be announced again, for 30 s.
    ended = {name: jumpline.ended(name) for name in names}
    assert {one["stage"] for one in ended.values()} == {"stored"}
    assert [one["attempts"] for one in ended.values() if one["id"] == victim["id"]] == [2]


def test_the_dashboard_shows_the_page_and_its_story_to_those_who_may_see_it(jumpline: Jumpline) -> None:
    jumpline.put(page("29", "A02"), A02)
    delivery = jumpline.ended(page("29", "A02"))
    overview = jumpline.browse("/").text
    assert page("29", "A02") in overview
    assert delivery["issue"]
    (shown,) = jumpline.get(f"/deliveries/{delivery['id']}")["delivered"]
    html = jumpline.browse(f"/pages/{shown['id'].removeprefix('p')}").text
    assert "区生活垃圾日产日清。" in html
    assert "A001" in html


def test_alerts_test_reaches_every_channel(jumpline: Jumpline) -> None:
    done = jumpline.command("alerts", "test")
    assert done.returncode == 0, done.stderr
    assert all(name in done.stdout for name in ("webhook", "email", "log"))


def children_of(parent: int) -> list[tuple[int, str]]:
    """The children of a process, with their command lines."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                status = (entry / "stat").read_text().rpartition(")")[2].split()
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if int(status[1]) == parent:
                found.append((int(entry.name), line))
    return found


def is_kind(line: str, kind: str) -> bool:
    return ("valkey-server" in line or "redis-server" in line) if kind == "broker" else f" {kind} " in line

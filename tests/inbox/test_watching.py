"""Watching a real folder: what the hints say, and what happens when the observer would go deaf."""

import errno
import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from watchdog.events import FileSystemEvent
from watchdog.observers.api import BaseObserver, EventEmitter

from worker.inbox import watching
from worker.inbox.settling import Hint
from worker.inbox.watching import Hints, Watch

SOON = 5.0


@pytest.fixture(params=["native", "polling"])
def observer(request: pytest.FixtureRequest) -> Literal["native", "polling"]:
    kind: Literal["native", "polling"] = request.param
    return kind


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    root = tmp_path / "inbox"
    root.mkdir()
    return root


@pytest.fixture
def watch(inbox: Path) -> Iterator[Watch]:
    watch = Watch(inbox, "native")
    watch.start()
    yield watch
    watch.stop()


def hints(watch: Watch, enough: Callable[[dict[Path, Hint]], bool]) -> dict[Path, Hint]:
    """What the watch tells until it is enough."""
    seen: dict[Path, Hint] = {}
    deadline = time.monotonic() + SOON
    while not enough(seen):
        assert time.monotonic() < deadline, f"only {seen} was told"
        time.sleep(0.01)
        seen.update(watch.hints().paths)
    return seen


def test_a_new_file_is_hinted_at_however_it_is_seen(inbox: Path, observer: Literal["native", "polling"]) -> None:
    watch = Watch(inbox, observer)
    watch.start()
    try:
        assert watch.kind == observer
        (inbox / "A02.md").write_text("words")
        hints(watch, lambda seen: Path("A02.md") in seen)
    finally:
        watch.stop()


def test_a_closed_file_and_one_renamed_into_the_inbox_are_known_to_be_whole(inbox: Path, watch: Watch) -> None:
    (inbox / "written.md").write_text("words")
    (inbox.parent / "outside.md").write_text("words")
    (inbox.parent / "outside.md").rename(inbox / "moved.md")
    (inbox / "written.md").rename(inbox / "renamed.md")
    seen = hints(watch, lambda seen: {Path("moved.md"), Path("renamed.md")} <= seen.keys())
    assert seen[Path("moved.md")] is Hint.CLOSED
    assert seen[Path("renamed.md")] is Hint.CLOSED


def test_a_file_that_was_written_to_and_not_closed_is_known_to_be_open(inbox: Path, watch: Watch) -> None:
    with (inbox / "A02.md").open("wb", buffering=0) as slow:
        slow.write(b"half a page")
        hints(watch, lambda seen: seen.get(Path("A02.md")) is Hint.OPEN)
    hints(watch, lambda seen: seen.get(Path("A02.md")) is Hint.CLOSED)


def test_links_and_pipes_are_only_hinted_at(inbox: Path, watch: Watch) -> None:
    (inbox.parent / "words.md").write_text("words")
    os.link(inbox.parent / "words.md", inbox / "hard.md")
    os.symlink("words.md", inbox / "soft.md")
    os.mkfifo(inbox / "pipe.md")
    wanted = {Path("hard.md"), Path("soft.md"), Path("pipe.md")}
    seen = hints(watch, lambda seen: wanted <= seen.keys())
    assert set(seen.values()) == {Hint.SEEN}


def test_a_file_in_a_new_folder_is_hinted_at(inbox: Path, watch: Watch) -> None:
    (inbox / "2022-08-15").mkdir()
    (inbox / "2022-08-15" / "A02.md").write_text("words")
    hints(watch, lambda seen: {Path("2022-08-15"), Path("2022-08-15/A02.md")} <= seen.keys())


def test_names_that_are_not_utf_8_are_hinted_at(inbox: Path, watch: Watch) -> None:
    with open(os.path.join(os.fsencode(inbox), b"\xbd\xb9.txt"), "wb") as file:
        file.write(b"1")
    hints(watch, lambda seen: b"\xbd\xb9.txt" in {os.fsencode(path) for path in seen})


def test_each_hint_is_given_once(inbox: Path, watch: Watch) -> None:
    (inbox / "A02.md").write_text("words")
    hints(watch, lambda seen: seen.get(Path("A02.md")) is Hint.CLOSED)
    assert watch.hints() == Hints({}, rescan=False)


def test_a_folder_made_again_is_watched_anew(inbox: Path, watch: Watch) -> None:
    assert not watch.is_deaf()
    shutil.rmtree(inbox)
    assert not watch.is_deaf()
    inbox.mkdir()
    assert watch.is_deaf()
    assert not watch.is_deaf()
    (inbox / "A02.md").write_text("words")
    hints(watch, lambda seen: Path("A02.md") in seen)


def test_a_folder_put_in_the_place_of_a_renamed_one_is_watched_and_the_old_one_is_not(
    inbox: Path, watch: Watch
) -> None:
    inbox.rename(inbox.parent / "old")
    inbox.mkdir()
    assert watch.is_deaf()
    watch.hints()
    (inbox.parent / "old" / "ghost.md").write_text("words")
    (inbox / "A02.md").write_text("words")
    assert hints(watch, lambda seen: seen.get(Path("A02.md")) is Hint.CLOSED).keys() == {Path("A02.md")}


def test_a_dead_emitter_is_noticed_though_the_observer_lives(inbox: Path, watch: Watch) -> None:
    assert watch._observer is not None
    (emitter,) = watch._observer.emitters
    emitter.stop()
    emitter.join(SOON)
    assert watch._observer.is_alive()
    assert watch.is_deaf()
    (inbox / "A02.md").write_text("words")
    hints(watch, lambda seen: Path("A02.md") in seen)


def test_an_overflow_of_the_kernels_queue_asks_for_a_scan_once(watch: Watch) -> None:
    logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed; filesystem events were lost")
    assert watch.hints().rescan
    assert not watch.hints().rescan


def test_the_overflow_is_heard_where_watchdog_tells_it() -> None:
    from watchdog.observers import inotify_c

    assert inotify_c.logger.name == watching.OVERFLOW_LOGGER


@pytest.mark.parametrize("limit", [errno.ENOSPC, errno.EMFILE])
def test_where_inotify_has_reached_its_limit_the_folder_is_looked_through(inbox: Path, limit: int) -> None:
    class Exhausted(EventEmitter):
        def on_thread_start(self) -> None:
            raise OSError(limit, "inotify limit reached")

    watch = Watch(inbox, "native", native=lambda: BaseObserver(Exhausted))
    watch.start()
    try:
        assert watch.kind == "polling"
        (inbox / "A02.md").write_text("words")
        hints(watch, lambda seen: Path("A02.md") in seen)
    finally:
        watch.stop()


def test_polling_never_goes_by_way_of_a_link(inbox: Path) -> None:
    (inbox.parent / "elsewhere").mkdir()
    (inbox / "link").symlink_to(inbox.parent / "elsewhere")
    watch = Watch(inbox, "polling")
    watch.start()
    try:
        (inbox.parent / "elsewhere" / "secret.md").write_text("words")
        (inbox / "A02.md").write_text("words")
        assert Path("link/secret.md") not in hints(watch, lambda seen: Path("A02.md") in seen)
    finally:
        watch.stop()


def test_the_listener_takes_any_event_without_raising() -> None:
    listener = watching._Listener()
    for path in ("", b"\xff", "a\udcff"):
        listener.dispatch(FileSystemEvent(path))
    assert listener.take().keys() == {"\udcff", "a\udcff"}
    assert listener.take() == {}

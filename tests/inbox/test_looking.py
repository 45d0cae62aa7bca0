"""The eye: what can be taken, what is ignored, and no way out of the inbox."""

import os
import socket
from pathlib import Path

import pytest

from worker.inbox import looking
from worker.inbox.looking import Ignored, Sight
from worker.inbox.settling import Fingerprint


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    root = tmp_path / "inbox"
    root.mkdir()
    return root


def test_a_scan_sees_files_anywhere_below_the_root(inbox: Path) -> None:
    (inbox / "A01.md").write_text("1")
    (inbox / "2022-08-15" / "late").mkdir(parents=True)
    (inbox / "2022-08-15" / "late" / "A02.md").write_text("22")
    sight = looking.scan(inbox, Path())
    assert {path: seen.size for path, seen in sight.files.items()} == {
        Path("A01.md"): 1,
        Path("2022-08-15/late/A02.md"): 2,
    }
    assert looking.scan(inbox, Path("2022-08-15")).files.keys() == {Path("2022-08-15/late/A02.md")}


def test_a_scan_leaves_unfinished_files_and_our_own_folders_alone(inbox: Path) -> None:
    (inbox / ".jumpline" / "processing").mkdir(parents=True)
    (inbox / ".jumpline" / "processing" / "A01.md").write_text("1")
    (inbox / "A02.md.part").write_text("1")
    (inbox / "var").mkdir()
    (inbox / "var" / "jumpline.db").write_text("1")
    assert looking.scan(inbox, Path(), own={inbox / "var"}) == Sight()


def test_what_is_no_regular_file_is_ignored_for_a_reason(inbox: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "passwd").write_text("root")
    (inbox / "link.md").symlink_to(secret / "passwd")
    (inbox / "dangling.md").symlink_to("nowhere")
    (inbox / "folder").symlink_to(secret)
    os.mkfifo(inbox / "pipe.md")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(inbox / "sock.md"))
    sight = looking.scan(inbox, Path())
    assert sight.files == {}
    assert sight.ignored == {
        Path("link.md"): Ignored.LINK,
        Path("dangling.md"): Ignored.LINK,
        Path("folder"): Ignored.LINK,
        Path("pipe.md"): Ignored.FIFO,
        Path("sock.md"): Ignored.SOCKET,
    }


def test_a_device_is_ignored() -> None:
    assert looking.judge(os.stat("/dev/null")) == Ignored.DEVICE


def test_a_look_says_what_is_there(inbox: Path) -> None:
    (inbox / "A02.md").write_text("four")
    (inbox / "folder").mkdir()
    os.mkfifo(inbox / "pipe.md")
    seen = looking.look(inbox, Path("A02.md"))
    assert isinstance(seen, Fingerprint)
    assert seen.size == 4
    assert looking.look(inbox, Path("pipe.md")) == Ignored.FIFO
    assert looking.look(inbox, Path("folder")) is None
    assert looking.look(inbox, Path("gone.md")) is None
    assert looking.look(inbox, Path("A02.md/below.md")) is None


def test_no_link_leads_out_of_the_inbox(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "passwd").write_text("root")
    (inbox / "folder").symlink_to(tmp_path / "secret")
    assert looking.look(inbox, Path("folder/passwd")) is None
    assert looking.look(inbox, Path("../secret/passwd/../passwd")) is None
    assert looking.scan(inbox, Path("folder")) == Sight()


def test_only_an_empty_folder_is_removed_and_never_behind_a_link(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / "empty").mkdir(parents=True)
    (inbox / "link").symlink_to(tmp_path / "elsewhere")
    (inbox / "empty").mkdir()
    (inbox / "full").mkdir()
    (inbox / "full" / ".A02.md.part").write_text("unfinished")
    for path in ("link/empty", "link", "empty", "full", "gone", "gone/too"):
        looking.remove_empty(inbox, Path(path))
    assert sorted(path.name for path in inbox.iterdir()) == ["full", "link"]
    assert (tmp_path / "elsewhere" / "empty").is_dir()


def test_names_of_any_bytes_are_seen(inbox: Path) -> None:
    name = b"\xbd\xb9\xd7\xf7\n.txt"
    with open(os.path.join(os.fsencode(inbox), name), "wb") as file:
        file.write(b"1")
    (path,) = looking.scan(inbox, Path()).files
    assert os.fsencode(path) == name

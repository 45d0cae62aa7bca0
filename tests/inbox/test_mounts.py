"""How an inbox is watched, by the file system it lies on."""

from pathlib import Path

import pytest

from worker.inbox import mounts

MOUNTS = r"""
rootfs / rootfs rw 0 0
/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /tmp tmpfs rw 0 0
nas:/pages /mnt/pages nfs4 rw 0 0
//desk/in /mnt/the\040desk cifs rw 0 0
host /mnt/host 9p rw 0 0
sshfs#a@b: /mnt/far fuse.sshfs rw 0 0
/dev/sdb1 /mnt/pages/local xfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/inbox", "ext4"),
        ("/tmp/inbox", "tmpfs"),
        ("/mnt/pages/inbox", "nfs4"),
        ("/mnt/pages", "nfs4"),
        ("/mnt/pages2", "ext4"),
        ("/mnt/the desk/inbox", "cifs"),
        ("/mnt/far/inbox", "fuse.sshfs"),
        ("/mnt/pages/local/inbox", "xfs"),
    ],
)
def test_the_deepest_mount_tells_the_file_system(path: str, kind: str) -> None:
    assert mounts.file_system(MOUNTS, Path(path)) == kind


def test_no_mounts_tell_nothing() -> None:
    assert mounts.file_system("", Path("/srv")) == ""


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.glusterfs", "vboxsf"])
def test_file_systems_that_others_change_are_polled(kind: str) -> None:
    assert mounts.REMOTE.fullmatch(kind)


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "tmpfs", "overlay", "zfs", "fuseblk"])
def test_file_systems_of_this_machine_are_watched(kind: str) -> None:
    assert not mounts.REMOTE.fullmatch(kind)


def test_what_is_wanted_is_taken(tmp_path: Path) -> None:
    assert mounts.choose(tmp_path, "native") == "native"
    assert mounts.choose(tmp_path, "polling") == "polling"

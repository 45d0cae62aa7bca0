"""On which file systems the kernel tells of changes, and on which one has to look again and again."""

import re
from pathlib import Path
from typing import Literal

import structlog

log = structlog.get_logger()

Kind = Literal["native", "polling"]

# File systems that another machine, or the host of a container, changes without this kernel's knowledge.
REMOTE = re.compile(
    r"nfs4? | cifs | smb\w* | 9p | virtiofs | vboxsf | vmhgfs | prl_fs | afs | ceph | lustre | gpfs | fuse\..+",
    re.VERBOSE,
)  # nfs4, smb3, fuse.sshfs

MOUNTS = Path("/proc/self/mounts")


def choose(root: Path, wanted: Literal["auto", "native", "polling"]) -> Kind:
    """Choose how to watch: as wanted, or by the type of the file system that the folder lies on."""
    if wanted != "auto":
        return wanted
    try:
        kind = file_system(MOUNTS.read_text("utf-8", "surrogateescape"), root.resolve())
    except FileNotFoundError:
        return "native"
    if not REMOTE.fullmatch(kind):
        return "native"
    log.info(
        "The inbox lies on a file system whose changes the kernel does not see: it is looked through every second.",
        inbox=str(root),
        file_system=kind,
    )
    return "polling"


def file_system(mounts: str, path: Path) -> str:
    """Give the type of the file system that a path lies on, by the text of /proc/mounts; "" if it says nothing."""
    deepest, kind = -1, ""
    for line in mounts.splitlines():
        _, point, found, *_ = [*line.split(" "), "", ""]
        folder = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), point))  # /mnt/my\040share
        # Of two mounts on one point the later hides the earlier.
        if point.startswith("/") and path.is_relative_to(folder) and len(folder.parts) >= deepest:
            deepest, kind = len(folder.parts), found
    return kind

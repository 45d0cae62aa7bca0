"""A running installation, and a person who uses it: by files, command line, dashboard and alerts."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx

from tests import sinks

JUMPLINE = Path(sys.executable).parent / "jumpline"
PATIENCE = 20.0

T = TypeVar("T")


def wait_for(look: Callable[[], T | None], seconds: float = PATIENCE) -> T:
    """Give what `look` sees as soon as it is true; fail when that takes too long."""
    deadline = time.monotonic() + seconds
    while not (seen := look()):  # an empty list is as little as None
        assert time.monotonic() < deadline, f"it did not happen within {seconds} s: {look}"
        time.sleep(0.05)
    return seen


@dataclass
class Jumpline:
    """One running installation. `started_in` is how many seconds it took until it greeted."""

    data: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes]
    webhook: sinks.WebhookSink
    mail: sinks.MailSink
    started_in: float = 0

    def ask(self, *words: str) -> Any:
        """Give what a command prints with --json."""
        done = self.command(*words, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of this installation."""
        return subprocess.run(
            [JUMPLINE, *words, "--data", str(self.data)],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE * 2,
        )

    def browse(self, path: str) -> httpx.Response:
        """Give what the dashboard or its API answers."""
        known = json.loads((self.data / "dashboard.json").read_text())
        headers = {"Authorization": f"Bearer {known['token']}"}
        return httpx.get(known["url"] + path, headers=headers, timeout=PATIENCE, follow_redirects=True)

    def get(self, path: str) -> Any:
        """Give what the API answers, as a value."""
        answer = self.browse(f"/api/v1{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def put(self, name: str | bytes, data: bytes) -> None:
        """Move a complete file into the inbox, the safest way."""
        inbox = os.fsencode(self.data / "inbox")
        raw = name if isinstance(name, bytes) else name.encode()
        hidden = os.path.join(inbox, b"." + raw[:200] + b".part")
        with open(hidden, "wb") as file:
            file.write(data)
        os.rename(hidden, os.path.join(inbox, raw))

    def ended(self, name: str) -> dict[str, Any]:
        """Wait until a file of this name has come to its end; gives its delivery."""

        def look() -> dict[str, Any] | None:
            found = [one for one in self.get("/deliveries?limit=0") if one["name"] == name]
            return found[0] if found and found[0]["ended_at"] else None

        return wait_for(look)

    def handed_to(self, folder: str, name: str) -> Path:
        """Wait until a file lies in done/, duplicate/ or failed/ with its report; gives its place."""

        def look() -> Path | None:
            report = next((self.data / folder).glob(f"*/{name}.report.md"), None)
            return report.with_name(name) if report and report.with_name(name).exists() else None

        return wait_for(look)

    def notices(self, kind: str, group: str) -> list[Any]:
        """Give what the webhook was told about a group."""
        told = [body for _, _, body in list(self.webhook.requests)]
        return [notice for notice in told if (notice["kind"], notice["group"]) == (kind, group)]

    def told_of(self, delivery: str) -> list[Any]:
        """Give the findings of a file that the webhook was told of."""
        notices = self.notices("problem", "inbox")
        return [one for notice in notices for one in notice["findings"] if one["delivery"] == delivery]


@contextmanager
def running(
    data: Path, settings: dict[str, str], webhook: sinks.WebhookSink, mail: sinks.MailSink
) -> Iterator[Jumpline]:
    """Start `jumpline up`, wait for its greeting, and end it in the end as a person does: with Ctrl-C."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(data.parent), "LANG": "C.UTF-8", **settings}
    began = time.monotonic()
    said = data.parent / "up.log"
    with said.open("w") as log:
        process = subprocess.Popen(
            [JUMPLINE, "up", "--data", str(data)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_for(lambda: "Ctrl-C" in said.read_text() or process.poll() is not None)
            assert process.poll() is None, said.read_text()
            yield Jumpline(data, environment, process, webhook, mail, time.monotonic() - began)
        finally:
            process.send_signal(signal.SIGINT)
            status = process.wait(timeout=12)
    assert status == 0, said.read_text()

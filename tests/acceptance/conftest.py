"""One real `jumpline up` for all acceptance tests, in a folder of its own."""

import json
from collections.abc import Iterator

import pytest

from tests import sinks
from tests.acceptance.person import Jumpline, running


@pytest.fixture(scope="session")
def jumpline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jumpline]:
    """An installation that waits two seconds for an issue's pages, and tells people at once."""
    data = tmp_path_factory.mktemp("jumpline") / "data"
    with sinks.webhook() as webhook, sinks.mail() as mail:
        channels = [
            {"type": "webhook", "url": webhook.url, "allow_private": True},
            {"type": "email", "host": "127.0.0.1", "port": mail.port, "security": "none",
             "sender": "jumpline@example.org", "to": ["desk@example.org"]},
            {"type": "log"},
        ]  # fmt: skip
        settings = {
            "JUMPLINE_ISSUES__SETTLE_AFTER": "2s",
            "JUMPLINE_WORKER__SWEEP_EVERY": "500ms",
            "JUMPLINE_ALERTS__GROUP_WAIT": "500ms",
            "JUMPLINE_ALERTS__GROUP_INTERVAL": "1s",
            "JUMPLINE_ALERTS__CHANNELS": json.dumps(channels),
            "JUMPLINE_DASHBOARD__PORT": "0",
        }
        with running(data, settings, webhook, mail) as person:
            yield person

"""The log channel."""

from structlog.testing import capture_logs

from tests.alerts.test_message import notice
from worker.alerts.log import Log


def test_a_notice_is_one_line_of_the_log() -> None:
    with capture_logs() as lines:
        Log().send(notice())
    assert lines == [
        {
            "event": "焦作日报 2022-08-15: 1 problem (1 error)",
            "log_level": "warning",
            "alert": "n9",
            "kind": "problem",
            "group": "i3",
            "said": ["A02 line 69, C001 error: (上接A01版①) has no partner."],
            "url": "http://127.0.0.1:8600/issues/3",
        }
    ]

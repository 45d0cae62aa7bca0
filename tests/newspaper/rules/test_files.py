"""Files that cannot be read: F001, F002, F007, F008; when they speak is tested with the formats that raise them."""

import pytest

from tests.newspaper.build import SOURCE
from worker.newspaper import rules
from worker.newspaper.model import Severity, Unreadable

CODES = ("F001", "F002", "F007", "F008")


@pytest.mark.parametrize("code", CODES)
def test_a_rejection_names_the_file_and_what_to_do(code: str) -> None:
    finding = rules.rejection(Unreadable(code), SOURCE)
    assert (finding.code, finding.severity, finding.file) == (code, Severity.ERROR, "A02.md")
    for language in ("zh", "en"):
        assert "A02.md" in rules.message(finding, language)
        assert rules.help_text(finding, language)


@pytest.mark.parametrize("code", CODES)
def test_a_rejection_stands_on_no_line_and_no_page(code: str) -> None:
    finding = rules.rejection(Unreadable(code), SOURCE)
    assert (finding.page, finding.line, finding.column, finding.article) == (None, None, None, None)


def test_a_best_guess_at_the_encoding_is_told() -> None:
    finding = rules.rejection(Unreadable("F002", guess="Shift_JIS"), SOURCE)
    assert rules.message(finding, "en").endswith("it looks most like Shift_JIS.")
    assert rules.message(finding, "zh").endswith("看起来最像 Shift_JIS。")


@pytest.mark.parametrize(
    ("facts", "zh", "en"),
    [
        ({"extension": ".xyz"}, "文件“A02.md”的扩展名 .xyz 不是", "“A02.md” ends in .xyz, which"),
        ({"found": "PNG"}, "里面是PNG。", "it holds PNG."),
        ({"found": "binary"}, "里面是二进制数据。", "it holds binary data."),
    ],
)
def test_what_the_file_is_instead_is_told(facts: dict[str, str], zh: str, en: str) -> None:
    finding = rules.rejection(Unreadable("F007", **facts), SOURCE)
    assert zh in rules.message(finding, "zh")
    assert en in rules.message(finding, "en")


def test_the_limit_that_was_passed_is_told() -> None:
    finding = rules.rejection(Unreadable("F008", limit="64000000 bytes"), SOURCE)
    assert "（64 MB）" in rules.message(finding, "zh")
    assert "(64 MB)" in rules.message(finding, "en")


def test_two_rejections_for_one_reason_have_one_fingerprint() -> None:
    one, other = (rules.rejection(Unreadable("F002", guess=guess), SOURCE) for guess in ("Shift_JIS", "EUC-KR"))
    assert one.fingerprint == other.fingerprint

"""A page of which it is not known which one it is: P001."""

from types import MappingProxyType

import pytest

from tests.newspaper.build import KNOWN, THE_DAY, page
from worker.newspaper import rules
from worker.newspaper.model import Finding, Identity
from worker.newspaper.paper import GENERIC


def check(label: str | None, identity: Identity) -> list[Finding]:
    return [one for one in rules.check_page(page(label=label), identity, GENERIC) if one.code == "P001"]


NOTHING = Identity(None, None, None, missing=("paper", "date", "page"))
NO_PAPER = Identity(None, None, THE_DAY, page="A02", missing=("paper",))
NO_DATE = Identity("焦作日报", "jiaozuo-daily", None, page="A02", missing=("date",))


@pytest.mark.parametrize(
    ("label", "identity", "zh", "en"),
    [
        (None, NOTHING, "报纸、日期、版次", "paper, date, page"),
        ("A02", NO_PAPER, "报纸", "paper"),
        ("A02", NO_DATE, "日期", "date"),
        (None, KNOWN, "版次", "page"),
    ],
)
def test_what_cannot_be_told_is_asked_for(label: str | None, identity: Identity, zh: str, en: str) -> None:
    (finding,) = check(label, identity)
    assert rules.message(finding, "zh") == f"看不出这一版的{zh}：文件名、文件夹和版面文字里都没有。"
    assert rules.message(finding, "en").startswith(f"Cannot tell this page's {en}:")
    assert finding.line is None


def test_what_the_words_allow_is_proposed() -> None:
    identity = Identity(None, None, None, missing=("date",), proposed=MappingProxyType({"date": "2022-08-15"}))
    (finding,) = check("A02", identity)
    assert rules.message(finding, "en").endswith("the words allow: date 2022-08-15.")
    assert rules.message(finding, "zh").endswith("从文字看可能是：日期 2022-08-15。")


def test_what_is_known_by_now_keeps_the_finding_the_same() -> None:
    before, after = check(None, NOTHING), check(None, KNOWN)
    assert before[0].fingerprint == after[0].fingerprint


@pytest.mark.parametrize(
    ("label", "identity"),
    [
        ("A02", KNOWN),
        ("02", KNOWN),
        ("A02", Identity("焦作日报", None, THE_DAY)),  # a paper without a profile is known by its name
        (
            "A02",
            Identity("焦作日报", "jiaozuo-daily", THE_DAY, missing=("page",)),
        ),  # the page was told by its own words
    ],
)
def test_a_page_that_is_known_is_fine(label: str | None, identity: Identity) -> None:
    assert check(label, identity) == []

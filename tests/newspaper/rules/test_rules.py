"""The catalogue, the sentences, the fingerprints, and what an issue keeps and withdraws."""

import re
import string
from dataclasses import replace
from types import MappingProxyType

import pytest

from tests.newspaper.build import KNOWN, article, issue, jump, one_article, page
from worker.newspaper import linking, rules
from worker.newspaper.model import Finding, Kind, Page, Severity
from worker.newspaper.paper import GENERIC, Paper, RuleChange

CUT = "平台矩阵，政策引导。去年以来，该市财政科技支出达1.2亿元，出台支持工业经济高质量发展"
UNKNOWN = Finding("X999", Severity.INFO, "A02", 1, 1, 1, 2, "词", MappingProxyType({"a": 1}), "0" * 16)


def check(one: Page, paper: Paper = GENERIC) -> tuple[Finding, ...]:
    return rules.check_page(one, KNOWN, paper)


@pytest.mark.parametrize("rule", rules.CATALOGUE.values(), ids=lambda rule: rule.code)
def test_every_rule_has_all_its_words_in_both_languages(rule: rules.Rule) -> None:
    assert re.fullmatch(r"[A-Z]\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    for text in (rule.says, rule.why, rule.example, rule.mend, *rule.cases.values()):
        assert text.zh.strip()
        assert re.search(r"[\u4e00-\u9fff]|0|\(", text.zh)
        assert text.en.strip()


@pytest.mark.parametrize("rule", rules.CATALOGUE.values(), ids=lambda rule: rule.code)
def test_a_sentence_tells_the_same_facts_in_both_languages(rule: rules.Rule) -> None:
    for text in (rule.says, *rule.cases.values()):
        assert _facts(text.zh) == _facts(text.en)


def _facts(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("rule", rules.CATALOGUE.values(), ids=lambda rule: rule.code)
def test_a_finding_whose_facts_are_lost_still_has_a_sentence(rule: rules.Rule) -> None:
    bare = replace(UNKNOWN, code=rule.code, facts={})
    assert rules.message(bare, "zh").endswith("。")
    assert rules.message(bare, "en").endswith(".")


def test_names_and_codes_are_each_used_once() -> None:
    names = [rule.name for rule in rules.CATALOGUE.values()]
    assert sorted(names) == sorted(set(names))
    assert list(rules.CATALOGUE) == [rule.code for rule in rules.CATALOGUE.values()]


def test_a_finding_of_a_later_version_is_told_all_the_same() -> None:
    assert rules.message(UNKNOWN, "en") == "Rule X999 is not of this version; it speaks of “词”."
    assert rules.message(UNKNOWN, "zh") == "规则 X999 不在这个版本里；它指的是：“词”。"
    assert (rules.help_text(UNKNOWN, "zh"), rules.name("X999")) == ("", "X999")


def test_words_in_braces_are_told_as_they_stand() -> None:
    (finding,) = check(one_article(title="{raw} 的用法{0}说明"))
    assert "{raw} 的用法{0}说明" in rules.message(finding, "zh")


def test_a_finding_keeps_its_fingerprint_when_its_line_moves() -> None:
    (before,) = check(one_article(CUT, line=1))
    (after,) = check(one_article(CUT, line=7))
    assert (before.line, after.line) == (2, 8)
    assert before.fingerprint == after.fingerprint


def test_two_equal_findings_on_a_page_have_two_fingerprints() -> None:
    twice = page(
        article(title="推进会今天召开", position=1, line=1), article(title="推进会今天召开", position=2, line=3)
    )
    one, other = check(twice)
    assert one.code == other.code == "A001"
    assert one.fingerprint != other.fingerprint
    assert one.fingerprint == check(one_article(title="推进会今天召开"))[0].fingerprint


@pytest.mark.parametrize(
    ("change", "severities"),
    [
        (RuleChange(), [Severity.ERROR]),
        (RuleChange(severity=Severity.WARNING), [Severity.WARNING]),
        (RuleChange(off=True), []),
        (RuleChange(off=True, severity=Severity.INFO), []),
    ],
)
def test_a_paper_turns_a_rule_off_or_changes_its_severity(change: RuleChange, severities: list[Severity]) -> None:
    paper = Paper(code="own", name="自家报", rules={"A004": change})
    one = one_article(CUT)
    assert [finding.severity for finding in check(one, paper)] == severities
    kept = rules.check_issue(issue(one), (), {"A02": check(one)}, paper)
    assert [finding.severity for finding in kept] == severities


def two_halves(end: str, begin: str) -> tuple[Page, Page]:
    head = article(end, position=1, line=1, goes=jump("to", "A02", "①", 3))
    tail = article(begin, title=None, kind=Kind.CONTINUATION, position=1, line=1, comes=jump("from", "A01", "①", 1))
    return page(head, label="A01"), page(tail, label="A02")


def whole(*pages: Page) -> list[tuple[str, str | None, int | None]]:
    it = issue(*pages)
    found = {one.label or "": check(one) for one in pages}
    return [(one.code, one.page, one.line) for one in rules.check_issue(it, linking.link(it), found, GENERIC)]


def test_a_bracket_that_opens_on_one_page_and_closes_on_the_next_is_fine() -> None:
    assert whole(*two_halves("出台《支持工业", "经济高质量发展的意见》。")) == []


@pytest.mark.parametrize(
    ("end", "begin", "where"),
    [
        ("出台《支持工业", "经济高质量发展的意见。", ("M001", "A01", 2)),
        ("出台支持工业", "经济高质量发展的意见》。", ("M001", "A02", 2)),
        ("出台《支持工业》，", "经济（高质量发展的意见。", ("M001", "A02", 2)),
    ],
)
def test_a_story_whose_halves_do_not_balance_is_told_once(end: str, begin: str, where: tuple[str, str, int]) -> None:
    assert whole(*two_halves(end, begin)) == [where]


def test_a_break_that_a_link_mends_is_withdrawn() -> None:
    front, second = two_halves(CUT, "的意见。")
    told = check(one_article(CUT, label="A01"))
    assert [one.code for one in told] == ["A004"]
    it = issue(front, second)
    assert rules.check_issue(it, linking.link(it), {"A01": told}, GENERIC) == ()
    assert rules.check_issue(it, (), {"A01": told}, GENERIC)[0].code == "A004"


def test_the_order_of_the_pages_makes_no_difference() -> None:
    front, second = two_halves("出台《支持工业", "经济高质量发展的意见。")
    third = one_article(CUT, label="A03")
    assert whole(front, second, third) == whole(third, second, front)

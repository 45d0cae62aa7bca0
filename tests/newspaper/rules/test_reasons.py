"""What speaks for a repair is told in the reader's language."""

import re
import string

import pytest

from worker.newspaper import rules
from worker.newspaper.model import Reason, Sign
from worker.newspaper.rules.reasons import SAYS


@pytest.mark.parametrize("sign", Sign)
def test_every_sign_has_its_words_in_both_languages(sign: Sign) -> None:
    text = SAYS[sign]
    facts = [{name for _, name, _, _ in string.Formatter().parse(words) if name} for words in (text.zh, text.en)]
    assert facts[0] == facts[1]
    assert re.search(r"[\u4e00-\u9fff]", text.zh)
    assert not re.search(r"[\u4e00-\u9fff]", text.en)


def test_a_reason_is_told_with_its_facts() -> None:
    one = Reason(Sign.OPEN_END, {"line": 9, "words": "全面排查发现问"})
    assert rules.reason(one, "en") == "line 9 breaks off at “全面排查发现问” without a sentence mark"
    assert rules.reason(one, "zh") == "第 9 行在“全面排查发现问”处断开，没有句末标点"


def test_a_reason_whose_facts_are_lost_still_has_words() -> None:
    assert rules.reason(Reason(Sign.GOES_ON), "en") == "line … goes on with “…”"

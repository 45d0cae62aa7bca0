"""The pages of docs/ that are made from the code say what the code says."""

import pytest

from tests.write_docs import DOCS, PAGES
from worker.newspaper import rules


@pytest.mark.parametrize("name", PAGES)
def test_a_page_made_from_the_code_is_current(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == PAGES[name](), "run `make docs`"


def test_every_rule_has_its_place_in_the_page_of_rules() -> None:
    page = PAGES["rules.md"]()
    assert all(f"### {code} {rule.name}\n" in page for code, rule in rules.CATALOGUE.items())

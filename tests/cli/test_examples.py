"""Rules tell people their example, not a template with holes."""

import pytest

from tests.cli.conftest import Run
from worker.cli import examples
from worker.newspaper.rules import CATALOGUE, Language

KNOWN = sorted({*examples.FACTS, *examples.OWN["zh"], *examples.OWN["en"]})


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", KNOWN)
def test_the_example_fills_every_hole(code: str, language: Language) -> None:
    said = examples.says(CATALOGUE[code], language)
    assert "{" not in said
    assert "…" not in said


def test_a_rule_is_told_with_its_example_to_people_and_as_it_is_to_programs(run: Run) -> None:
    filled = "(Continued from A01 ①) continues from page A01, and nothing on page A01 says that it goes on here."
    assert filled in run("rules", "C001").out
    assert run("rules", "C001", "--json").json[0]["says"] == "{raw} has no partner on page {target}."


def test_notes_are_called_notes(run: Run) -> None:
    assert run("rules", "A005").out.startswith("A005  paragraph-split  (note)")
    assert " info " not in run("rules").out

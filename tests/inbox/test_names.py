"""Names: which are left alone, how any bytes are shown, which is free."""

import os
from pathlib import PurePath

import pytest

from worker.inbox import names


@pytest.mark.parametrize(
    "name",
    [
        ".A02.md",
        "~$A02.docx",
        "A02.md.part",
        "A02.tmp",
        "A02.TMP",
        "A02.md.crdownload",
        ".A02.md.Ab12Cd",
        "._A02.md",
        ".jumpline/processing/x/A02.md",
        "2022-08-15/.A02.md",
        ".hidden/A02.md",
        "2022.part/A02.md",
        "新版面.part",
    ],
)
def test_unfinished_and_hidden_files_are_left_alone(name: str) -> None:
    assert names.left_alone(PurePath(name))


@pytest.mark.parametrize(
    "name",
    [
        "A02.md",
        "焦作日报-2022-08-15-A02.md",
        "A02",
        "part",
        "tmp.md",
        "A02.part.md",
        "~A02.md",
        "$A02.md",
        "2022-08-15/A02.md",
        "A02.tmpl",
        "a\n.md",
    ],
)
def test_all_other_files_are_taken(name: str) -> None:
    assert not names.left_alone(PurePath(name))


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("焦作日报　A02.md".encode(), "焦作日报　A02.md"),
        (b"\xbd\xb9\xd7\xf7.txt", r"\xbd\xb9\xd7\xf7.txt"),
        (b"a\nb\x1b[31m.md", r"a\x0ab\x1b[31m.md"),
        ("a\u202etxt.md".encode(), r"a\xe2\x80\xaetxt.md"),
        (b"\xed\xa0\x80.md", r"\xed\xa0\x80.md"),
    ],
)
def test_any_bytes_have_a_printable_form(raw: bytes, shown: str) -> None:
    assert names.printable(raw) == shown


def test_a_printable_form_fits_the_ledger_and_keeps_its_end() -> None:
    shown = names.printable(b"/".join([b"\xff" * 255] * 4) + b"/A02.md")
    assert len(shown) == names.SHOWN
    assert shown.startswith("…")
    assert shown.endswith("/A02.md")


def test_a_free_name_is_kept_and_a_taken_one_gets_a_number() -> None:
    assert names.free("A02.md", set[str]().__contains__) == "A02.md"
    assert names.free("A02.md", {"A02.md"}.__contains__) == "A02 (2).md"
    assert names.free("A02.md", {"A02.md", "A02 (2).md"}.__contains__) == "A02 (3).md"
    assert names.free("A02", {"A02"}.__contains__) == "A02 (2)"


@pytest.mark.parametrize("name", ["版" * 85, "a" * 252 + ".md", "a." + "b" * 253, os.fsdecode(b"\xff" * 255)])
def test_names_of_full_length_still_get_a_number_and_a_report(name: str) -> None:
    assert len(os.fsencode(name)) == 255
    numbered = names.free(name, {name}.__contains__)
    reported = names.beside(name, ".report.md")
    assert "(2)" in numbered
    assert reported.endswith(".report.md")
    assert max(len(os.fsencode(numbered)), len(os.fsencode(reported))) <= names.LONGEST

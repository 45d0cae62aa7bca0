"""What is said when everything runs."""

from pathlib import Path
from typing import Literal

import pytest

from worker.up import greeting


def test_the_greeting_names_the_folder_the_address_and_a_file_to_try() -> None:
    said = greeting.text("en", [Path("/d/inbox")], "http://127.0.0.1:8600/?token=abc", "jumpline drop x.md")
    assert said.splitlines() == [
        "",
        "Jumpline is running.",
        "",
        "  Drop files into   /d/inbox",
        "  Watch them at     http://127.0.0.1:8600/?token=abc",
        "  A file to try     jumpline drop x.md",
        "",
        "Ctrl-C ends it; nothing is lost.",
    ]


def test_it_speaks_chinese_and_lines_up_all_the_same() -> None:
    said = greeting.text("zh", [Path("/d/inbox")], "http://x/", None)
    assert "  投递文件夹   /d/inbox" in said
    assert "  看板地址     http://x/" in said


def test_without_the_sample_it_says_what_a_page_may_look_like() -> None:
    assert "A file to try     any newspaper page" in greeting.text("en", [Path("/d")], "http://x/", None)


@pytest.mark.parametrize(
    ("language", "waiting", "said"),
    [
        ("en", 0, "Ended."),
        ("en", 1, "Ended. 1 file waits for the next start."),
        ("en", 3, "Ended. 3 files wait for the next start."),
        ("zh", 3, "已结束。有 3 个文件等下次启动时处理。"),
    ],
)
def test_the_last_word_says_what_waits(language: Literal["zh", "en"], waiting: int, said: str) -> None:
    assert greeting.ended(language, waiting) == said

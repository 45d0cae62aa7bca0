"""What is said when everything runs."""

from pathlib import Path

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

"""What is said when everything runs: where to drop files, where to watch them, and a file to try."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

SAMPLE = Path("tests/samples/焦作日报-2022-08-15-A02.md")

WORDS = {
    "en": {
        "running": "Jumpline is running.",
        "drop": "Drop files into",
        "watch": "Watch them at",
        "try": "A file to try",
        "none": "any newspaper page as .md or .txt, named like 焦作日报-2022-08-15-A02.md",
        "end": "Ctrl-C ends it; nothing is lost.",
        "ending": "Ending: what is being worked on is finished first.",
        "ended": "Ended.",
        "waits": "Ended. 1 file waits for the next start.",
        "wait": "Ended. {count} files wait for the next start.",
    },
    "zh": {
        "running": "Jumpline 已在运行。",
        "drop": "投递文件夹",
        "watch": "看板地址",
        "try": "可以先试",
        "none": "任意一个版面文件（.md 或 .txt），例如命名为 焦作日报-2022-08-15-A02.md",
        "end": "按 Ctrl-C 结束，不会丢失任何文件。",
        "ending": "正在结束：先完成手头的工作。",
        "ended": "已结束。",
        "waits": "已结束。有 1 个文件等下次启动时处理。",
        "wait": "已结束。有 {count} 个文件等下次启动时处理。",
    },
}


def text(language: Literal["zh", "en"], inboxes: Sequence[Path], address: str, command: str | None) -> str:
    """Give the greeting; `command` drops the sample, where there is one."""
    words = WORDS[language]
    rows = [(words["drop"], str(inbox)) for inbox in inboxes]
    rows += [(words["watch"], address), (words["try"], command or words["none"])]
    width = max(_width(label) for label, _ in rows)
    lines = [f"  {label}{' ' * (width - _width(label))}   {value}" for label, value in rows]
    return "\n".join(["", words["running"], "", *lines, "", words["end"], ""])


def ending(language: Literal["zh", "en"]) -> str:
    """Give what is said when the end has been asked for."""
    return f"\n{WORDS[language]['ending']}"


def ended(language: Literal["zh", "en"], waiting: int) -> str:
    """Give the last word, with the number of files that wait for the next start."""
    word = {0: "ended", 1: "waits"}.get(waiting, "wait")
    return WORDS[language][word].format(count=waiting)


def _width(label: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(1 if ord(character) < 0x1100 else 2 for character in label)

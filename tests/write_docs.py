"""Writes the pages of docs/ that are made from the code: `python -m tests.write_docs` (or `make docs`)."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from worker.newspaper import rules
from worker.newspaper.model import Severity
from worker.settings import manual

DOCS = Path(__file__).parent.parent / "docs"

_FAMILIES = {
    "F": rules.Text("文件", "The file"),
    "P": rules.Text("版与期", "Pages and issues"),
    "A": rules.Text("稿件", "Articles"),
    "C": rules.Text("转接版", "Continuations"),
    "M": rules.Text("标点与文字", "Marks and characters"),
}
_SEVERITIES = {
    Severity.ERROR: rules.Text("错误", "error"),
    Severity.WARNING: rules.Text("警告", "warning"),
    Severity.INFO: rules.Text("提示", "info"),
}


def rules_page() -> str:
    """What each rule says, why, with an example and how to mend it, in English and in Chinese."""
    lines = [
        "# The rules · 规则",
        "",
        "This page is made from the code (`make docs`). `jumpline rules CODE` prints the same words.",
        "",
        "本页由代码生成（`make docs`）；`jumpline rules 代码` 显示同样的内容。",
        "",
        "| code | name | severity |",
        "|---|---|---|",
        *(f"| [{code}](#{code.lower()}-{rule.name}) | {rule.name} | {_severity(rule)} |" for code, rule in _rules()),
    ]
    family = ""
    for code, rule in _rules():
        if code[0] != family:
            family = code[0]
            lines += ["", f"## {_FAMILIES[family].en} · {_FAMILIES[family].zh}"]
        lines += ["", *_rule(rule)]
    return "\n".join(lines) + "\n"


def _rules() -> list[tuple[str, rules.Rule]]:
    return list(rules.CATALOGUE.items())


def _rule(rule: rules.Rule) -> list[str]:
    said = (rule.says, *rule.cases.values())
    return [
        f"### {rule.code} {rule.name}",
        "",
        f"**{_severity(rule)}**",
        "",
        *(f"- {_shown(text.en)}" for text in said),
        f"- Why: {rule.why.en}",
        f"- Example: {rule.example.en}",
        f"- To mend it: {rule.mend.en}",
        "",
        "**中文**",
        "",
        *(f"- {_shown(text.zh)}" for text in said),
        f"- 为什么：{rule.why.zh}",
        f"- 例子：{rule.example.zh}",
        f"- 办法：{rule.mend.zh}",
    ]


def _shown(template: str) -> str:
    """A sentence with its facts set off: `{raw}`."""
    return template.replace("{", "`{").replace("}", "}`")


def _severity(rule: rules.Rule) -> str:
    severity = _SEVERITIES[rule.severity]
    return f"{severity.en} · {severity.zh}"


# The pages that are made from the code, by their names in docs/.
PAGES: Mapping[str, Callable[[], str]] = MappingProxyType({"rules.md": rules_page, "settings.md": manual.page})


def main() -> None:
    """Write every page anew and name those that changed."""
    DOCS.mkdir(exist_ok=True)
    for name, write in PAGES.items():
        path, page = DOCS / name, write()
        if not path.exists() or path.read_text("utf-8") != page:
            path.write_text(page, "utf-8")
            sys.stdout.write(f"{path.relative_to(DOCS.parent)} written\n")


if __name__ == "__main__":
    main()

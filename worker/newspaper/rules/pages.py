"""Rules about pages: which page of which issue each is."""

from collections.abc import Iterator

from worker.newspaper.model import Finding, Identity, Page, Severity
from worker.newspaper.rules.rule import Rule, Text
from worker.newspaper.rules.sites import finding

UNIDENTIFIED = Rule(
    code="P001",
    name="unidentified-page",
    severity=Severity.ERROR,
    says=Text(
        "看不出这一版的{missing}：文件名、文件夹和版面文字里都没有。",
        "Cannot tell this page's {missing}: neither the file's name, its folder nor the words on the page say so.",
    ),
    cases={
        "proposed": Text(
            "看不出这一版的{missing}：文件名、文件夹和版面文字里都没有；从文字看可能是：{proposed}。",
            "Cannot tell this page's {missing}: neither the file's name, its folder nor the words on the page say so; "
            "the words allow: {proposed}.",
        ),
    },
    why=Text(
        "不知道是哪一期哪一版，转版就接不上，读者也查不到它。它先单独存放，一字不少。",
        "A page of no known issue cannot be joined to the other pages or found by its date. Meanwhile it is stored by "
        "itself, with every word.",
    ),
    example=Text(
        "名为 000_52dbe719001a33ae.txt、版面上也没有报头的文件。",
        "A file named 000_52dbe719001a33ae.txt whose page prints no masthead.",
    ),
    mend=Text(
        "用 jumpline identify 或在网页上填写报纸、日期和版次；以后按“焦作日报-2022-08-15-A02.md”这样命名。",
        "Say paper, date and page with `jumpline identify` or on the dashboard; from then on name files like "
        "焦作日报-2022-08-15-A02.md.",
    ),
)

RULES = (UNIDENTIFIED,)


def on_page(page: Page, identity: Identity) -> Iterator[Finding]:
    """Say what is not known about which page this is."""
    missing: list[str] = [term for term in ("paper", "date") if term in identity.missing]
    if page.label is None:
        missing.append("page")
    if not missing:
        return
    proposed = ";".join(f"{term}={identity.proposed[term]}" for term in missing if term in identity.proposed)
    facts = {"missing": ";".join(missing)} | ({"case": "proposed", "proposed": proposed} if proposed else {})
    yield finding(UNIDENTIFIED, page, None, facts, excerpt=page.file or "", known_by="page")

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

CONTRADICTED = Rule(
    code="P005",
    name="date-contradiction",
    severity=Severity.ERROR,
    says=Text(
        "关于日期说法不一：{said}；现按 {date} 存放。",
        "What is said of the date does not agree: {said}; the page is stored under {date}.",
    ),
    why=Text(
        "日期错了，整版就归到了别的一期，转版也接不上。",
        "Under a wrong date the page stands in another issue, and its stories cannot be joined.",
    ),
    example=Text(
        "文件名是 2022-08-16，报头印的是“2022年8月15日 星期一”。",
        "The file is named 2022-08-16 and its masthead prints 2022年8月15日 星期一.",
    ),
    mend=Text(
        "核对印出的报头，改正文件名后重新投递；或用 jumpline identify 指定日期。",
        "Look at the printed masthead, name the file rightly and drop it again; or use `jumpline identify`.",
    ),
)

RULES = (UNIDENTIFIED, CONTRADICTED)


def on_page(page: Page, identity: Identity) -> Iterator[Finding]:
    """Say what is not known about which page this is, and what is said of it that cannot all be true."""
    yield from _unidentified(page, identity)
    if identity.contradicted and identity.date and page.ordinal == 1:
        said = ";".join(f"{place}={value}" for place, value in identity.contradicted.items())
        facts = {"said": said, "date": identity.date.isoformat()}
        yield finding(CONTRADICTED, page, None, facts, excerpt=page.file or "", known_by="date")


def _unidentified(page: Page, identity: Identity) -> Iterator[Finding]:
    missing: list[str] = [term for term in ("paper", "date") if term in identity.missing]
    if page.label is None:
        missing.append("page")
    if not missing:
        return
    proposed = ";".join(f"{term}={identity.proposed[term]}" for term in missing if term in identity.proposed)
    facts = {"missing": ";".join(missing)} | ({"case": "proposed", "proposed": proposed} if proposed else {})
    yield finding(UNIDENTIFIED, page, None, facts, excerpt=page.file or "", known_by="page")

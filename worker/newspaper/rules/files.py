"""Rules about a file that cannot be read: the delivery is rejected, and its bytes are kept."""

from worker.newspaper.model import Finding, Severity, Source, Unreadable
from worker.newspaper.rules.rule import Rule, Text
from worker.newspaper.rules.sites import fingerprint

EMPTY = Rule(
    code="F001",
    name="empty-file",
    severity=Severity.ERROR,
    says=Text("文件“{name}”是空的：里面没有一个字。", "The file “{name}” is empty: there is not a word in it."),
    why=Text(
        "空文件多半是导出中断或磁盘写满留下的，这一版的内容并没有送到。",
        "An empty file is mostly what an interrupted export or a full disk leaves; the page itself has not come.",
    ),
    example=Text("0 字节的 A02.md，或只有空行的文件。", "A02.md of 0 bytes, or a file of blank lines."),
    mend=Text("请重新导出这一版，再投递一次。", "Export the page again and drop it once more."),
)

ENCODING = Rule(
    code="F002",
    name="unreadable-encoding",
    severity=Severity.ERROR,
    says=Text(
        "文件“{name}”的字节不是 UTF-8、带 BOM 的 UTF-16、GB18030 或 Big5 中的任何一种，无法转成文字。",
        "The bytes of “{name}” are not text in UTF-8, UTF-16 with a BOM, GB18030 or Big5.",
    ),
    cases={
        "guess": Text(
            "文件“{name}”无法按 UTF-8、带 BOM 的 UTF-16、GB18030 或 Big5 解码；看起来最像 {guess}。",
            "“{name}” cannot be decoded as UTF-8, UTF-16 with a BOM, GB18030 or Big5; it looks most like {guess}.",
        ),
    },
    why=Text(
        "猜错编码会把整版变成乱码并存进库里，所以拿不准就不收。",
        "A wrong guess would store a page of garbled words, so a file whose encoding is in doubt is not taken.",
    ),
    example=Text(
        "传输中损坏的 GB18030 文件；误改扩展名的图片。", "A GB18030 file damaged on its way; a picture renamed to .txt."
    ),
    mend=Text(
        "请另存为 UTF-8（或确认文件没有损坏）后重新投递。",
        "Save it as UTF-8, or send an undamaged copy, and drop it again.",
    ),
)

FORMAT = Rule(
    code="F007",
    name="unknown-format",
    severity=Severity.ERROR,
    says=Text(
        "文件“{name}”不是 Jumpline 能读的格式，或者内容与扩展名不符。",
        "“{name}” is in no format that Jumpline reads, or is not what its name says.",
    ),
    cases={
        "extension": Text(
            "文件“{name}”的扩展名 {extension} 不是 Jumpline 能读的格式。",
            "“{name}” ends in {extension}, which is no format that Jumpline reads.",
        ),
        "found": Text(
            "文件“{name}”不是文字，里面是{found}。", "“{name}” is not the text that its name says: it holds {found}."
        ),
    },
    why=Text(
        "读不懂的文件如果悄悄放过，就会缺一版而没有人知道。",
        "If a file that nobody can read were passed over in silence, a page would be missing and no one would know.",
    ),
    example=Text("page.xyz；其实是图片的 A02.md。", "page.xyz; an A02.md that is really a picture."),
    mend=Text(
        "请改用受支持的格式（如 .md、.txt、.html，或它们的 .zip）导出后重新投递；损坏或加密的压缩包请重新打包。",
        "Export it in a format that is read (.md, .txt or .html, say, or a .zip of them) and drop it again; pack an "
        "archive anew that is damaged or encrypted.",
    ),
)

TOO_LARGE = Rule(
    code="F008",
    name="too-large",
    severity=Severity.ERROR,
    says=Text(
        "文件“{name}”超出了允许的大小、条目数、层数或压缩比，没有读取。",
        "“{name}” is over the limits on size, entries, depth or compression, and was not read.",
    ),
    cases={
        "limit": Text(
            "文件“{name}”超出了允许的上限（{limit}），没有读取。",
            "“{name}” is over the limit ({limit}) and was not read.",
        ),
    },
    why=Text(
        "一个报纸版面不会有这么大；这样的文件会占满内存或磁盘，使其他版面也进不来。",
        "No newspaper page is that large; such a file could fill memory or disk and keep all other pages out.",
    ),
    example=Text(
        "解压后超过上限的压缩包；误投的视频。", "An archive that unpacks beyond the limit; a video dropped by mistake."
    ),
    mend=Text(
        "请确认投对了文件；确实需要时，可调高设置 inbox.max_bytes。",
        "Make sure it is the right file; if it is, raise the setting inbox.max_bytes.",
    ),
)

RULES = (EMPTY, ENCODING, FORMAT, TOO_LARGE)
_BY_CODE = {rule.code: rule for rule in RULES}


def rejection(unreadable: Unreadable, source: Source) -> Finding:
    """The finding that says why a file was rejected; the first fact that the rule has a sentence for chooses it."""
    rule = _BY_CODE.get(unreadable.code, FORMAT)
    facts: dict[str, str | int] = {"name": source.name, **unreadable.facts}
    case = next((case for case in rule.cases if case in facts), None)
    return Finding(
        code=unreadable.code,
        severity=rule.severity,
        page=None,
        line=None,
        column=None,
        end_line=None,
        end_column=None,
        excerpt="",
        facts={**facts, "case": case} if case else facts,
        fingerprint=fingerprint(unreadable.code, source.name),
        file=source.name,
    )

"""What else may come: pages torn, shuffled, repeated and overwritten by a seeded hand."""

from random import Random

# Pieces of pages, the short and the odd ones among them.
PIECES = (
    *(
        "# 标题",
        "## ——副题",
        "### 小标题",
        "第02版:要闻",
        "A03版",
        "\f",
        "---",
        "- - -",
        "| a | b |",
        "|---|---|",
        "a\tb\tc",
    ),
    *("(上接A01版①)", "(下转A03版)", "## (上接第 页）", "下转第 版", "◀上接A01版", "（下转A02", "版①）", "接第一版"),
    *("本报讯(记者王京)近日,", "本报讯", "(记者王京)", "□ 本报记者 王京", "新华社北京8月1日电", "作者：", "文/图 李四"),
    *("图为现场。王明 摄", "王明 摄", "新华社发", "资料图片", "（王明摄）", "摄", "（参见版面）"),
    *("\tb\tc", "市文联", "2022年8月15日", "市文联 2022年8月15日", "本版责编:张三", "广告", "今日8版"),
    *("文字没有说完,一直说到第二十五个字还没有说完,于是换了一行", "文。(记者 王京)", "\u3000\u3000文。", "\u00a0"),
    *(
        "#",
        "》",
        "\x00",
        "\u200b",
        "\ufeff",
        "\ufffd",
        "\u2028",
        "\x0b",
        "\x85",
        "\U0001f600",
        "𠮷",
        "e\u0301",
        "-",
        "dis-",
    ),
    *(
        "<REC>",
        "<标题>=文",
        "<正文>=",
        "<html>",
        "<p>文</p>",
        "<!--enpcontent-->",
        "<!--",
        "-->",
        "&#x4e00;",
        "<![CDATA[",
    ),
    *("---\ntitle: 文\n---", "一、甲", "（一）乙", "1. 丙", "①丁", "该区", "Continued on Page A6", "By JANE DOE", ""),
)
_CODECS = ("utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le", "latin-1", "utf-32")


def mutated(data: bytes, rng: Random) -> bytes:
    """The bytes of a file after one to four accidents."""
    for _ in range(rng.randint(1, 4)):
        data = rng.choice((_cut, _repeated, _overwritten, _lines_moved, _piece_put_in, _encoded_anew, _ends_changed))(
            data, rng
        )
    return data


def noise(rng: Random) -> bytes:
    """A page of pieces in no order, or of bytes of no meaning."""
    if rng.random() < 0.3:
        return rng.randbytes(rng.randint(0, 600))
    text = rng.choice(("\n", "\n\n", "\r\n", "")).join(rng.choices(PIECES, k=rng.randint(0, 40)))
    return text.encode(rng.choice(_CODECS), "replace")


def _cut(data: bytes, rng: Random) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + data[at + rng.choice((1, 2, 3, 50, len(data))) :]


def _repeated(data: bytes, rng: Random) -> bytes:
    at, length = rng.randint(0, len(data)), rng.choice((1, 3, 40, 400))
    return data[:at] + data[at : at + length] * rng.choice((2, 3, 20)) + data[at + length :]


def _overwritten(data: bytes, rng: Random) -> bytes:
    at, put = rng.randint(0, len(data)), rng.randbytes(rng.randint(1, 6))
    return data[:at] + put + data[at + len(put) * rng.randint(0, 1) :]


def _lines_moved(data: bytes, rng: Random) -> bytes:
    lines = data.split(b"\n")
    for _ in range(rng.randint(1, 5)):
        lines.insert(rng.randint(0, len(lines)), lines.pop(rng.randrange(len(lines))) if len(lines) > 1 else b"")
    return b"\n".join(lines)


def _piece_put_in(data: bytes, rng: Random) -> bytes:
    lines = data.split(b"\n")
    lines.insert(rng.randint(0, len(lines)), rng.choice(PIECES).encode())
    return b"\n".join(lines)


def _encoded_anew(data: bytes, rng: Random) -> bytes:
    return data.decode("utf-8", "replace").encode(rng.choice(_CODECS), "replace")


def _ends_changed(data: bytes, rng: Random) -> bytes:
    return data.replace(b"\n", rng.choice((b"\r\n", b"\r", b"", b"\n\n", b" \n", b"\f\n", b"\t\n")))

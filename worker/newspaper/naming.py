"""What the name of a file and of its folders says: paper, date, edition and page."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from worker.newspaper import dates
from worker.newspaper.labels import HAN_NUMERAL, normal_label
from worker.newspaper.paper import Paper, Papers, names


@dataclass(frozen=True, slots=True)
class Clue:
    """What one place says about a delivery; `how` names the place, `paper` is as printed there.

    A `loose` one has a date that stands alone and may be a notice's: it tells where nothing else does, and contradicts
    nothing.
    """

    how: str
    paper: str | None = None
    date: dt.date | None = None
    edition: str | None = None
    page: str | None = None
    loose: bool = False


_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}$")
_EDITION = re.compile(r"_(\d{1,2})(?=/|$)")  # 19720302_01: a folder's second edition of a day

# 第2版, A02版, 第十二版
_PAGE_WORDS = re.compile(rf"第?\s?([A-Za-z]{{0,2}}\d{{1,3}}|{HAN_NUMERAL}{{1,4}})\s?版")
_PAGE_LABEL = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{1,2}\d{1,3})(?![0-9A-Za-z])")  # A02
_PAGE_NUMBERED = re.compile(r"(?<![A-Za-z])(?:page|p)[-_ ]?(\d{1,3})(?![0-9A-Za-z])", re.IGNORECASE)  # page 3, p03
_PAGE_AFTER_DATE = re.compile(r"[-_ ](\d{1,3})(?:[-_ ]\d{1,3})?$")  # -01-02: page and article

_HAN_NAME = re.compile(r"[\u3400-\u9fff]{1,12}(?:报|報|周刊|月刊|时讯)")
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z'’&]*")
# Words that stand in names of files and are the name of no paper.
_NOISE = frozenset(
    {"epaper", "pdf", "full", "issue", "edition", "page", "pages", "final", "copy", "scan", "scanned", "img", "image"}
    | {"file", "doc", "text", "txt", "test", "data", "export", "output", "new", "draft", "print", "web", "digital"}
    | {"news", "newspaper", "paper", "a", "part", "vol", "no", "p"}
)


def read(name: str, papers: Papers) -> tuple[Clue, Clue]:
    """What the file's own name says, and what its folders say."""
    path = unicodedata.normalize("NFKC", name).replace("\\", "/")
    folder, _, own = path.rpartition("/")
    stem = _EXTENSION.sub("", own).strip()
    return _of_file(stem, papers, dated=dates.in_name(folder) is not None), _of_folder(folder, stem, papers)


def _of_file(stem: str, papers: Papers, *, dated: bool) -> Clue:
    found = dates.in_name(stem)
    before, after = (stem[: found.start], stem[found.end :]) if found else ("", stem)
    page, after = _page(after, dated=dated or found is not None)
    if page is None and found:
        page, before = _page(before.rstrip("-_ ."), dated=True)
    printed = known(f"{before} {after}", papers) or (_printed(before, after) if found else None)
    return Clue("file name", printed, found.date if found else None, None, page)


def _of_folder(folder: str, stem: str, papers: Papers) -> Clue:
    found = dates.in_name(folder) or (dates.in_name(f"{folder}/{stem}") if folder else None)
    edition = _EDITION.match(folder, found.end) if found else None
    return Clue("folder", known(folder, papers), found.date if found else None, edition[1] if edition else None)


def known(words: str, papers: Papers) -> str | None:
    """The longest name of a known paper that stands in these words."""
    folded = words.casefold()
    hits: list[str] = [name for paper in papers for name in names(paper) if _stands(name.casefold(), folded)]
    return max(hits, key=len) if hits else None


def place_of(paper: Paper) -> str:
    """The words that a paper's name begins with, mostly its place: 焦作 for 焦作日报; nothing for other names."""
    found = re.fullmatch(r"([\u3400-\u9fff]{2,4})(?:日报|日報|晚报|晚報|早报|晨报|商报|时报|新闻)", paper.name)
    return found[1] if found else ""


def _stands(name: str, words: str) -> bool:
    """Whether a name stands in the words: anywhere when it is Han, else as a word of its own (digits may follow)."""
    if not name.isascii():
        return name in words
    return re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z])", words) is not None


def _page(words: str, *, dated: bool) -> tuple[str | None, str]:
    """The page's label in what follows the date, and the words that are left."""
    forms = [_PAGE_WORDS]
    if dated or _PAGE_LABEL.fullmatch(words):
        forms += [_PAGE_NUMBERED, _PAGE_LABEL, _PAGE_AFTER_DATE]
    for form in forms:
        if (found := form.search(words)) and (label := normal_label(found[1])):
            return label, words[: found.start()] + words[found.end() :]
    return None, words


def _printed(before: str, after: str) -> str | None:
    """The name of a paper that nobody described: 某某日报, The Standard, rmrb; None when the words are no name."""
    if found := _HAN_NAME.search(before) or _HAN_NAME.search(after):
        return str(found[0])
    words: list[str] = [word for word in _LATIN_WORD.findall(f"{before} {after}") if word.lower() not in _NOISE]
    if len(words) > 1 and all(word[0].isupper() for word in words):
        return " ".join(words)
    if re.fullmatch(r"[a-z]{3,6}[-_ ]?", before) and words:
        return words[0]
    return None

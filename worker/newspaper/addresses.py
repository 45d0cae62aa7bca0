"""The addresses of words whose lines are not the file's own: wrapped paragraphs, and pages with tags between the words.

Reading and mending know a line by one number. Each line gets such a number, and the file's own are put back after.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from worker.newspaper.formats.lines import Line
from worker.newspaper.model import Article, Block, BlockKind, Byline, Continuation, Reason, Repair, RepairKind

Lines = Mapping[int, Line]  # as the format gave them, by the number that each was read under


def numbered(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The same lines, no two with words under one number: the file's numbers, or where two share one, their places."""
    own = [line.number for line in lines if line.text]
    if len(set(own)) == len(own):
        return tuple(lines)
    return tuple(replace(line, number=at) for at, line in enumerate(lines, 1))


def by_number(read: Sequence[Line], lines: Sequence[Line]) -> Lines | None:
    """The format's lines by the numbers they were read under; None when those are the file's and nothing else is."""
    if all(line.number == own.number and not own.runs for line, own in zip(read, lines, strict=True)):
        return None
    pairs = zip(read, lines, strict=True)
    return {line.number: own for line, own in pairs if own.text}


def in_file(article: Article, lines: Lines) -> Article:
    """The article with the file's lines and columns."""
    headline = article.headline
    return replace(
        article,
        headline=replace(headline, lines=_all(headline.lines, lines)) if headline else None,
        lines=_all(article.lines, lines),
        body=tuple(_block(block, lines) for block in article.body),
        bylines=tuple(_byline(one, lines) for one in article.bylines),
        credits=tuple(_byline(one, lines) for one in article.credits),
        continued_from=_jump(article.continued_from, lines),
        continued_to=_jump(article.continued_to, lines),
    )


def repair_in_file(repair: Repair, lines: Lines) -> Repair:
    """The repair with the file's lines: a join has those that meet, a filled cell its row's, others all of theirs."""
    if repair.kind is RepairKind.JOIN_PARAGRAPH:
        places = (lines[repair.lines[0]].numbers()[-1], *(lines[one].number for one in repair.lines[1:]))
    elif repair.kind is RepairKind.FILL_MERGED_CELL:
        places = tuple(lines[one].number for one in repair.lines)
    else:
        places = _all(repair.lines, lines)
    return replace(repair, lines=places, evidence=tuple(_reason(one, lines) for one in repair.evidence))


def furniture_in_file(furniture: Iterable[int], articles: Iterable[Article], lines: Lines) -> tuple[int, ...]:
    """The page's own lines as the file numbers them; one that carries words of an article too is the article's."""
    owned = {line for article in articles for line in article.lines}
    return tuple(sorted(set(_all(furniture, lines)) - owned))


def _all(numbers: Iterable[int], lines: Lines) -> tuple[int, ...]:
    """The file's lines of these, each once, in the order of reading."""
    return tuple(dict.fromkeys(line for number in numbers for line in lines[number].numbers()))


def _block(block: Block, lines: Lines) -> Block:
    """A table keeps one line for each row; other blocks have the lines that their own words stand on."""
    if block.kind is BlockKind.TABLE:
        return replace(block, lines=tuple(lines[number].number for number in block.lines))
    if len(block.lines) == 1:
        line = lines[block.lines[0]]
        at = line.text.find(block.text)
        if at >= 0:
            return replace(block, lines=line.numbers(at, at + len(block.text)))
    return replace(block, lines=_all(block.lines, lines))


def _byline(one: Byline, lines: Lines) -> Byline:
    line = lines[one.line]
    return replace(one, line=line.place(max(0, line.text.find(one.raw)))[0])


def _jump(jump: Continuation | None, lines: Lines) -> Continuation | None:
    """The jump line where it begins; one that is wrapped ends, for its columns, with its first line."""
    if jump is None:
        return None
    line = lines[jump.line]
    start = jump.column - line.column
    number, column = line.place(start)
    last = next(at for at in reversed(range(start, start + len(jump.raw))) if line.place(at)[0] == number)
    return replace(jump, line=number, column=column, end_column=line.place(last)[1] + 1)


def _reason(reason: Reason, lines: Lines) -> Reason:
    """The evidence with the file's line, where it names one."""
    line = reason.facts.get("line")
    if not isinstance(line, int) or line not in lines:
        return reason
    return replace(reason, facts={**reason.facts, "line": lines[line].number})

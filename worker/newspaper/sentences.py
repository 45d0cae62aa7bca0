"""Where sentences begin and end: what the joining of paragraphs and the ends of articles are told by."""

import re

# What may close a text: 。！？… and closing quotes and brackets, also ： ； (“名单如下：”), a dash, an end mark (■).
_CLOSED = re.compile(r"""[。．.！!？?…—⋯”’"'）)\]】」』》〉：:；;～~▲■●★◆□]""")
_CANNOT_BEGIN = re.compile(r"[，、。；：！？,;!?）》〉」』】”]")
_CUT_AT_LEAST = 25  # characters: a shorter open line is a signature, a verse or an item of a list


def is_open(text: str) -> bool:
    """Whether no mark closes a text."""
    words = text.rstrip()
    return bool(words) and not _CLOSED.match(words[-1])


def is_cut(text: str) -> bool:
    """Whether a text breaks off in mid-sentence: it is long, and no mark closes it."""
    return len(text.rstrip()) > _CUT_AT_LEAST and is_open(text)


def begins_inside(text: str) -> bool:
    """Whether a text begins with a mark that no sentence begins with."""
    return _CANNOT_BEGIN.match(text.lstrip()) is not None

"""What is mended in a page's order and breaks, and recorded: no word is changed, and every repair can be refused."""

from collections.abc import Sequence
from dataclasses import replace

from worker.newspaper.mending import breaks, cells, displaced
from worker.newspaper.mending.refusal import Refused
from worker.newspaper.model import Article, Repair


def mend(articles: Sequence[Article], refused: Refused = ()) -> tuple[tuple[Article, ...], tuple[Repair, ...]]:
    """The articles of a page mended, and what was done or is proposed, in the order of the lines.

    A repair that is `refused` is not done: its lines stay where they stand, and every other repair is done as before.
    """
    placed, repairs = displaced.put_back(articles, refused)
    mended: list[Article] = []
    for article in placed:
        body, joins = breaks.joined(article, refused)
        body, fills = cells.filled(body, article.position, refused)
        mended.append(replace(article, body=body))
        repairs += joins + fills
    return tuple(mended), tuple(sorted(repairs, key=lambda repair: (repair.lines, repair.kind)))

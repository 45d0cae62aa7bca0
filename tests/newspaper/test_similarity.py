"""What two texts have in common, and the best way to pair several."""

from itertools import permutations
from random import Random

import pytest

from worker.newspaper import similarity

STORY = "该市全面再造发展优势，大手笔创新实施十大战略，产业优势再造是该市的重中之重。"
REST = "该市紧抓市场机遇再造，产业链条前景广阔，再造发展优势。"
OTHER = "博爱县清化镇街道新华书店被命名为扫黄打非进基层工作示范站点。"


def likeness(one: str, other: str, *more: str) -> float:
    rarities = similarity.rarity([one, other, *more])
    return similarity.likeness(similarity.vector(one, rarities), similarity.vector(other, rarities))


def test_a_text_is_all_like_itself() -> None:
    assert likeness(STORY, STORY) == pytest.approx(1.0)


def test_texts_without_a_common_bigram_have_nothing_in_common() -> None:
    assert likeness("甲乙丙", "丁戊己") == 0.0


def test_an_empty_text_is_like_nothing() -> None:
    assert likeness("", STORY) == 0.0


def test_white_space_makes_no_difference() -> None:
    assert likeness("全 市\n推进会", "全市推进会") == pytest.approx(1.0)


def test_the_rest_of_a_story_is_more_like_it_than_another_story() -> None:
    assert likeness(STORY, REST, OTHER) > 5 * likeness(STORY, OTHER, REST)


def test_a_word_that_every_text_has_tells_less_than_a_rare_one() -> None:
    rarities = similarity.rarity(["本报讯甲乙", "本报讯丙丁", "本报讯戊己"])
    assert rarities.weights["本报"] < rarities.weights["甲乙"] < rarities.rarest


@pytest.mark.parametrize("seed", range(60))
def test_the_assignment_is_the_best_there_is(seed: int) -> None:
    random = Random(seed)
    rows, columns = random.randint(1, 6), random.randint(1, 6)
    scores = [[round(random.uniform(-1, 1), 3) for _ in range(columns)] for _ in range(rows)]

    pairs = similarity.assign(scores)

    assert len(pairs) == min(rows, columns)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert sum(scores[row][column] for row, column in pairs) == pytest.approx(_best_sum(scores))


def _best_sum(scores: list[list[float]]) -> float:
    """By trying every assignment."""
    if len(scores) > len(scores[0]):
        scores = [list(column) for column in zip(*scores, strict=True)]
    return max(
        sum(row[column] for row, column in zip(scores, columns, strict=True))
        for columns in permutations(range(len(scores[0])), len(scores))
    )


@pytest.mark.parametrize("scores", [[], [[]], [[], []]])
def test_nothing_to_assign_gives_no_pairs(scores: list[list[float]]) -> None:
    assert similarity.assign(scores) == ()


def test_one_to_one_is_better_than_each_to_its_nearest() -> None:
    assert similarity.assign([[0.9, 0.8], [0.85, 0.1]]) == ((0, 1), (1, 0))

"""Which articles are worth comparing, and which keys are stop keys."""

import pytest

from crawler.dedup.sketch import Sketch
from crawler.stories.candidates import (
    MAX_ARTICLES_PER_TEXT,
    MAX_STORIES_PER_KEY,
    Posting,
    find_candidates,
    shares_enough_keys,
    sign_articles,
)
from crawler.stories.signature import WINDOW_DAYS, Signature
from crawler.stories.versions import Current
from tests.storage.samples import NOON, article

OWN = Signature(
    text_hash=1, keys=tuple(range(24)), size=24, day=100, inputs_hash=0, rules_version=1
)


def postings(
    count: int, *, size: int = 48, day: int = 100, text_hash: int = 2, story: str | None = "s"
) -> list[Posting]:
    """The postings of an article "a" that shares so many keys with OWN."""
    return [Posting(key, "a", text_hash, day, size, story) for key in range(count)]


@pytest.mark.parametrize(
    ("given", "is_candidate"),
    [
        (postings(2), True),
        (postings(1), False),
        (postings(1, size=12), True),
        (postings(0), False),
        (postings(2, day=100 - WINDOW_DAYS), True),
        (postings(2, day=100 + WINDOW_DAYS + 1), False),
        (postings(2, text_hash=1), False),
    ],
    ids=["enough", "too few", "of a short one", "none", "in days", "days after", "equal text"],
)
def test_candidates_share_a_twelfth_of_the_shorter_sketch_within_days(
    given: list[Posting], is_candidate: bool
) -> None:
    assert find_candidates(OWN, given).articles == ({"a"} if is_candidate else set())


@pytest.mark.parametrize(("keys", "enough"), [(range(22, 60), True), (range(23, 60), False)])
def test_what_is_stored_now_is_checked_by_the_same_rule(keys: range, enough: bool) -> None:
    other = Signature(2, tuple(keys), len(keys), 100, 0, 1)
    assert shares_enough_keys(OWN, other) == shares_enough_keys(other, OWN) == enough
    late = Signature(2, tuple(keys), len(keys), 100 + WINDOW_DAYS + 1, 0, 1)
    assert not shares_enough_keys(OWN, late)


def test_a_key_in_too_many_stories_is_a_stop_key_and_finds_nothing() -> None:
    crowd = [Posting(0, f"a{n}", 10 + n, 100, 1, f"s{n}") for n in range(MAX_STORIES_PER_KEY)]
    unassigned = [Posting(0, "b", 99, 100, 1, None)]
    at_the_cap = find_candidates(OWN, [*crowd, *unassigned])
    assert at_the_cap.stop_keys == set()
    assert len(at_the_cap.articles) == MAX_STORIES_PER_KEY + 1
    one_more = [*crowd, Posting(0, "c", 98, 100, 1, "s")]
    assert find_candidates(OWN, one_more).articles == set()
    assert find_candidates(OWN, one_more).stop_keys == {0}
    assert len(find_candidates(OWN, one_more, detect_stop_keys=False).articles) == len(one_more)


def test_a_text_that_too_many_articles_print_becomes_a_stop_key() -> None:
    current = Current(article("a"), NOON, NOON)
    notice, other = Sketch(7, (1, 2)), Sketch(8, (3,))
    batch = [(current, notice), (current, notice), (current, other)]
    printed = {7: MAX_ARTICLES_PER_TEXT - 1}
    signatures, stop_keys = sign_articles(batch, {3}, printed)
    assert [own.text_hash for own in signatures] == [7, None, 8]
    assert [own.keys for own in signatures] == [(1, 2), (), ()]
    assert stop_keys == {7}
    signatures, stop_keys = sign_articles(batch, {3}, printed, detect_stop_keys=False)
    assert [own.text_hash for own in signatures] == [7, 7, 8]
    assert stop_keys == set()

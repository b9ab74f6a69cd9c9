"""Which articles are one story: a pure verdict over members and links, in whatever order they
come."""

import random
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from crawler.stories.grouping import (
    Member,
    StorySlot,
    assign_stories,
    moves_of_changed_stories,
    new_copies,
)
from crawler.stories.links import TextLink
from crawler.stories.model import Move
from tests.storage.samples import NOON

NAMES = "abcdefgh"


def member(name: str, hour: int = 0, text_hash: int | None = -1, inputs_hash: int = 0) -> Member:
    time = NOON + timedelta(hours=hour)
    own_hash = ord(name) if text_hash == -1 else text_hash
    return Member(name, time, time, own_hash, inputs_hash, StorySlot(name, time))


def link(one: str, other: str, inputs_hash: int = 0) -> TextLink:
    first, second = sorted((one, other))
    return TextLink((first, second), (inputs_hash, inputs_hash), (ord(first), ord(second)))


def partition(members: list[Member], links: list[TextLink]) -> set[frozenset[str]]:
    stories: dict[str, set[str]] = {}
    for move in assign_stories(members, links).moves:
        stories.setdefault(move.after, set()).add(move.article_id)
    assert all(story in names for story, names in stories.items())
    return {frozenset(names) for names in stories.values()}


def told(*stories: str) -> set[frozenset[str]]:
    return {frozenset(story) for story in stories}


def test_the_earliest_article_gives_the_story_its_id_and_time() -> None:
    members = [member("a", 3), member("b", 1), member("c", 2)]
    assignment = assign_stories(members, [link("a", "b"), link("b", "c")])
    slot = StorySlot("b", NOON + timedelta(hours=1))
    assert assignment.misplaced == [(members[0], slot), (members[2], slot)]
    assert {move.after for move in assignment.moves} == {"b"}


def test_equal_texts_need_no_link_and_no_text_joins_nothing() -> None:
    members = [
        member("a", text_hash=7),
        member("b", text_hash=7),
        member("c", text_hash=None),
        member("d", text_hash=None),
    ]
    assert partition(members, []) == told("ab", "c", "d")


def test_a_chain_is_parted_where_it_has_no_core() -> None:
    members = [member(name) for name in "abcdef"]
    pairs = [link(one, other) for one, other in ("ab", "bc", "ac", "de", "ef", "df", "cd")]
    assert partition(members, pairs) == told("abc", "def")


def test_a_round_up_does_not_join_the_stories_that_it_tells() -> None:
    members = [member(name) for name in "abcdefr"]
    pairs = [link(one, other) for one, other in ("ab", "bc", "ac", "de", "ef", "df")]
    pairs += [link("r", name) for name in "abcdef"]
    found = partition(members, pairs)
    assert found == told("abc", "def", "r")


def test_what_agrees_with_one_cut_of_a_story_alone_stays_out() -> None:
    members = [member(name) for name in "abcs"] + [
        member("d", text_hash=ord("a")),
        member("e", text_hash=ord("a")),
    ]
    pairs = [link(one, other) for one, other in ("ab", "bc", "ac", "cs")]
    assert partition(members, pairs) == told("abcde", "s")


def test_a_link_holds_as_long_as_both_witnesses_read_as_they_did() -> None:
    members = [member("a"), member("b", inputs_hash=1)]
    assert assign_stories(members, [link("a", "b")]).broken_links == [link("a", "b")]
    assert partition(members, [link("a", "b")]) == told("a", "b")
    assert assign_stories(members, [link("a", "x")]).broken_links == [link("a", "x")]


def test_who_is_misplaced_moves_and_the_others_are_told_too() -> None:
    members = [member("a", 1), member("b", 2)]
    assignment = assign_stories(members, [link("a", "b")])
    assert assignment.misplaced == [(members[1], members[0].slot)]
    assert assignment.moves == [Move("a", "a", "a"), Move("b", "b", "a")]
    assert assignment.broken_links == []


def test_the_moves_of_a_changed_story_are_those_of_all_its_articles() -> None:
    left, joined = [Move("a", "s", "s"), Move("b", "s", "b")], [Move("c", "t", "t")]
    assert moves_of_changed_stories([*left, *joined]) == left


def test_a_new_article_is_a_copy_if_its_story_was_there_before_it() -> None:
    together = [Move(name, name, "a") for name in "abc"] + [Move("d", "d", "d")]
    assert new_copies(["b"], {"b"}, [], together) == {"b"}, "its text was printed before"
    assert new_copies(["b"], set(), [link("a", "b")], together) == {"b"}, "its writer linked it"
    assert new_copies(["c", "b"], set(), [link("b", "c")], together) == {"b"}, "it is the later one"
    assert new_copies(["b"], set(), [], together) == set(), "another writer linked it"
    assert new_copies(["d"], {"d"}, [], together) == set(), "it left the story of its text"


@given(
    st.sets(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda p: p[0] < p[1])
    ),
    st.randoms(),
)
def test_the_partition_does_not_depend_on_the_order(
    pairs: set[tuple[str, str]], chance: random.Random
) -> None:
    members = [
        member(name, hour=ord(name) % 3, text_hash=ord(name) if name < "g" else ord("a"))
        for name in NAMES
    ]
    links = [link(one, other) for one, other in pairs if other < "g"]
    expected = partition(members, links)
    for _ in range(3):
        chance.shuffle(members)
        chance.shuffle(links)
        assert partition(members, links) == expected

"""Which articles are one story: a pure verdict over members and links, in whatever order they
come."""

import random
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from crawler.storage.grouping import Member, Place, holding, places
from crawler.storage.likeness import Link
from tests.storage.samples import NOON

NAMES = "abcdefgh"


def member(name: str, hour: int = 0, text: int | None = -1, face: int = 0) -> Member:
    time = NOON + timedelta(hours=hour)
    return Member(name, time, time, ord(name) if text == -1 else text, face, Place(name, time))


def link(one: str, other: str, face: int = 0) -> Link:
    first, second = sorted((one, other))
    return Link((first, second), (face, face), (ord(first), ord(second)))


def partition(members: list[Member], links: list[Link]) -> set[frozenset[str]]:
    stories: dict[str, set[str]] = {}
    for name, place in places(members, links).items():
        stories.setdefault(place.story_id, set()).add(name)
    assert all(story in names for story, names in stories.items())
    return {frozenset(names) for names in stories.values()}


def told(*stories: str) -> set[frozenset[str]]:
    return {frozenset(story) for story in stories}


def test_the_elder_gives_the_story_its_id_and_time() -> None:
    members = [member("a", 3), member("b", 1), member("c", 2)]
    found = places(members, [link("a", "b"), link("b", "c")])
    assert set(found.values()) == {Place("b", NOON + timedelta(hours=1))}


def test_equal_texts_need_no_link_and_no_text_joins_nothing() -> None:
    members = [
        member("a", text=7),
        member("b", text=7),
        member("c", text=None),
        member("d", text=None),
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
        member("d", text=ord("a")),
        member("e", text=ord("a")),
    ]
    pairs = [link(one, other) for one, other in ("ab", "bc", "ac", "cs")]
    assert partition(members, pairs) == told("abcde", "s")


def test_a_link_holds_as_long_as_both_witnesses_read_as_they_did() -> None:
    members = [member("a"), member("b", face=1)]
    assert holding([link("a", "b")], members) == []
    assert partition(members, [link("a", "b")]) == told("a", "b")
    assert holding([link("a", "x")], members) == []


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
        member(name, hour=ord(name) % 3, text=ord(name) if name < "g" else ord("a"))
        for name in NAMES
    ]
    links = [link(one, other) for one, other in pairs if other < "g"]
    expected = partition(members, links)
    for _ in range(3):
        chance.shuffle(members)
        chance.shuffle(links)
        assert partition(members, links) == expected

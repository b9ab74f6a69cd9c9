"""The sketch: the keys by which an index finds copies."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from crawler.dedup import paragraph_key
from crawler.dedup.sketch import MAX_KEYS, make_sketch, text_keys
from crawler.items import Article
from tests.dedup.stories import BRIDGE, WELL

LETTERS = "".join(BRIDGE + WELL).replace(" ", "")  # with fewer keys than there may be


def test_equal_texts_have_one_number_whatever_keyboard_printed_them(bridge: Article) -> None:
    assert bridge.body
    other = replace(
        bridge, body=bridge.body.replace("ة", "ه").replace("أ", "ا"), headline="عنوان آخر"
    )
    assert make_sketch(other) == make_sketch(bridge)


def test_a_text_too_short_to_stand_alone_is_told_by_its_headline_too(bridge: Article) -> None:
    one = replace(bridge, body="التفاصيل لاحقا", headline="زلزال")
    assert make_sketch(one) == make_sketch(replace(one, outlet="two"))
    assert make_sketch(one).text_hash != make_sketch(replace(one, headline="فيضان")).text_hash


def test_without_text_there_is_nothing_to_find(bridge: Article) -> None:
    assert make_sketch(replace(bridge, body=None)).text_hash is None
    everything = frozenset(map(paragraph_key, BRIDGE))
    assert make_sketch(bridge, boilerplate=everything) == make_sketch(replace(bridge, body=""))


def test_boilerplate_leaves_no_key(bridge: Article) -> None:
    notice = "لا تتحمل هذه الصحيفة مسؤولية ما ينشر في صفحات القراء من آراء وتعليقات"
    assert bridge.body
    framed = replace(bridge, body=f"{bridge.body}\n\n{notice}")
    assert make_sketch(framed).text_hash != make_sketch(bridge).text_hash
    assert make_sketch(framed, boilerplate=frozenset({paragraph_key(notice)})) == make_sketch(
        bridge
    )


@given(st.integers(0, len(LETTERS)), st.integers(100, 900))
def test_a_cut_keeps_the_keys_of_what_is_left(start: int, length: int) -> None:
    assert set(text_keys(LETTERS[start : start + length])) <= set(text_keys(LETTERS))


def test_the_number_of_keys_is_bounded_and_about_one_in_24() -> None:
    letters = "".join(random.Random(1).choices("ابتجدرسعفقكلمنهوي", k=100_000))
    assert 35 <= len(text_keys(letters[:1_200])) < MAX_KEYS
    assert len(text_keys(letters)) == MAX_KEYS
    assert text_keys("كلمة") == ()


def test_letters_outside_the_basic_plane_and_lone_surrogates_are_read() -> None:
    assert text_keys("😀" * 40 + "\ud83d" + "نص" * 20) is not None

"""For any input, nothing is lost, nothing raises, and time stays bounded."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.sources import parse_credit, parse_dateline

PIECES = st.sampled_from(
    [
        "القاهرة", "کراچی", "رويترز", "اے پی پی", "سبق", "محمد علي", "نامہ نگار",
        "25 أغسطس 2021ء", "10-8-2015", "م", "واس",
        "(", ")", "«", "»", '"', "-", "–", "ـ", "/",
        "//", ":", "،", "۔", ".", "...", "+", "*", "\n", " ", "\u200f", "\u200c",
        "\u00a0", "كتب", "المصدر", "في", "کے", "قال", "CNN",
        "ا\u0653", "ﷲ", "\ud800", "\x00", "٣", "۳", "9",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(),
    st.lists(PIECES, max_size=40).map("".join),
    st.lists(PIECES, max_size=40).map(" ".join),
)
OUTLETS = st.sampled_from([None, "sabq", "urdupoint", "okaz", "الوطن", "no such outlet", ""])


@settings(max_examples=400, deadline=None)
@given(TEXTS, OUTLETS)
def test_text_and_story_are_the_input(text: str, outlet: str | None) -> None:
    dateline = parse_dateline(text, outlet=outlet)
    assert dateline.text + dateline.story == text
    if dateline.text:
        assert dateline.story
        assert dateline.story[0].isalnum() or dateline.story[0] in '«»"“”„‟'
    else:
        assert (dateline.place, dateline.sources, dateline.reporter, dateline.date) == (
            None,
            (),
            None,
            None,
        )


@settings(max_examples=200, deadline=None)
@given(TEXTS, OUTLETS)
def test_a_credit_never_raises_and_keeps_its_text(text: str, outlet: str | None) -> None:
    assert parse_credit(text, outlet=outlet).text == text


def test_time_does_not_grow_with_the_story() -> None:
    opening = "لاہور (اے پی پی) "
    short, long = opening + "خبر " * 50, opening + "خبر " * 200_000
    parse_dateline(short)
    assert _least_cpu(long) < 5 * _least_cpu(short) + 0.01


@pytest.mark.parametrize("odd", [" ", "\n", "-", "(", "«", "a.", "ـ", "1/", "، "])
def test_time_is_linear_in_odd_openings(odd: str) -> None:
    # Four times the text: a quadratic scan would take sixteen times as long.
    assert _least_cpu(odd * 400_000) < 8 * _least_cpu(odd * 100_000) + 0.01


def _least_cpu(text: str) -> float:
    """The seconds of CPU time that reading `text` takes, the least of three tries."""
    times = []
    for _ in range(3):
        start = process_time()
        parse_dateline(text)
        times.append(process_time() - start)
    return min(times)

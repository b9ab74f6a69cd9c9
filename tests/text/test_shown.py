"""Text from pages as it is shown: letters stay, controls are seen instead of obeyed."""

import unicodedata

import pytest

from crawler.text import isolated, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\r\tc\x00", r"a\nb\r\tc\x00"),
        ("\x1b[2J\x9b2J\x7f", r"\x1b[2J\x9b2J\x7f"),
        ("\u202eلا\u202c \u2066x\u2069 \u200f\u061c", r"\u202eلا\u202c \u2066x\u2069 \u200f\u061c"),
        ("a\u2028b\u2029c", r"a\u2028b\u2029c"),
        ("\ud800", r"\ud800"),
        ("\U000e0041", r"\U000e0041"),
    ],
)
def test_controls_are_shown_as_escapes(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize("text", ["موسكو - سبوتنيك", "نئی دہلی، می\u200cخواہم", "é 𝒳 😀 «»", "\\n"])
def test_letters_marks_and_joiners_are_left_alone(text: str) -> None:
    assert printable(text) == text


def test_no_control_of_unicode_but_the_joiners_and_arabic_signs_gets_through() -> None:
    characters = map(chr, range(0x110000))
    through = {
        c
        for c in characters
        if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") and printable(c) == c
    }
    assert through == set()
    bidi = {
        c
        for c in map(chr, range(0x110000))
        if unicodedata.bidirectional(c) in DIRECTING and printable(c) == c
    }
    assert bidi == set()


DIRECTING = ("LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
"""Classes of UAX 9, table 4: explicit formatting."""


def test_a_text_that_closes_its_isolate_stays_inside() -> None:
    assert isolated("خبر\u2069\u202e") == "\u2068خبر\\u2069\\u202e\u2069"


@pytest.mark.parametrize(
    ("language", "isolate"),
    [
        ("ar", "\u2067"), ("ur", "\u2067"), ("ur-PK", "\u2067"), ("en", "\u2066"),
        ("other", "\u2068"), (None, "\u2068"),
    ],
)  # fmt: skip
def test_a_text_is_isolated_in_the_direction_of_its_language(
    language: str | None, isolate: str
) -> None:
    assert isolated("BBC خبر", language) == f"{isolate}BBC خبر\u2069"
    assert isolated("BBC خبر", language, terminal=False) == "BBC خبر"

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.dedup.numbers import is_number, words
from crawler.text import fold


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("1,200", "1200"),
        ("١٬٢٠٠", "1200"),
        ("۱۲۰۰", "1200"),
        ("47.60", "47.6"),
        ("3.0", "3"),
        ("٣٫٥", "5.3"),
        ("3ر5", "5.3"),
        ("5ر3", "5.3"),
        ("007", "7"),
        ("0", "0"),
        ("4:05", "4:05"),
        ("ثلاثة", "3"),
        ("أحد عشر", "11"),
        ("تسع عشرة", "19"),
        ("خمسة وثلاثين", "35"),
        ("اثنتين وثمانين", "82"),
        ("مئة", "100"),
        ("سبعمئة وأربعين", "740"),
        ("مائة وخمسة وعشرون", "125"),
        ("أربعمائة وتسعة عشر", "419"),
        ("پندرہ", "15"),
        ("ایک سو بیس", "120"),
        ("دو سو", "200"),
        ("نناوے", "نناوے"),  # not a spelling of 99
    ],
)
def test_one_number_in_one_form(printed: str, number: str) -> None:
    assert words(fold(printed)) == [fold(number)]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("ثلاثة وخمسة", ["3", "و", "5"]),
        ("و35 عونا", ["و", "35", "عونا"]),
        ("84 ألف", ["84", "الف"]),
        ("واحد منهم", ["واحد", "منهم"]),
        ("ایک شخص", ["ايك", "شخص"]),
        ("بہتر ہے", ["بهتر", "هے"]),
        ("مئة ومئة", ["100", "و", "100"]),
        ("قال، «نعم».", ["قال", "نعم"]),
        ("12.", ["12"]),
        ("", []),
    ],
)
def test_words_that_are_no_single_number(printed: str, read: list[str]) -> None:
    assert words(fold(printed)) == read


@given(st.text() | st.text("١٢3.,ر٫٬:/ خمسةوعشرين"))
def test_any_text_has_words(text: str) -> None:
    for word in words(fold(text)):
        assert word
        assert is_number(word) == (word[0] in "0123456789")

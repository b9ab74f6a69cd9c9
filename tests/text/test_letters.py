import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text import ascii_digits, clean, clean_paragraphs, fold, fold_words


@pytest.mark.parametrize(
    ("variant", "other"),
    [
        ("كتاب في علي", "کتاب فی علی"),  # Arabic and Persian/Urdu keyboards
        ("أحمد إلى آخر", "احمد الى اخر"),
        ("مدرسة", "مدرسه"),
        ("مُحَمَّدٌ", "محمد"),
        ("خـــبر", "خبر"),
        ("ﻻ ﺧﺒﺮ", "لا خبر"),  # presentation forms
        ("لَا", "لا"),
        ("١٢٣ ۴۵۶", "123 456"),
        ("می\u200cخواهم", "میخواهم"),
        ("\u202bخبر\u202c", "خبر"),
        ("اُردو پوائنٹ", "اردو پوائنٹ"),
        ("ﷲ", "الله"),
        ("\u0627\u0653 \u06d5\u0654 \u06cc\u0654", "ا ه ي"),  # decomposed: letter and mark apart
        ("ہ ھ ة ۃ ە", "ه ه ه ه ه"),
        ("ک ڪ", "ك ك"),
        ("ٲ ٵ", "ا ا"),
        ("مسؤول رئيس", "مسوول رييس"),
        ("عیسیٰ", "عيسى"),
        ("خبر\ufe0f\u08f0", "خبر"),
    ],
)
def test_variants_of_keyboards_and_outlets_fold_to_one(variant: str, other: str) -> None:
    assert fold(variant) == fold(other)


@pytest.mark.parametrize("quoted", ["«خبر»", '"خبر"', "“خبر”", "‘خبر’", "خبر\u00a0", "\u2009خبر،"])
def test_words_are_blind_to_quotation_marks_and_spaces(quoted: str) -> None:
    assert fold_words(f"هذا {quoted} اليوم") == "هذا خبر اليوم"


def test_letters_that_differ_in_meaning_stay_apart() -> None:
    letters = "بپتثجچحخدذرزسشصضطظعغفقلمنگڑٹ"
    assert len({fold(letter) for letter in letters}) == len(letters)


SCRIPT = st.text(
    st.characters(min_codepoint=0x600, max_codepoint=0x8FF)
    | st.sampled_from("\u0301\u200c\ufdf2\ufe8e aZ")
)


@given(st.text() | SCRIPT)
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold_words(fold_words(text)) == fold_words(text)


@given(st.text())
def test_cleaning_is_idempotent_and_storable(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    once.encode()  # a lone surrogate would raise, here and in MongoDB


def test_cleaning_keeps_the_joiner_that_urdu_spells_with() -> None:
    assert clean("بے\u200cحد \u202bاہم\u202c\x00\xa0خبر") == "بے\u200cحد اہم خبر"


def test_paragraphs_keep_their_inner_breaks() -> None:
    assert clean_paragraphs(" ا \n\n\n\n ب \n ج ") == "ا\n\nب\nج"


def test_digits_keep_their_places() -> None:
    assert ascii_digits("٢٠٢١-۰۸-25") == "2021-08-25"

"""The table of places."""

import pytest

from crawler.gazetteer.tables import key
from crawler.sources.places import MAX_WORDS, places


@pytest.mark.parametrize(
    ("name", "weight"),
    [
        ("القاهرة", "strong"), ("القاهره", "strong"), ("أبو ظبي", "strong"), ("ابوظہبی", "strong"),
        ("لاهور", "strong"), ("لاہور", "strong"), ("سری نگر", "strong"), ("سرینگر", "strong"),
        ("واشنگٹن", "strong"), ("واشنطن", "strong"), ("رام الله", "strong"),
        ("شمالی وزیرستان", "strong"), ("اوول", "strong"), ("عواصم", "strong"), ("مصر", "country"),
        ("بھارت", "country"), ("سعودی عرب", "country"), ("المملكة المتحدة", "country"),
        ("الكويت", "strong"), ("صور", "weak"), ("بابل", "weak"), ("المدينة", "weak"),
    ],
)  # fmt: skip
def test_a_place_is_known_in_either_spelling(name: str, weight: str) -> None:
    assert places()[key(name)] == weight


@pytest.mark.parametrize(
    "word", ["قال", "وزير", "اليوم", "أعلن", "حکومت", "ملک", "آج", "خاص", "تقرير", "گیا", "ایک"]
)
def test_an_ordinary_word_is_no_place(word: str) -> None:
    assert key(word) not in places()


def test_it_knows_thousands_of_names() -> None:
    assert len(places()) > 5000
    assert MAX_WORDS >= 4

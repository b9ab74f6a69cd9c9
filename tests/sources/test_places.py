"""The table of places."""

import pytest

from crawler.gazetteer.tables import key
from crawler.sources.places import MAX_WORDS, country_codes, place_spellings, places


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


@pytest.mark.parametrize("name", ["Moscow", "moscow", "موسكو", "ماسکو"])
def test_a_place_is_found_by_its_name_in_any_script(name: str) -> None:
    assert {"موسكو", "ماسکو"} <= place_spellings(name)
    assert not place_spellings(name) & place_spellings("لندن")


def test_a_city_is_printed_with_its_country_too() -> None:
    assert "دبي الإمارات العربية المتحدة" in place_spellings("Dubai")


def test_an_unknown_place_has_no_spellings() -> None:
    assert place_spellings("Atlantis") == place_spellings("") == frozenset()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("PK", "PK"), ("pk", "PK"), ("Pakistan", "PK"), ("باكستان", "PK"), ("پاکستان", "PK"),
        ("UK", "GB"), ("uae", "AE"), ("سعودی عرب", "SA"),
    ],
)  # fmt: skip
def test_a_country_goes_by_its_code_and_by_its_names(name: str, code: str) -> None:
    assert country_codes(name) == {code}


@pytest.mark.parametrize("name", ["XX", "Atlantis", "Moscow", "موسكو", ""])
def test_what_is_no_country_has_no_code(name: str) -> None:
    assert country_codes(name) == frozenset()

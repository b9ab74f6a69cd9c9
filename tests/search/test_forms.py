"""The forms of words, against judged lists."""

import pytest

from crawler.search import Word, forms_of, words_of
from crawler.text import fold_words
from tests.search.judged import ARABIC, EXACT_URDU, URDU, Judged

LISTS = [("ar", judged) for judged in ARABIC] + [("ur", judged) for judged in URDU]


def forms(printed: str, language: str | None) -> frozenset[str]:
    (folded,) = words_of(printed)
    return forms_of(Word(folded, printed), language)


@pytest.mark.parametrize(
    ("language", "judged"), LISTS, ids=[f"{language}-{word.word}" for language, word in LISTS]
)
def test_a_word_has_its_forms_and_no_other_word(language: str, judged: Judged) -> None:
    found = forms(judged.word, language)
    right = (judged.word, *judged.clitic, *judged.inflected)
    assert {form for form in right if fold_words(form) not in found} <= KNOWN_MISSES
    assert not {other for other in judged.others if fold_words(other) in found}


KNOWN_MISSES: set[str] = {"خاتونوں", "مسائلوں", "گاؤوں"}
"""Forms that grammars allow and news hardly prints."""


def test_the_lists_are_found_to_the_shares_aimed_at() -> None:
    for lists, language in ((ARABIC, "ar"), (URDU, "ur")):
        assert len(lists) == 30
        for kind, share in (("clitic", 0.99), ("inflected", 0.90)):
            wanted = [(each.word, form) for each in lists for form in getattr(each, kind)]
            found = [fold_words(form) in forms(word, language) for word, form in wanted]
            assert sum(found) >= share * len(found)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("جنة", "لجنة"),
        ("جنة", "اللجنة"),
        ("جنة", "للجنة"),
        ("طاقة", "بطاقة"),
        ("حدة", "وحدة"),
        ("حد", "وحدة"),
        ("كرة", "فكرة"),
        ("ريق", "فريق"),
        ("زير", "وزير"),
        ("مال", "كمال"),
        ("لد", "بلد"),
        ("سلام", "سلامة"),
        ("عمل", "العملة"),
        ("عمل", "عملات"),
        ("طلب", "الطلبة"),
        ("سعوديون", "السعودية"),
        ("مساعدات", "مساعد"),
        ("تعليمات", "تعليم"),
        ("صادرات", "الصادرة"),
        ("آليات", "إليه"),
        ("طالبات", "طلبات"),
        ("حجاج", "حاجة"),
        ("سياح", "السياحة"),
        ("سلم", "سلمان"),
        ("سوري", "سوريا"),
        ("قوي", "قوات"),
        ("تام", "تأمين"),
        ("باب", "البابا"),
        ("ملي", "مليون"),
        ("عملة", "عملها"),
        ("مصانع", "المصنعة"),
        ("أمراء", "امرأة"),
        ("علماء", "عالم"),
        ("كتاب", "كاتب"),
        ("عقود", "عقد"),
        ("قضاء", "قضاة"),
        ("بلد", "بلدة"),
        ("عمل", "عملية"),
        ("شرك", "شركة"),
        ("مركز", "مركزي"),
        ("مدرس", "مدرسة"),
        ("منطق", "منطقة"),
        ("رياض", "رياضة"),
        ("خبر", "خبراء"),
        ("بحر", "البحرين"),
        ("عمر", "عمران"),
        ("ألمانيا", "مانيا"),
        ("ألعاب", "عاب"),
        ("من", "منه"),
        ("في", "فيها"),
    ],
)
def test_an_arabic_word_is_not_another_one(word: str, other: str) -> None:
    assert fold_words(other) not in forms(word, "ar")


@pytest.mark.parametrize("word", EXACT_URDU.split())
def test_an_urdu_verb_or_particle_has_no_other_form(word: str) -> None:
    assert forms(word, "ur") == {fold_words(word)}


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("ملک", "ملیں"),
        ("کھیل", "کھیلیں"),
        ("واقعات", "واقع"),
        ("حملوں", "حمل"),
        ("طالب", "طالبان"),
        ("کرہ", "کرے"),
        ("تہہ", "تھے"),
        ("آنکھ", "انکے"),
        ("نیک", "نیا"),
        ("برف", "بری"),
        ("سالوں", "سالہ"),
        ("معلومات", "معلوم"),
    ],
)
def test_an_urdu_word_is_not_another_one(word: str, other: str) -> None:
    assert fold_words(other) not in forms(word, "ur")


@pytest.mark.parametrize(
    ("word", "language"),
    [("3.1", "ar"), ("covid", "ur"), ("و", "ar"), ("كتاب", None), ("كتاب", "fa"), ("كتاب", "en")],
)
def test_a_word_without_forms_is_itself(word: str, language: str | None) -> None:
    assert forms(word, language) == {word}


def test_a_broken_plural_means_its_singular_with_all_its_forms() -> None:
    assert {"حادث", "للحادث", "حادثين", "حوادث"} <= forms("حوادث", "ar")
    assert {"قوه", "قوات", "القوي"} <= forms("قوة", "ar")


def test_an_article_that_was_typed_is_taken_off() -> None:
    assert {"حكومه", "للحكومه", "وبالحكومه"} <= forms("الحكومة", "ar")
    assert {"حكومه", "للحكومه", "والحكومه"} <= forms("والحكومة", "ar")
    assert {"حكومه", "والحكومه"} <= forms("للحكومة", "ar")
    assert "ده" not in forms("والده", "ar")


def test_a_breathed_consonant_is_no_vowel() -> None:
    assert {"انكهوں", "انكهيں"} <= forms("آنکھ", "ur")


def test_an_urdu_adjective_agrees_with_its_noun() -> None:
    for typed in ("دوسرا", "دوسرے", "دوسری"):
        assert {"دوسرا", "دوسرے", "دوسري"} <= forms(typed, "ur")

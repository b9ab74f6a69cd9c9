"""The forms that a store's vocabulary tells: proclitics that were typed, other words, singulars."""

import pytest

from crawler.search import Word, evidence, forms_of, parse_query, with_evidence, words_of

ARABIC_WORDS = """
الباحث الباحثون باحث باحثون للباحثين وباحث مكتبة المكتبة بمكتبة والمكتبات قوة القوة بقوة شكل الشكل
رأي الرأي للرأي أهداف الأهداف
الوالد والوالد والد ووالدته الدته بنك البنك نك كتاب الكتاب تاب لبنان بلبنان بنان البنان فيل الفيل يل
كمال لكمال بكمال مال المال وسطاء الوسطاء للوسطاء سطا السطا كسبت الكسب سبت السبت قرار القرار للقرار
لقرار بمنى منى كندا لكندا ندا النداء
ملح الملح ملحه الملحة والملحة ملحها عقل العقل عقله عقلا العقلاء للعقلاء وعقلاء سيف السيف سيفين سيفان
السيفان بسيفان السيفون سيفون حلق الحلق الحلقة والحلقة حلقات
نظري النظري نظراه النظرية والنظرية مبنى مبناه حكم الحكم حكما
"""
LAM_WORDS = "لاعب اللاعب الاعب حد الحد بالحد لحد جنة الجنة لجنة اللجنة"
URDU_WORDS = """
کتاب کتابیں کتابوں کتب بچہ بچے بچوں حمل حملہ حملے حملوں عورت عورتیں عورتوں ہاتھ ہاتھوں جگہ جگہیں جگے
دوست دوستوں بازو بازوؤں باز رکن ارکان اراکین دن دنوں خیر خیرات لڑکا لڑکے لڑکوں کھیل کھیلوں
ساتھی ساتھیوں پہل پہلو راہ راہیں راہوں رائے
"""


def found(printed: str, language: str) -> set[str]:
    """Return the words of the vocabulary that a typed word finds."""
    known = frozenset(words_of(ARABIC_WORDS if language == "ar" else URDU_WORDS))
    query = parse_query(printed)
    told = with_evidence(query, known & evidence(query))
    assert isinstance(told, Word)
    return set(forms_of(told, language) & known)


def folded(printed: str) -> set[str]:
    return set(words_of(printed))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("وباحث", "باحث"),
        ("وللباحثين", "الباحثين"),
        ("بمكتبة", "مكتبة"),
        ("وبمكتبة", "مكتبة"),
        ("وبالمكتبة", "مكتبة"),
        ("فمكتبة", "مكتبة"),
        ("لمكتبة", "مكتبة"),
        ("بقوة", "قوة"),
        ("كشكل", "شكل"),
        ("لرأي", "رأي"),
        ("لأهداف", "أهداف"),
        ("لقرار", "قرار"),
    ],
)
def test_proclitics_that_were_typed_are_taken_off(typed: str, meant: str) -> None:
    assert found(meant, "ar") <= found(typed, "ar")
    assert len(found(meant, "ar")) > 1
    # What else it finds is the word as it was typed.
    assert found(typed, "ar") - found(meant, "ar") <= folded(typed)


def test_a_word_with_and_without_its_proclitic_finds_the_same() -> None:
    expected = folded("باحث الباحث باحثون الباحثون للباحثين وباحث")
    for typed in ("باحث", "وباحث", "والباحث", "للباحث", "لباحث"):
        assert found(typed, "ar") == expected, typed


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("والد", "لد"),
        ("والدته", "الدته"),
        ("بنك", "نك"),
        ("فيل", "يل"),
        ("لبنان", "بنان"),
        ("لبنان", "البنان"),
        ("كتاب", "تاب"),
        ("كمال", "مال"),
        ("كمال", "المال"),
        ("وسطاء", "سطا"),
        ("كندا", "النداء"),
        ("كسبت", "السبت"),
        ("بمنى", "لمنى"),
    ],
)
def test_a_word_keeps_its_own_first_letter(typed: str, other: str) -> None:
    assert not folded(other) & found(typed, "ar")


@pytest.mark.parametrize(
    ("typed", "meant", "other"),
    [("للاعب", "اللاعب", "الاعب"), ("للحد", "الحد", "لحد"), ("للجنة", "اللجنة", "جنة")],
)
def test_a_lam_that_is_not_written_is_the_words_own(typed: str, meant: str, other: str) -> None:
    told = with_evidence(parse_query(typed), frozenset(words_of(LAM_WORDS)))
    assert isinstance(told, Word)
    assert folded(meant) <= forms_of(told, "ar")
    assert not folded(other) & forms_of(told, "ar")


def test_a_name_before_which_a_preposition_stands_keeps_its_first_letter() -> None:
    known = frozenset(words_of("بكيرنان لكيرنان يرنان اليرنان"))
    told = with_evidence(parse_query("كيرنان"), known)
    assert isinstance(told, Word)
    assert "يرنان" not in forms_of(told, "ar")
    told = with_evidence(parse_query("كيرنان"), known - {"بكيرنان", "لكيرنان"})
    assert isinstance(told, Word)
    assert "يرنان" in forms_of(told, "ar")


@pytest.mark.parametrize(
    ("word", "others", "own"),
    [
        ("ملح", "ملحه الملحة والملحة", "ملح الملح ملحها"),
        ("عقل", "عقلا العقلاء للعقلاء وعقلاء", "عقل العقل عقله"),
        ("سيف", "بسيفان السيفون سيفون", "سيف السيف سيفين سيفان السيفان"),
        ("حلق", "الحلقة والحلقة حلقات", "حلق الحلق"),
        ("نظري", "نظراه", "نظري النظري"),
        ("مبنى", "", "مبنى مبناه"),
        ("حكم", "", "حكم الحكم"),
    ],
)
def test_endings_that_make_another_word_are_left_out(word: str, others: str, own: str) -> None:
    assert found(word, "ar") & folded(f"{others} {own}") == folded(own)


@pytest.mark.parametrize(
    ("singular", "inflected", "every"),
    [
        ("کتاب", "کتابیں کتابوں کتب", "کتاب کتابیں کتابوں کتب"),
        ("بچہ", "بچے بچوں", "بچہ بچے بچوں"),
        ("حملہ", "حملے حملوں", "حملہ حملے حملوں"),
        ("عورت", "عورتیں عورتوں", "عورت عورتیں عورتوں"),
        ("ہاتھ", "ہاتھوں", "ہاتھ ہاتھوں"),
        ("جگہ", "جگہیں", "جگہ جگہیں"),
        ("رکن", "ارکان اراکین", "رکن ارکان اراکین"),
        ("راہ", "راہیں راہوں", "راہ راہیں راہوں"),
        ("دن", "دنوں", "دن دنوں"),
        ("لڑکا", "لڑکے لڑکوں", "لڑکا لڑکے لڑکوں"),
        ("کھیل", "کھیلوں", "کھیل کھیلوں"),
        ("خیر", "", "خیر"),
        ("دوست", "دوستو", "دوست دوستوں"),
        ("ساتھی", "ساتھیو ساتھیوں", "ساتھی ساتھیوں"),
        ("عورت", "عورتو", "عورت عورتیں عورتوں"),
        ("بچہ", "بچو", "بچہ بچے بچوں"),
    ],
)
def test_an_urdu_word_in_any_number_and_case_finds_the_same(
    singular: str, inflected: str, every: str
) -> None:
    for typed in (singular, *inflected.split()):
        assert found(typed, "ur") == folded(every), typed


def test_a_noun_in_waw_is_no_vocative() -> None:
    assert found("بازو", "ur") == folded("بازو بازوؤں")
    assert found("پہلو", "ur") == folded("پہلو")


def test_a_query_keeps_all_else() -> None:
    query = parse_query('وباحث -("بنك" | in:headline قوة) outlet:jang عق*')
    told = with_evidence(query, frozenset())
    assert repr(told).replace("known=frozenset()", "known=None") == repr(query)

"""Where two printed texts part."""

from crawler.display.differences import Difference, differences

ONE = "أعلنت البلدية افتتاح الجسر الجديد صباح الاثنين بكلفة 340 ألف دينار، بعد خمسة أشهر من العمل."
OTHER = (
    "اعلنت البلدية إفتتاح الجسر الجديد مساء الاثنين بكلفة 340 ألف دينار "
    "بعد 5 أشهر من العمل المتواصل."
)


def test_letters_that_keyboards_vary_and_punctuation_are_no_difference() -> None:
    found = differences(ONE, OTHER)
    assert found.stretches == (
        Difference("صباح", "مساء"),
        Difference("خمسة", "5"),
        Difference("", "المتواصل."),
    )


def test_the_longest_run_is_given_as_the_first_prints_it() -> None:
    found = differences(ONE, OTHER)
    assert (found.longest, found.longest_words) == ("الاثنين بكلفة 340 ألف دينار، بعد", 6)


def test_numbers_are_shared_in_digits_and_in_words() -> None:
    assert differences(ONE, OTHER).shared_numbers == ("340", "5")


def test_texts_without_a_word_in_common() -> None:
    found = differences("نص", "آخر")
    assert (found.longest, found.longest_words, found.shared_numbers) == ("", 0, ())
    assert found.stretches == (Difference("نص", "آخر"),)
    assert differences("", "").stretches == ()

from hypothesis import given
from hypothesis import strategies as st

from crawler.dedup.align import (
    MAX_LETTERS,
    MIN_RUN_LETTERS,
    Run,
    common_runs,
    prepare_text,
    stretches_between,
)

LETTERS = st.text("ابجد", max_size=120)


def test_runs_reach_as_far_as_they_can_and_keep_order() -> None:
    long = "س" * 5 + "ابجدهوزحطيكلمن" + "ص" * 4 + "قرشتثخذضظغابتث"
    short = "ابجدهوزحطيكلمن" + "ف" * 3 + "قرشتثخذضظغابتث"
    assert common_runs(long, short) == [Run(5, 0, 14), Run(23, 17, 14)]


def test_of_several_places_the_next_is_taken() -> None:
    formula, first, second = "حفظهالله" * 2, "ا" + "ب" * 15, "ت" + "ث" * 15
    long = f"{formula}{first}جج{formula}{second}"
    assert [run.long for run in common_runs(long, f"{first}دد{formula}{second}")] == [16, 34]


def test_stretches_are_what_stands_between_runs_when_short() -> None:
    stretches = stretches_between(
        [Run(10, 0, 20), Run(33, 24, 20), Run(200, 44, 20)], "x" * 220, "y" * 64
    )
    assert [(stretch.long, stretch.short) for stretch in stretches] == [
        ((0, 10), (0, 0)),
        ((30, 33), (20, 24)),
        ((220, 220), (64, 64)),
    ]


@given(LETTERS, LETTERS)
def test_runs_are_common_and_cover_each_letter_once(long: str, short: str) -> None:
    end = 0
    for run in common_runs(long, short):
        assert run.length >= MIN_RUN_LETTERS
        assert run.short >= end
        assert long[run.long : run.long + run.length] == short[run.short : run.short + run.length]
        end = run.short + run.length


@given(LETTERS)
def test_a_text_covers_itself(text: str) -> None:
    assert sum(run.length for run in common_runs(text, text)) == (
        len(text) if len(text) >= MIN_RUN_LETTERS else 0
    )


def test_texts_know_where_their_numbers_stand_and_end_somewhere() -> None:
    assert prepare_text(["بلغ 340 الف", "و 14"]).numbers == ((3, "340"), (10, "14"))
    assert len(prepare_text(["كلمه " * 50_000]).letters) == MAX_LETTERS

"""The tables are complete and each word has one meaning; the calendars agree with known days."""

from datetime import date

import pytest

from crawler.dates import DateError
from crawler.dates.calendars import to_gregorian
from crawler.dates.names import GREGORIAN_MONTHS, HIJRI_MONTHS, SOLAR_MONTHS, WEEKDAYS
from crawler.dates.word_kinds import LEXICON, MONTH, WEEKDAY
from crawler.dates.words import DAY_ORDINALS, DAY_PARTS, HOUR_ORDINALS, URDU_NUMBERS
from crawler.text import fold_words


def test_every_table_is_complete() -> None:
    assert (
        len(GREGORIAN_MONTHS) == len(HIJRI_MONTHS) == len(SOLAR_MONTHS) == len(HOUR_ORDINALS) == 12
    )
    assert len(WEEKDAYS) == 7
    assert sorted(DAY_ORDINALS) == list(range(1, 32))
    assert len(URDU_NUMBERS.split()) == 60


def test_no_part_of_the_day_leaves_two_readings_of_an_hour() -> None:
    for part in DAY_PARTS:
        assert not [hour for hour in range(12) if hour in part.hours and hour + 12 in part.hours], (
            part.words
        )


def test_every_spelling_of_a_month_or_weekday_is_found_as_that_one() -> None:
    for number, columns in enumerate(GREGORIAN_MONTHS, 1):
        for spelling in "|".join(columns).split("|"):
            assert LEXICON[fold_words(spelling)] == (MONTH, number)
    for number, weekday_columns in enumerate(WEEKDAYS):
        for spelling in "|".join(weekday_columns).split("|"):
            assert LEXICON[fold_words(spelling)] == (WEEKDAY, number)


@pytest.mark.parametrize(
    ("solar", "gregorian"),
    [  # the day of Nowruz as announced by the Institute of Geophysics, University of Tehran
        ((1375, 1, 1), date(1996, 3, 20)),
        ((1392, 1, 1), date(2013, 3, 21)),
        ((1395, 1, 1), date(2016, 3, 20)),
        ((1396, 1, 1), date(2017, 3, 21)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1400, 1, 1), date(2021, 3, 21)),
        ((1403, 12, 30), date(2025, 3, 20)),
        ((1404, 1, 1), date(2025, 3, 21)),
        ((1392, 11, 10), date(2014, 1, 30)),
    ],
)
def test_solar_hijri(solar: tuple[int, int, int], gregorian: date) -> None:
    assert to_gregorian("solar", *solar) == gregorian


@pytest.mark.parametrize(
    ("hijri", "gregorian"),
    [
        ((1427, 6, 19), date(2006, 7, 15)),
        ((1441, 11, 9), date(2020, 6, 30)),
        ((1443, 1, 1), date(2021, 8, 9)),
        ((1446, 1, 16), date(2024, 7, 22)),
    ],
)
def test_umm_al_qura(hijri: tuple[int, int, int], gregorian: date) -> None:
    assert to_gregorian("hijri", *hijri) == gregorian


@pytest.mark.parametrize(
    ("calendar", "day"),
    [
        ("gregorian", (2021, 2, 29)),
        ("gregorian", (1443, 1, 1)),
        ("hijri", (1443, 2, 30)),
        ("hijri", (1342, 1, 1)),
        ("solar", (1400, 12, 30)),
        ("solar", (1400, 7, 31)),
        ("solar", (1299, 1, 1)),
        ("gregorian", (2021, 13, 1)),
    ],
)
def test_a_day_that_is_none(calendar: str, day: tuple[int, int, int]) -> None:
    with pytest.raises(DateError):
        to_gregorian(calendar, *day)  # type: ignore[arg-type]

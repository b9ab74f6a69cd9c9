"""All listed words in one table: folded word -> kind and value.

A kind is one character, so that the grammar can be patterns over kinds (`crawler.dates.grammar`).
"""

from collections.abc import Iterable
from typing import Any

from crawler.dates import names, words, zones
from crawler.text import fold_words

UNKNOWN = "x"
MONTH, HIJRI_MONTH, SOLAR_MONTH = "M", "I", "J"  # value: 1..12
WEEKDAY, WEEK_OR_SATURDAY = "w", "W"  # 0 Monday .. 6
DAY_PART = "a"  # the 24-hour hours it can stand with
LETTER_M = "P"  # م: p.m., or the Gregorian mark
GREGORIAN_MARK, HIJRI_MARK, SOLAR_MARK = "G", "H", "S"
ZONE, PLACE = "z", "C"  # tuple of the zones it can mean; a place only counts beside a zone label
ZONE_LABEL, WEAK_ZONE_LABEL, LOCAL = "L", "l", "O"
CLOCK_LABEL, OCLOCK, PAST_THE_HOUR = "c", "b", "B"
HOUR_WORD = "h"  # 1..12
FRACTION, MINUS = "f", "m"  # (minutes alone, minutes added)
DAY_WORD, NUMBER_WORD, ORDINAL_ENDING = "d", "q", "e"  # the number
DAY_UNIT, MONTH_UNIT, YEAR_UNIT, UNIT, DUAL = "D", "n", "y", "u", "U"  # the unit's name
DAYS_AGO, NOW = "t", "N"  # days before today
AGO, LAST, THIS, COMING = "p", "v", "V", "F"
UNTIL, BEYOND, AND, ISO_T = "R", "Y", "&", "T"
EDITED, PUBLISHED, ISSUE, VAGUE, ABOUT, FILLER = "E", "A", "X", "Q", "Z", "k"

DAYTIME_WORD = "دن"

_UNIT_KINDS = {"day": DAY_UNIT, "month": MONTH_UNIT, "year": YEAR_UNIT}
_MARK_KINDS = {"gregorian": GREGORIAN_MARK, "hijri": HIJRI_MARK, "solar": SOLAR_MARK}
_PLAIN_KINDS = {
    "ago": AGO,
    "last": LAST,
    "this": THIS,
    "coming": COMING,
    "clock": CLOCK_LABEL,
    "oclock": OCLOCK,
    "past the hour": PAST_THE_HOUR,
    "ordinal ending": ORDINAL_ENDING,
    "until": UNTIL,
    "beyond": BEYOND,
    "and": AND,
    "vague": VAGUE,
    "about": ABOUT,
    "edited": EDITED,
    "published": PUBLISHED,
    "issue": ISSUE,
    "filler": FILLER,
}


def _entries() -> Iterable[tuple[str, str, Any]]:
    """Yield (spellings, kind, value) for each row of each table."""
    for number, sets in enumerate(names.GREGORIAN_MONTHS, 1):
        yield "|".join(sets), MONTH, number
    for number, spellings in enumerate(names.HIJRI_MONTHS, 1):
        yield "|".join(spellings), HIJRI_MONTH, number
    for number, name in enumerate(names.SOLAR_MONTHS, 1):
        yield name, SOLAR_MONTH, number
    for number, columns in enumerate(names.WEEKDAYS):
        yield "|".join(columns), WEEKDAY, number
    for part in words.DAY_PARTS:
        yield part.words, DAY_PART, part.hours
    for calendar, marks in words.CALENDAR_MARKS.items():
        yield marks, _MARK_KINDS[calendar], None
    for unit, spellings_of_unit in words.UNITS.items():
        yield spellings_of_unit, _UNIT_KINDS.get(unit, UNIT), unit
    for unit, dual in words.DUALS.items():
        yield dual, DUAL, unit
    for fraction, minutes in words.FRACTIONS.items():
        yield fraction, FRACTION, minutes
    for numbers in (
        words.ARABIC_NUMBERS.items(),
        enumerate(words.URDU_NUMBERS.split(), 1),
        enumerate(words.ENGLISH_NUMBERS.split(), 1),
    ):
        for number, word in numbers:
            yield word, NUMBER_WORD, number
    for number, word in words.DAY_ORDINALS.items():
        yield word, DAY_WORD, number
    for number, word in enumerate(words.HOUR_ORDINALS, 1):
        yield word, HOUR_WORD, number
    for days, word in words.DAYS_AGO.items():
        yield word, DAYS_AGO, days
    for zone_names, meanings in zones.ZONE_NAMES.items():
        yield zone_names, ZONE, meanings
    for places, place_zones in zones.PLACE_ZONES.items():
        yield places, PLACE, tuple(place_zones.split("|"))
    for name, spellings_of_role in words.ROLES.items():
        yield spellings_of_role, _PLAIN_KINDS[name], None
    yield words.AFTERNOON_LETTER, LETTER_M, None
    yield words.WEEK_OR_SATURDAY, WEEK_OR_SATURDAY, 5
    yield words.MINUS, MINUS, None
    yield words.NOW, NOW, None
    yield zones.ZONE_LABELS, ZONE_LABEL, None
    yield zones.WEAK_ZONE_LABELS, WEAK_ZONE_LABEL, None
    yield zones.LOCAL_WORDS, LOCAL, None
    yield words.NOT_A_MARK, UNKNOWN, None
    yield "t", ISO_T, None


_MIN_GLUED_LETTERS = 6
"""Letters from which a phrase is also listed without its spaces (أبوظبي); ت م would be the word
تم."""


def _build() -> tuple[dict[str, tuple[str, Any]], dict[str, int]]:
    lexicon: dict[str, tuple[str, Any]] = {}
    phrase_length: dict[str, int] = {}
    for spellings, kind, value in _entries():
        for spelling in spellings.split("|"):
            word = fold_words(spelling)
            _add(lexicon, word, (kind, value))
            if " " in word:
                first, *rest = word.split(" ")
                phrase_length[first] = max(1 + len(rest), phrase_length.get(first, 0))
                glued = word.replace(" ", "")
                if len(glued) >= _MIN_GLUED_LETTERS:
                    _add(lexicon, glued, (kind, value))
    return lexicon, phrase_length


def _add(lexicon: dict[str, tuple[str, Any]], word: str, entry: tuple[str, Any]) -> None:
    present = lexicon.setdefault(word, entry)
    if present != entry:
        raise AssertionError(f"{word!r} stands in two tables: {present} and {entry}")


LEXICON, PHRASE_LENGTH = _build()
"""Folded word or phrase -> (kind, value); first word of a phrase -> words of its longest one."""

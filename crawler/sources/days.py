"""The date in a dateline: where it ends, and the day that it names.

The names of months and weekdays, and their meaning, are those of `crawler.dates`.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Literal

from crawler.dates import DateError, names, parse_day
from crawler.dates.words import DAY_ORDINALS
from crawler.gazetteer.tables import key
from crawler.text import ascii_digits
from crawler.text.letters import DROPPED, FOLD_TO

# Folding that changes no length, so that a match in the folded text is the same span of the printed
# one. Every sign that folding would drop becomes a tatweel, which keeps the pattern small (it was
# 0.6 s of every start).
_TATWEEL = "\u0640"
_LETTERS = {variant: letter for letter, variants in FOLD_TO.items() for variant in variants}
_DIGITS = {digit: ascii_digits(digit) for digit in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"}
_FLAT = str.maketrans(_LETTERS | _DIGITS)
_DROPPED = re.compile(f"[{DROPPED}]")
_DROPPED_BUT_HAMZA = re.compile(f"(?!ء)[{DROPPED}]")  # a hamza can be a year's mark
_MARK = f"[{_TATWEEL}ء]*"


def _flat(text: str) -> str:
    return _DROPPED_BUT_HAMZA.sub(_TATWEEL, text).translate(_FLAT)


def _any_of(spellings: Iterable[str]) -> str:
    """Return a pattern for any of the names, longest first.

    `spellings`: names, or several with "|" between. The pattern allows for marks and white space
    wherever a newsroom puts them.
    """
    names = {_DROPPED.sub("", _flat(name)) for cell in spellings for name in cell.split("|")}
    ordered = sorted(names, key=len, reverse=True)
    return "(?:" + "|".join(map(_spaced_out, ordered)) + ")"


def _spaced_out(name: str) -> str:
    letters = (r"\s+" if letter == " " else re.escape(letter) for letter in name)
    return _MARK.join(letters)


_MONTH = _any_of(name for months in names.GREGORIAN_MONTHS for name in months)
_HIJRI = _any_of(name for months in names.HIJRI_MONTHS for name in months)
_WEEKDAY = _any_of(name for days in names.WEEKDAYS for name in days)
_S = r"[\s\u0640ء]*"
_PART = rf"{_S}[-/؍.,،۔–ـ]?{_S}"  # what may stand between day, month and year
_YEAR = r"(?:1[3-4]\d\d|1[89]\d\d|20\d\d)(?!\d)"
_HIJRI_MARK = rf"ه(?:[^\S\n]*{_TATWEEL})*"  # a line's end behind it is no part of the date
_ERA = rf"(?:{_S}(?:م|ء|{_HIJRI_MARK}|ھ|AD)(?![^\W_]))"
_MONTHS = rf"{_MONTH}(?:{_S}[/(\s]{_S}{_MONTH}{_S}\)?)?(?![^\W\d_])"
_TWIN = rf"(?:{_S}[-–/،]?{_S}{_any_of(['الموافق', 'لموافق', 'موافق'])}(?:{_S}ل)?{_S})"

_DAY = rf"(?:\d{{1,2}}|{_any_of([DAY_ORDINALS[1]])}(?=\s))"
_GREGORIAN = rf"""
    (?: {_DAY}{_PART}{_MONTHS}(?:{_PART}{_YEAR})?{_ERA}?
      | {_MONTHS}{_S}\d{{1,2}}(?!\d)(?:{_PART}{_YEAR})?{_ERA}?
      | \d{{1,2}}{_S}[-/.]{_S}\d{{1,2}}{_S}[-/.]{_S}{_YEAR}{_ERA}?
      | {_YEAR}{_S}[-/.]{_S}\d{{1,2}}{_S}[-/.]{_S}\d{{1,2}}(?!\d)
    )"""
_HALF = rf"(?:{_S}(?:صباحا|مساء?ا?|ص|م|am|pm|AM|PM)(?![^\W_]){_MARK})"
_CLOCK = rf"(?:{_S}[-،,]?{_S}(?:الساعه{_S})?\d{{1,2}}:\d\d(?::\d\d)?{_HALF}?)"

_DATE = rf"""
    (?:(?:في|بتاريخ|يوم|مورخه){_S})*
    (?:{_WEEKDAY}{_S}[،,]?{_S})?
    (?:
        {_DAY}{_S}{_HIJRI}(?:{_S}{_YEAR})?{_ERA}?(?:{_TWIN}(?P<twin>{_GREGORIAN}))?
      | (?P<day>{_GREGORIAN})
      | \d{{1,2}}{_S}[-/]{_S}\d{{1,2}}(?={_S}[-/]?{_S}\()
    )
    {_CLOCK}?
    """


@cache
def _date() -> re.Pattern[str]:
    """Return the pattern of a date, which takes longer to compile than most commands to begin."""
    return re.compile(_DATE, re.VERBOSE)


_NAMES = (name for row in (*names.WEEKDAYS, *names.GREGORIAN_MONTHS) for name in row)
OPENERS = frozenset(
    key(name.split()[0])
    for cell in (*_NAMES, DAY_ORDINALS[1], "في|بتاريخ|يوم|مورخه")
    for name in cell.split("|")
)
"""The folded words, beside numbers, that a date can begin with."""

MAX_LENGTH = 90
"""Characters read for a date; a weekday, a Hijri date, its Gregorian twin and a clock have 70."""


class Days:
    """The dates in one text's opening.

    `order`: how the outlet orders a date in numbers (see `Outlet.date_order`).
    """

    def __init__(self, text: str, order: Literal["DMY", "MDY", "YMD"] | None) -> None:
        self._text = text
        self._order = order
        self._matches: dict[int, re.Match[str] | None] = {}

    def end(self, start: int) -> int | None:
        """Return the offset behind the date that begins at the offset `start`, None without one."""
        match = self._match(start)
        return start + match.end() if match else None

    def day(self, start: int) -> date | None:
        """Return the day that the date at the offset `start` names.

        A Hijri date's Gregorian twin is trusted. Returns None for a date without a year and for a
        day that does not exist.
        """
        match = self._match(start)
        if match is None:
            return None
        group = next((name for name in ("twin", "day") if match[name]), 0)
        if not re.search(_YEAR, match[group]):
            return None
        printed = self._text[start + match.start(group) : start + match.end(group)]
        try:
            return parse_day(printed, order=self._order)
        except DateError:
            return None

    def _match(self, start: int) -> re.Match[str] | None:
        if start not in self._matches:
            head = self._text[start : start + MAX_LENGTH]
            self._matches[start] = _date().match(_flat(head))
        return self._matches[start]

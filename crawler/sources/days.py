"""The date in a dateline: where it ends, and the day it says. What its words mean is
`crawler.dates`' business."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

from crawler.dates import DateError, names, parse_day
from crawler.dates.words import DAY_ORDINALS
from crawler.sources.tables import key
from crawler.text import ascii_digits
from crawler.text.letters import DROPPED, FOLD_TO

# The folding that changes no length, so that a match in the folded text is the same span of the
# printed one; all that folding would drop is one sign here, which keeps the pattern small (it was
# 0.6 s of every start).
_FLAT = str.maketrans(
    {variant: letter for letter, variants in FOLD_TO.items() for variant in variants}
    | {digit: ascii_digits(digit) for digit in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"}
)
_DROPPED = re.compile(f"[{DROPPED}]")
_LOOSE = re.compile(f"(?!ء)[{DROPPED}]")  # the hamza can be a year's mark
_MARK = "[\u0640ء]*"  # tatweel stands for the others


def _flat(text: str) -> str:
    return _LOOSE.sub("\u0640", text).translate(_FLAT)


def _any_of(spellings: Iterable[str]) -> str:
    """A pattern for any of the names, longest first, with marks and spaces wherever a newsroom puts
    them."""
    flat = {_DROPPED.sub("", _flat(name)) for cell in spellings for name in cell.split("|")}
    ordered = sorted(flat, key=len, reverse=True)
    return (
        "(?:"
        + "|".join(
            _MARK.join(r"\s+" if c == " " else re.escape(c) for c in name) for name in ordered
        )
        + ")"
    )


_MONTH = _any_of(name for months in names.GREGORIAN_MONTHS for name in months)
_HIJRI = _any_of(name for months in names.HIJRI_MONTHS for name in months)
_WEEKDAY = _any_of(name for days in names.WEEKDAYS for name in days)
_S = r"[\s\u0640ء]*"
_PART = rf"{_S}[-/؍.,،۔–ـ]?{_S}"  # what may stand between day, month and year
_YEAR = r"(?:1[3-4]\d\d|1[89]\d\d|20\d\d)(?!\d)"
_ERA = rf"(?:{_S}(?:م|ء|ه{_S}ـ*|ھ|AD)(?![^\W_]))"
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

_DATE = re.compile(
    rf"""
    (?:(?:في|بتاريخ|يوم|مورخه){_S})*
    (?:{_WEEKDAY}{_S}[،,]?{_S})?
    (?:
        {_DAY}{_S}{_HIJRI}(?:{_S}{_YEAR})?{_ERA}?(?:{_TWIN}(?P<twin>{_GREGORIAN}))?
      | (?P<day>{_GREGORIAN})
      | \d{{1,2}}{_S}[-/]{_S}\d{{1,2}}(?={_S}[-/]?{_S}\()
    )
    {_CLOCK}?
    """,
    re.VERBOSE,
)
_WORDS = (name for row in (*names.WEEKDAYS, *names.GREGORIAN_MONTHS) for name in row)
OPENERS = frozenset(
    key(name.split()[0])
    for cell in (*_WORDS, DAY_ORDINALS[1], "في|بتاريخ|يوم|مورخه")
    for name in cell.split("|")
)
"""The folded words, beside numbers, that a date can begin with."""


LONGEST = 90  # characters; a weekday, a Hijri date, its Gregorian twin and a clock have 70


class Days:
    """The dates of one opening. `order` is the outlet's for all-number dates."""

    def __init__(self, text: str, order: Literal["DMY", "MDY", "YMD"] | None) -> None:
        self._text = text
        self._order = order
        self._found: dict[int, re.Match[str] | None] = {}

    def end(self, start: int) -> int | None:
        """Where the date that begins at the offset `start` ends, or None when none begins there."""
        found = self._match(start)
        return start + found.end() if found else None

    def day(self, start: int) -> date | None:
        """The day that the date at `start` says; None without a year, or for a day that does not
        exist."""
        found = self._match(start)
        group = found and ("twin" if found["twin"] else "day" if found["day"] else 0)
        if not found or group is None or not re.search(_YEAR, found[group]):
            return None
        try:
            return parse_day(
                self._text[start + found.start(group) : start + found.end(group)], order=self._order
            )
        except DateError:
            return None

    def _match(self, start: int) -> re.Match[str] | None:
        if start not in self._found:
            self._found[start] = _DATE.match(_flat(self._text[start : start + LONGEST]))
        return self._found[start]

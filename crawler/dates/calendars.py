"""Convert days of three calendars to Gregorian days. A day that does not exist raises DateError.

Hijri is Umm al-Qura, the civil calendar of Saudi Arabia, by the tables of the `hijridate` package
(1343-1500 AH). Solar Hijri (Iran) is reckoned with the 33-year leap rule, equal to the observed
calendar for 1178-1633 AP (K. Borkowski, "The Persian calendar for 3000 years", 1996); supported are
1300-1500.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from hijridate import Hijri

from crawler.dates.parsed_date import Calendar, DateError

GREGORIAN_YEARS = range(1583, 2200)
"""Years read as Gregorian: from the first whole one to well past any schedule. 2968 (Amazigh) is
outside."""
HIJRI_YEARS = range(1343, 1501)
SOLAR_YEARS = range(1300, 1501)

# A first of Farvardin, counted back to year 0 of the rule: 1 Farvardin 1392 is 21 March 2013.
_SOLAR_EPOCH = date(2013, 3, 21).toordinal() - (365 * 1391 + (8 * 1392 + 21) // 33)
_DAYS_BEFORE_ESFAND = 6 * 31 + 5 * 30


def to_gregorian(calendar: Calendar, year: int, month: int, day: int) -> date:
    """Return the Gregorian date of a day of `calendar`. Raises DateError when it does not exist."""
    if day < 1 or not 1 <= month <= 12:
        raise DateError(f"no day {day} of month {month}")
    return _CONVERT[calendar](year, month, day)


def _from_gregorian(year: int, month: int, day: int) -> date:
    if year not in GREGORIAN_YEARS:
        raise DateError(f"no Gregorian year of a printed date: {year}")
    try:
        return date(year, month, day)
    except ValueError:
        raise DateError(f"no such day: {year}-{month:02}-{day:02}") from None


@lru_cache(maxsize=512)
def _from_hijri(year: int, month: int, day: int) -> date:
    if year not in HIJRI_YEARS:
        raise DateError(f"Umm al-Qura is known for 1343 to 1500, not for {year}")
    try:
        gregorian = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        raise DateError(f"no such Hijri day: {year}-{month:02}-{day:02}") from None
    return date(gregorian.year, gregorian.month, gregorian.day)


def _from_solar(year: int, month: int, day: int) -> date:
    if year not in SOLAR_YEARS:
        raise DateError(f"no Solar Hijri year of a printed date: {year}")
    if day > _solar_month_length(year, month):
        raise DateError(f"no such Solar Hijri day: {year}-{month:02}-{day:02}")
    days_before_month = 31 * (month - 1) - max(0, month - 7)
    return date.fromordinal(_solar_new_year(year) + days_before_month + day - 1)


def _solar_new_year(year: int) -> int:
    return _SOLAR_EPOCH + 365 * (year - 1) + (8 * year + 21) // 33


def _solar_month_length(year: int, month: int) -> int:
    if month <= 6:
        return 31
    if month <= 11:
        return 30
    return _solar_new_year(year + 1) - _solar_new_year(year) - _DAYS_BEFORE_ESFAND


_CONVERT: dict[Calendar, Callable[[int, int, int], date]] = {
    "gregorian": _from_gregorian,
    "hijri": _from_hijri,
    "solar": _from_solar,
}


def approximate_year(calendar: Calendar, day: date) -> int:
    """Return the year of `calendar` that holds the Gregorian `day`, or a year next to it."""
    if calendar == "hijri":
        return round((day.year - 622) * 33 / 32)
    if calendar == "solar":
        return day.year - 621
    return day.year

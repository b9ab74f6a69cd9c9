"""Read days, months and years from the tokens that a pattern of the grammar matched.

All-number dates: year first is year-month-day; year last follows the outlet's order, day first by
default, and an order that is impossible while the other is possible gives way (11/15/2022).
Two-digit years and six digits are read only when the outlet's order is declared. Eight digits are
YYYYMMDD or DDMMYYYY, never both.
"""

from datetime import date

from crawler.dates.calendars import GREGORIAN_YEARS, to_gregorian
from crawler.dates.date_elements import Clock, Day, make_day
from crawler.dates.names import SAFAR
from crawler.dates.parsed_date import Calendar, DateError, Order
from crawler.dates.read_clock import compact_clock
from crawler.dates.tokeniser import Span, Tokens
from crawler.dates.word_kinds import (
    DAY_WORD,
    GREGORIAN_MARK,
    HIJRI_MARK,
    HIJRI_MONTH,
    LETTER_M,
    MONTH,
    MONTH_UNIT,
    NUMBER_WORD,
    SOLAR_MARK,
    SOLAR_MONTH,
)

_CALENDAR_OF_NAME: dict[str, Calendar] = {
    MONTH: "gregorian",
    HIJRI_MONTH: "hijri",
    SOLAR_MONTH: "solar",
}
_NAMES = MONTH + HIJRI_MONTH + SOLAR_MONTH
_YEARS = "457"
_NUMBERS = "26" + _YEARS
_DAYS = "2" + DAY_WORD + NUMBER_WORD

_SURELY_HIJRI = range(1420, 1501)
"""Years that, printed today without a mark, are Hijri: as Solar Hijri they lie ahead
(2041-2122)."""
_RFC_2822_PIVOT = 50
"""RFC 2822, section 4.3: two-digit years below are 20xx, the others 19xx."""
_COMPACT_YEARS = range(1900, 2100)
_DIGITS_OF_DATE_AND_CLOCK = (12, 14)
_DIGITS_OF_DATE_AND_ID = 18


def numeric_year_last(tokens: Tokens, span: Span, order: Order | None) -> Day:
    """25/8/2021, 25-08-2021, 17/1/1443 هـ."""
    first, second, year = _numbers(tokens, span)
    return _numeric(tokens, span, year, first, second, month_first=order == "MDY")


def numeric_year_first(tokens: Tokens, span: Span, order: Order | None) -> Day:
    """2021-08-25, 1443/1/17 هـ."""
    year, month, day = _numbers(tokens, span)
    return _numeric(tokens, span, year, month, day, month_first=True, may_swap=False)


def numeric_short_year(tokens: Tokens, span: Span, order: Order | None) -> Day | None:
    """25/8/21, of an outlet whose order is declared."""
    if order is None:
        return None
    first, second, third = _numbers(tokens, span)
    if order == "YMD":
        year = _century(first)
        return _numeric(tokens, span, year, second, third, month_first=True, may_swap=False)
    return _numeric(tokens, span, _century(third), first, second, month_first=order == "MDY")


def numeric_month(tokens: Tokens, span: Span, order: Order | None) -> Day:
    """08/2021, 2021-08."""
    month, year = _numbers(tokens, span)
    if month > 12:
        month, year = year, month
    return make_day(span, _calendar_of_year(tokens, span, year), year, month, None)


def section_between(tokens: Tokens, span: Span, order: Order | None) -> Day:
    """2013/middle_east/8/3: an address with its section inside the date."""
    year, month, day = _numbers(tokens, span)
    return make_day(span, "gregorian", year, month, day)


def month_and_day_glued(tokens: Tokens, span: Span, order: Order | None) -> Day | None:
    """2021/0916 in an address."""
    year, month_and_day = _numbers(tokens, span)
    return _if_possible(span, year, *divmod(month_and_day, 100))


def six_digits(tokens: Tokens, span: Span, order: Order | None) -> Day | None:
    """240714: only for an outlet whose dates begin with the year."""
    if order != "YMD":
        return None
    year_and_month, day = divmod(tokens.values[span[0]], 100)
    year, month = divmod(year_and_month, 100)
    return _if_possible(span, _century(year), month, day)


def eight_digits(tokens: Tokens, span: Span, order: Order | None) -> Day | None:
    """20210824 or 24082021; perhaps after its year (2021/20210824)."""
    return _compact(span, tokens.texts[span[1] - 1])


def long_digits(tokens: Tokens, span: Span, order: Order | None) -> Day | tuple[Day, Clock] | None:
    """202003171044893040, a date and the ten digits of an id in an address; 202108250930, a date
    and a clock."""
    digits = tokens.texts[span[0]]
    if len(digits) == _DIGITS_OF_DATE_AND_ID:
        return _compact(span, digits[:8])
    if len(digits) not in _DIGITS_OF_DATE_AND_CLOCK:
        return None
    day = _compact(span, digits[:8])
    if day is None:
        return None
    clock = compact_clock(tokens, span, order)
    return None if clock.error else (day, clock)


def digits_with_clock(tokens: Tokens, span: Span, order: Order | None) -> tuple[Day, Clock] | None:
    """20210825T093015+0300."""
    day = _compact(span, tokens.texts[span[0]])
    return None if day is None else (day, compact_clock(tokens, span, order))


def day_and_name(tokens: Tokens, span: Span, order: Order | None) -> Day:
    """25 أغسطس 2021, 22 - 23 فروری, یکم جنوری, 17 محرم 1443 هـ: also without its year."""
    name_at = tokens.first(_NAMES, span)
    days = _day_numbers(tokens, (span[0], name_at))
    return _named(tokens, span, name_at, days, _year(tokens, span))


def name_and_day(tokens: Tokens, span: Span, order: Order | None) -> Day:
    """ستمبر 2, 2018; August 22-23, 2021; مارچ 24; 2021-Aug-25."""
    name_at = tokens.first(_NAMES, span)
    days = _day_numbers(tokens, (name_at, span[1]))
    return _named(tokens, span, name_at, days, _year(tokens, span))


def day_name_short_year(tokens: Tokens, span: Span, order: Order | None) -> Day:
    """25-Aug-21; 25 Aug 21 before a clock (RFC 822)."""
    day, year = _numbers(tokens, span)
    return _named(tokens, span, tokens.first(_NAMES, span), [day], _century(year))


def month_of_year(tokens: Tokens, span: Span, order: Order | None) -> Day:
    """فبراير 2021, 2021 فبراير."""
    return _named(tokens, span, tokens.first(_NAMES, span), [], _year(tokens, span))


def year_alone(tokens: Tokens, span: Span, order: Order | None) -> Day:
    """عام 2021, 2021م, 1443 هـ."""
    (year,) = _numbers(tokens, span)
    return make_day(span, _calendar_of_year(tokens, span, year), year, None, None)


def join_number_words(ones: int, tens: int) -> int:
    """Return two Arabic number words as one number.

    Raises DateError for "two three" (دو تین), which is no number.
    """
    if ones < 10 and tens in range(10, 100, 10):
        return ones + tens
    raise DateError("two numbers where one belongs")


def _numbers(tokens: Tokens, span: Span) -> list[int]:
    return [tokens.values[at] for at in tokens.positions(_NUMBERS, span)]


def _day_numbers(tokens: Tokens, span: Span) -> list[int]:
    """Return the days before or after a name: figures, ordinals and number words.

    Number words that follow each other are one number ("خمسة وعشرين").
    """
    numbers: list[int] = []
    previous = ""
    for at in range(*span):
        kind = tokens.kinds[at]
        if kind == " ":
            continue
        if kind == previous == NUMBER_WORD:
            numbers[-1] = join_number_words(numbers[-1], tokens.values[at])
        elif kind in _DAYS:
            numbers.append(tokens.values[at])
        previous = kind
    return numbers


def _year(tokens: Tokens, span: Span) -> int | None:
    """Return the first year of four digits in `span`; None where no such year is printed."""
    at = tokens.first(_YEARS, span)
    return tokens.values[at] if at < span[1] else None


def _named(tokens: Tokens, span: Span, name_at: int, days: list[int], year: int | None) -> Day:
    """Return the first of `days` in the month whose name stands at `name_at`."""
    kind, month = tokens.kinds[name_at], tokens.values[name_at]
    for at in tokens.positions(_NAMES, (name_at + 1, span[1])):
        if (tokens.kinds[at], tokens.values[at]) != (kind, month):
            raise DateError("two names of different months")
    if len(days) == 2 and days[0] >= days[1]:
        raise DateError(f"two days of one month, and no range: {days[0]}, {days[1]}")
    calendar = _CALENDAR_OF_NAME[kind]
    marked = _marked_calendar(tokens, span)
    if marked not in (None, calendar):
        raise DateError(f"the month is {calendar}, the year's mark {marked}")
    made = make_day(span, calendar, year, month, days[0] if days else None)
    if len(days) == 2:
        make_day(span, calendar, year, month, days[1])
        made.is_range = True
    made.needs_year = calendar == "solar" or _may_be_zero(tokens, span, name_at)
    return made


def _may_be_zero(tokens: Tokens, span: Span, name_at: int) -> bool:
    """Return True for a bare صفر, without the word "month" beside it."""
    return (
        tokens.kinds[name_at] == HIJRI_MONTH
        and tokens.values[name_at] == SAFAR
        and tokens.texts[name_at] == "صفر"
        and MONTH_UNIT not in tokens.kinds[slice(*span)]
    )


def _numeric(
    tokens: Tokens,
    span: Span,
    year: int,
    first: int,
    second: int,
    *,
    month_first: bool,
    may_swap: bool = True,
) -> Day:
    month, day = (first, second) if month_first else (second, first)
    if may_swap and month > 12 >= day:
        month, day = day, month
    if not 1 <= month <= 12:
        raise DateError(f"no month {month}")
    calendar = _calendar_of_year(tokens, span, year)
    made = make_day(span, calendar, year, month, day)
    if may_swap and calendar is not None and 1 <= day <= 12 and day != month:
        made.swapped = to_gregorian(calendar, year, day, month)
    return made


def _marked_calendar(tokens: Tokens, span: Span) -> Calendar | None:
    kinds = tokens.kinds[slice(*span)]
    if SOLAR_MARK in kinds:
        return "solar"
    if HIJRI_MARK in kinds:
        return "hijri"
    if GREGORIAN_MARK in kinds or LETTER_M in kinds:
        return "gregorian"
    return None


def _calendar_of_year(tokens: Tokens, span: Span, year: int) -> Calendar | None:
    """Return the calendar that the mark and the size of the year say, None if both leave it open.

    Raises DateError when the two disagree.
    """
    marked = _marked_calendar(tokens, span)
    if marked is None:
        if year in GREGORIAN_YEARS:
            return "gregorian"
        return "hijri" if year in _SURELY_HIJRI else None
    if (year in GREGORIAN_YEARS) != (marked == "gregorian"):
        raise DateError(f"{year} is no {marked} year of a printed date")
    return marked


def _century(year: int) -> int:
    return year + (2000 if year < _RFC_2822_PIVOT else 1900)


def _compact(span: Span, digits: str) -> Day | None:
    """Return the day of eight digits, year first or year last; None when they are no day."""
    year = int(digits[:4])
    if year in _COMPACT_YEARS:
        day = _if_possible(span, year, int(digits[4:6]), int(digits[6:]))
        if day is not None:
            return day
    year = int(digits[4:])
    if year in _COMPACT_YEARS:
        return _if_possible(span, year, int(digits[2:4]), int(digits[:2]))
    return None


def _if_possible(span: Span, year: int, month: int, day: int) -> Day | None:
    try:
        return Day(span, "gregorian", year, month, day, date(year, month, day))
    except ValueError:
        return None

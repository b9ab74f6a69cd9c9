"""Days, months and years from the tokens that a pattern of the grammar found.

All-number dates: year first is year-month-day; year last follows the outlet's order, day first by
default, and an order that is impossible while the other is possible gives way (11/15/2022).
Two-digit years and six digits are read only when the outlet's order is declared. Eight digits are
YYYYMMDD or DDMMYYYY, never both.
"""

from datetime import date

from crawler.dates.calendars import GREGORIAN_YEARS, to_gregorian
from crawler.dates.elements import Clock, Day, Span, make_day
from crawler.dates.lexicon import GREGORIAN_MARK, HIJRI_MARK, SOLAR_MARK
from crawler.dates.model import Calendar, DateError, Order
from crawler.dates.names import SAFAR
from crawler.dates.read_clock import compact_clock
from crawler.dates.tokens import Tokens

_OF_KIND: dict[str, Calendar] = {"M": "gregorian", "I": "hijri", "J": "solar"}
_YEARS = "457"
_DAYS = "2dq"

_SURELY_HIJRI = range(1420, 1501)
"""Years that, printed today without a mark, are Hijri: as Solar Hijri they lie ahead
(2041-2122)."""
_RFC_2822_PIVOT = 50
"""RFC 2822, section 4.3: two-digit years below are 20xx, the others 19xx."""
_COMPACT_YEARS = range(1900, 2100)


def numeric_year_last(tokens: Tokens, span: Span, order: Order | None) -> Day:
    """25/8/2021, 25-08-2021, 17/1/1443 هـ."""
    first, second, year = _numbers(tokens, span)
    return _numeric(tokens, span, year, first, second, month_first=order == "MDY")


def numeric_year_first(tokens: Tokens, span: Span, order: Order | None) -> Day:
    """2021-08-25, 1443/1/17 هـ."""
    year, first, second = _numbers(tokens, span)
    return _numeric(tokens, span, year, first, second, month_first=True, may_swap=False)


def numeric_short_year(tokens: Tokens, span: Span, order: Order | None) -> Day | None:
    """25/8/21, of an outlet whose order is declared."""
    if order is None:
        return None
    numbers = _numbers(tokens, span)
    year, first, second = numbers if order == "YMD" else (numbers[2], numbers[0], numbers[1])
    return _numeric(
        tokens,
        span,
        _century(year),
        first,
        second,
        month_first=order != "DMY",
        may_swap=order != "YMD",
    )


def numeric_month(tokens: Tokens, span: Span, order: Order | None) -> Day:
    """08/2021, 2021-08."""
    first, second = _numbers(tokens, span)
    year, month = (first, second) if first > 12 else (second, first)
    return make_day(span, _calendar_of_year(tokens, span, year), year, month, None)


def section_between(tokens: Tokens, span: Span, order: Order | None) -> Day:
    """2013/middle_east/8/3: an address with its section inside the date."""
    year, month, day = _numbers(tokens, span)
    return make_day(span, "gregorian", year, month, day)


def month_and_day_glued(tokens: Tokens, span: Span, order: Order | None) -> Day | None:
    """2021/0916 in an address."""
    year, joined = _numbers(tokens, span)
    return _if_possible(span, year, *divmod(joined, 100))


def six_digits(tokens: Tokens, span: Span, order: Order | None) -> Day | None:
    """240714: only for an outlet whose dates begin with the year."""
    if order != "YMD":
        return None
    rest, day = divmod(tokens.values[span[0]], 100)
    return _if_possible(span, _century(rest // 100), rest % 100, day)


def eight_digits(tokens: Tokens, span: Span, order: Order | None) -> Day | None:
    """20210824 or 24082021; perhaps after its year (2021/20210824)."""
    return _compact(span, tokens.texts[span[1] - 1])


def long_digits(tokens: Tokens, span: Span, order: Order | None) -> Day | tuple[Day, Clock] | None:
    """202003171044893040, a date and the ten digits of an id in an address; 202108250930, a date
    and a clock."""
    digits = tokens.texts[span[0]]
    day = _compact(span, digits[:8]) if len(digits) in (12, 14, 18) else None
    if day is None or len(digits) == 18:
        return day
    clock = compact_clock(tokens, span, order)
    return None if clock.error else (day, clock)


def digits_with_clock(tokens: Tokens, span: Span, order: Order | None) -> tuple[Day, Clock] | None:
    """20210825T093015+0300."""
    day = _compact(span, tokens.texts[span[0]])
    return None if day is None else (day, compact_clock(tokens, span, order))


def day_and_name(tokens: Tokens, span: Span, order: Order | None) -> Day:
    """25 أغسطس 2021, 22 - 23 فروری, یکم جنوری, 17 محرم 1443 هـ: also without its year."""
    name_at = _name_at(tokens, span)
    before = _day_numbers(tokens, span[0], name_at)
    year = next(
        (tokens.values[at] for at in range(name_at, span[1]) if tokens.kinds[at] in _YEARS), None
    )
    return _named(tokens, span, name_at, before, year)


def name_and_day(tokens: Tokens, span: Span, order: Order | None) -> Day:
    """ستمبر 2, 2018; August 22-23, 2021; مارچ 24."""
    name_at = _name_at(tokens, span)
    year_at = next((at for at in range(name_at, span[1]) if tokens.kinds[at] in _YEARS), span[1])
    year = tokens.values[year_at] if year_at < span[1] else None
    return _named(tokens, span, name_at, _day_numbers(tokens, name_at, year_at), year)


def year_name_day(tokens: Tokens, span: Span, order: Order | None) -> Day:
    """2021-Aug-25."""
    name_at = _name_at(tokens, span)
    return _named(
        tokens, span, name_at, _day_numbers(tokens, name_at, span[1]), tokens.values[span[0]]
    )


def day_name_short_year(tokens: Tokens, span: Span, order: Order | None) -> Day:
    """25-Aug-21; 25 Aug 21 before a clock (RFC 822)."""
    name_at = _name_at(tokens, span)
    day, year = _numbers(tokens, span)
    return _named(tokens, span, name_at, [day], _century(year))


def month_of_year(tokens: Tokens, span: Span, order: Order | None) -> Day:
    """فبراير 2021, 2021 فبراير."""
    name_at = _name_at(tokens, span)
    year = next(tokens.values[at] for at in range(*span) if tokens.kinds[at] in _YEARS)
    return _named(tokens, span, name_at, [], year)


def year_alone(tokens: Tokens, span: Span, order: Order | None) -> Day:
    """عام 2021, 2021م, 1443 هـ."""
    (year,) = _numbers(tokens, span)
    return make_day(span, _calendar_of_year(tokens, span, year), year, None, None)


def _numbers(tokens: Tokens, span: Span) -> list[int]:
    return [tokens.values[at] for at in range(*span) if tokens.kinds[at] in "24567"]


def _day_numbers(tokens: Tokens, start: int, end: int) -> list[int]:
    """The days before or after a name: figures, ordinals, number words ("خمسة وعشرين" is one
    number)."""
    numbers: list[int] = []
    previous = ""
    for at in range(start, end):
        kind = tokens.kinds[at]
        if kind in _DAYS:
            value = tokens.values[at]
            if kind == previous == "q":
                numbers[-1] = joined_number(numbers[-1], value)
            else:
                numbers.append(value)
            previous = kind
        elif kind != " ":
            previous = kind
    return numbers


def joined_number(ones: int, tens: int) -> int:
    """Two Arabic number words as one number. Raises DateError for "two three" (دو تین), which is
    none."""
    if ones < 10 and tens in range(10, 100, 10):
        return ones + tens
    raise DateError("two numbers where one belongs")


def _name_at(tokens: Tokens, span: Span) -> int:
    return next(at for at in range(*span) if tokens.kinds[at] in _OF_KIND)


def _named(tokens: Tokens, span: Span, name_at: int, days: list[int], year: int | None) -> Day:
    kind, month = tokens.kinds[name_at], tokens.values[name_at]
    for at in range(name_at + 1, span[1]):
        if tokens.kinds[at] in _OF_KIND and (tokens.kinds[at], tokens.values[at]) != (kind, month):
            raise DateError("two names of different months")
    if len(days) == 2 and days[0] >= days[1]:
        raise DateError(f"two days of one month, and no range: {days[0]}, {days[1]}")
    calendar = _OF_KIND[kind]
    marked = _marked(tokens, span)
    if marked not in (None, calendar):
        raise DateError(f"the month is {calendar}, the year's mark {marked}")
    made = make_day(span, calendar, year, month, days[0] if days else None)
    if len(days) == 2:
        make_day(span, calendar, year, month, days[1])
        made.is_range = True
    made.must_be_proved = calendar == "solar" or (
        calendar == "hijri"
        and month == SAFAR
        and tokens.texts[name_at] == "صفر"
        and "n" not in tokens.kinds[slice(*span)]
    )
    return made


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
    if may_swap and (
        (month_first and first > 12 >= second) or (not month_first and second > 12 >= first)
    ):
        month_first = not month_first
    month, day = (first, second) if month_first else (second, first)
    if not 1 <= month <= 12:
        raise DateError(f"no month {month}")
    calendar = _calendar_of_year(tokens, span, year)
    made = make_day(span, calendar, year, month, day)
    if may_swap and calendar is not None and 1 <= day <= 12 and day != month:
        made.other = to_gregorian(calendar, year, day, month)
    return made


def _marked(tokens: Tokens, span: Span) -> Calendar | None:
    kinds = tokens.kinds[slice(*span)]
    if SOLAR_MARK in kinds:
        return "solar"
    if HIJRI_MARK in kinds:
        return "hijri"
    return "gregorian" if GREGORIAN_MARK in kinds or "P" in kinds else None


def _calendar_of_year(tokens: Tokens, span: Span, year: int) -> Calendar | None:
    """The calendar that the mark and the size of the year say. Raises DateError when they
    disagree."""
    marked = _marked(tokens, span)
    if (marked == "gregorian" or marked is None) and year in GREGORIAN_YEARS:
        return "gregorian"
    if marked is None:
        return "hijri" if year in _SURELY_HIJRI else None
    if (year in GREGORIAN_YEARS) != (marked == "gregorian"):
        raise DateError(f"{year} is no {marked} year of a printed date")
    return marked


def _century(year: int) -> int:
    return year + (2000 if year < _RFC_2822_PIVOT else 1900)


def _compact(span: Span, digits: str) -> Day | None:
    year_first, year_last = int(digits[:4]), int(digits[4:])
    if year_first in _COMPACT_YEARS and (
        day := _if_possible(span, year_first, int(digits[4:6]), int(digits[6:]))
    ):
        return day
    if year_last in _COMPACT_YEARS:
        return _if_possible(span, year_last, int(digits[2:4]), int(digits[:2]))
    return None


def _if_possible(span: Span, year: int, month: int, day: int) -> Day | None:
    try:
        return Day(span, "gregorian", year, month, day, date(year, month, day))
    except ValueError:
        return None

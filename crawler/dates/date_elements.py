"""The elements of a printed date: a day, a clock, a zone, a distance from now, and their span."""

from dataclasses import dataclass
from datetime import date

from crawler.dates.calendars import to_gregorian
from crawler.dates.parsed_date import Calendar, DateError, Precision
from crawler.dates.tokeniser import Span
from crawler.dates.zones import Zone


@dataclass(slots=True)
class Day:
    """A day, a month (no `day`) or a year (no `month`) as printed, perhaps without its `year`."""

    span: Span
    calendar: Calendar | None
    """None: a numeric year that could be Hijri or Solar Hijri, without a mark that tells."""
    year: int | None
    month: int | None = None
    day: int | None = None
    first: date | None = None
    """The Gregorian (first) day; None without a year or a calendar."""
    swapped: date | None = None
    """The Gregorian day if day and month stood in the other order; None where that is no day."""
    is_range: bool = False
    needs_year: bool = False
    """The name also means something else (صفر): without a year it is no date."""

    @property
    def precision(self) -> Precision:
        if self.day is not None:
            return "day"
        return "year" if self.month is None else "month"


def make_day(
    span: Span, calendar: Calendar | None, year: int | None, month: int | None, day: int | None
) -> Day:
    """Return a Day with its Gregorian date. Raises DateError when no year has such a day."""
    made = Day(span, calendar, year, month, day)
    if calendar is None:
        return made
    if year is not None:
        made.first = to_gregorian(calendar, year, month or 1, 1 if day is None else day)
    elif month is not None and day is not None and not 1 <= day <= _MOST_DAYS[calendar][month - 1]:
        raise DateError(f"no day {day} in month {month} of any {calendar} year")
    return made


_MOST_DAYS: dict[Calendar, tuple[int, ...]] = {
    "gregorian": (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31),
    "hijri": (30,) * 12,
    "solar": (31,) * 6 + (30,) * 6,
}


@dataclass(slots=True)
class Clock:
    """A time of day, on the 24-hour clock unless `half_day_unknown`."""

    span: Span
    hour: int
    minute: int | None = None
    second: int | None = None
    microsecond: int = 0
    offset: int | None = None
    """Minutes east of UTC, when an offset is printed with the clock."""
    half_day_unknown: bool = False
    """Urdu "7 بجے" without a part of the day."""
    error: str | None = None
    """Why it is no clock (minute 61); raised only if it is the date's clock."""
    weak: bool = False
    """Two numbers and a point: a clock only where it touches the date."""

    @property
    def precision(self) -> Precision:
        if self.second is not None:
            return "second"
        return "hour" if self.minute is None else "minute"

    @property
    def time_fields(self) -> tuple[int, int, int, int]:
        """Hour, minute, second and microsecond; 0 for a unit that is not printed."""
        return self.hour, self.minute or 0, self.second or 0, self.microsecond


@dataclass(slots=True)
class PrintedZone:
    """A zone beside a date."""

    span: Span
    meanings: tuple[Zone, ...]
    """The zones that the printed name can mean; empty for "local time"."""
    error: str | None = None
    """Why it is no zone; raised only if it is the date's zone."""


@dataclass(slots=True)
class Distance:
    """A distance back from now, "3 hours ago": (amount, unit) pairs; amounts may be halves."""

    span: Span
    amounts: list[tuple[float, str]]
    doubts: list[str]


@dataclass(slots=True)
class NamedPeriod:
    """A period named from now: today, yesterday, this month, last year, last Friday."""

    span: Span
    unit: str
    """day, month, year, weekday or now."""
    back: int
    """How many units back; of a weekday, its number."""


@dataclass(slots=True)
class ContextWord:
    """A word that is no date but bears on one: a weekday, a label, a word that points ahead."""

    span: Span
    role: str
    value: int | None = None


class Disagreement(DateError):
    """Two dates, or two clocks, that are not the same."""


DayElement = Day | Distance | NamedPeriod
"""An element that can be the day of a date."""
Element = DayElement | Clock | PrintedZone | ContextWord

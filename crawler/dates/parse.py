"""Turn the parts of a printed date into an instant: `parse_date` and `parse_day`."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from crawler.dates import relative
from crawler.dates.calendars import approximate_year, to_gregorian
from crawler.dates.choose_date import DateParts, choose_date
from crawler.dates.date_elements import Clock, Day, Distance, NamedPeriod
from crawler.dates.parsed_date import Calendar, DateError, Order, ParsedDate, Precision
from crawler.dates.word_kinds import LEXICON
from crawler.dates.zones import Zone, choose_zone, to_instant, zone_info, zone_label
from crawler.text import ascii_digits

_UMM_AL_QURA_ZONE = "Asia/Riyadh"
_SECONDS_DIGITS = 10
_MILLISECONDS_DIGITS = 13
_LONGEST_EPOCH = len("1629883200.123456789")
_YEARS_SEARCHED = 10
"""A 29 February comes at least every eight years."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NULL_DAYS = frozenset((date(1970, 1, 1), date(1900, 1, 1), date(1899, 12, 30), date(1, 1, 1)))
"""Days that systems print where they have no date: zero seconds since 1970, SQL Server's and
spreadsheets' first days, the first of all."""
_CODE_BEHIND_CLOCK = re.compile(
    r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?: ?[AaPp]\.?[Mm]\b\.?)? ?\(?([A-Z]{2,5})\b"
)
_LONGEST_MONTH = timedelta(days=31)


def parse_date(
    text: str,
    *,
    zone: str | None,
    now: datetime | None = None,
    order: Order | None = None,
    wall_clock: bool = False,
) -> ParsedDate:
    """Return the date that `text` prints.

    `zone` is the IANA name used when the text prints no zone; with None such a text raises
    DateError. `now` (aware) is the instant from which relative texts and dates without a year
    count; only when it is None is the clock read. `order` is the outlet's order of all-number
    dates. `wall_clock`: the outlet's offset is false ("...Z" on a local clock), and its clock is
    read in `zone`.

    Raises DateError for no date, an impossible date, or a date whose meaning cannot be fixed.
    """
    if now is None:
        now = datetime.now(UTC)
    elif now.tzinfo is None:
        raise ValueError("now must be aware")
    return resolve_date(read_date_text(text, order=order), zone, now, wall_clock=wall_clock)


class DateText(NamedTuple):
    """A text that prints a date, read as far as it can be without a zone and the present instant:
    an epoch number, or the parts of the date."""

    text: str
    meaning: datetime | DateParts


def read_date_text(text: str, *, order: Order | None = None) -> DateText:
    """Return what `text` prints. Raises DateError for no date, or more than one."""
    epoch = _epoch(text)
    if epoch is not None:
        return DateText(text, epoch)
    _refuse_unknown_zone(text)
    return DateText(text, choose_date(text, order))


def resolve_date(
    date_text: DateText, zone: str | None, now: datetime, *, wall_clock: bool = False
) -> ParsedDate:
    """Return the date that a text means in a zone at an (aware) instant. Parameters and errors are
    those of `parse_date`."""
    if wall_clock and zone is None:
        raise DateError("a wall clock needs its zone")
    parsed = _resolve(date_text, zone, now, wall_clock=wall_clock)
    may_be_null = parsed.date.year <= _EPOCH.year
    if may_be_null and (parsed.instant == _EPOCH or parsed.date in _NULL_DAYS):
        raise DateError(f"a null date: {parsed.date}")
    return parsed


def _resolve(
    date_text: DateText, zone: str | None, now: datetime, *, wall_clock: bool
) -> ParsedDate:
    text, parts = date_text.text, date_text.meaning
    if isinstance(parts, datetime):
        return _exact(parts, "second", zone, text, [])
    used_zone = zone if wall_clock else _zone_of(parts, zone)
    day = parts.day
    doubts = [*parts.doubts]
    if isinstance(day, Distance) and relative.is_exact(day):
        instant, unit = relative.exact_instant(day, now)
        return _exact(instant, unit, used_zone, text, doubts + day.doubts)
    if used_zone is None:
        raise DateError("no zone is printed, and none is given")
    if isinstance(day, NamedPeriod) and day.unit == "now":
        return _exact(now, "minute", used_zone, text, doubts)
    first_day, precision, calendar = _first_day(parts, used_zone, now)
    if isinstance(day, Distance):
        doubts += day.doubts
    if precision == "day" and parts.weekdays and first_day.weekday() not in parts.weekdays:
        doubts.append("the printed weekday disagrees")
    if calendar == "hijri" and used_zone != _UMM_AL_QURA_ZONE:
        doubts.append("Hijri by Umm al-Qura: a local sighting may differ by a day")
    if parts.clock is not None and precision != "day":
        raise DateError("a clock without a day")
    instant, doubt = to_instant(_wall(first_day, parts.clock), used_zone)
    if parts.clock is not None:
        precision = parts.clock.precision
        if doubt:
            doubts.append(doubt)
    label = zone_label(used_zone)
    return ParsedDate(instant, precision, calendar, label, text, first_day, tuple(doubts))


def _wall(day: date, clock: Clock | None) -> datetime:
    """Return a day at the printed clock, or at midnight without one."""
    return datetime.combine(day, time(*clock.time_fields) if clock is not None else time())


def _refuse_unknown_zone(text: str) -> None:
    """Raise DateError for capitals right behind a clock that no table knows: a zone that is printed
    and not understood must not become the outlet's."""
    code = _CODE_BEHIND_CLOCK.search(text) if ":" in text else None
    if code and code[1].lower() not in LEXICON:
        raise DateError(f"unknown zone {code[1]}")


def parse_day(text: str, *, order: Order | None = None) -> date:
    """Return the one full day that `text` prints, in the Gregorian calendar.

    No zone and no present instant is needed. `order` as in `parse_date`. Raises DateError when
    there is no full day, or more than one.
    """
    day = choose_date(text, order).day
    if not isinstance(day, Day) or day.precision != "day" or day.first is None:
        raise DateError("no full day")
    return day.first


def _epoch(text: str) -> datetime | None:
    """Return the instant of an epoch number; None for another text.

    An epoch number counts seconds since 1970 (10 digits, perhaps a fraction) or milliseconds (13).
    """
    stripped = text.strip()
    if not stripped[:_SECONDS_DIGITS].isdecimal() or len(stripped) > _LONGEST_EPOCH:
        return None
    number, point, fraction = ascii_digits(stripped).partition(".")
    digits = number + fraction
    if not (digits.isascii() and digits.isdecimal()):
        return None
    if len(number) == _MILLISECONDS_DIGITS and not point:
        fraction = number[_SECONDS_DIGITS:]
    elif len(number) != _SECONDS_DIGITS or (point and not fraction):
        return None
    whole_second = datetime.fromtimestamp(int(number[:_SECONDS_DIGITS]), UTC)
    return whole_second.replace(microsecond=int(fraction[:6].ljust(6, "0")))


def _zone_of(parts: DateParts, outlet_zone: str | None) -> Zone | None:
    """Return the printed zone; the outlet's zone where none is printed or it is "local time"."""
    if parts.zone is None or not parts.zone.meanings:
        return outlet_zone
    return choose_zone(parts.zone.meanings, outlet_zone)


def _exact(
    instant: datetime, precision: Precision, zone: Zone | None, text: str, doubts: list[str]
) -> ParsedDate:
    if zone is None:
        zone = "UTC"
    utc = instant.astimezone(UTC)
    day = utc.astimezone(zone_info(zone)).date()
    return ParsedDate(utc, precision, "gregorian", zone_label(zone), text, day, tuple(doubts))


def _first_day(parts: DateParts, zone: Zone, now: datetime) -> tuple[date, Precision, Calendar]:
    """Return the (first) Gregorian day that is meant, its precision and its printed calendar."""
    day = parts.day
    if isinstance(day, Day):
        assert day.calendar is not None
        first_day = day.first or _last_before(now, day.calendar, day, parts, zone)
        return first_day, day.precision, day.calendar
    today = now.astimezone(zone_info(zone)).date()
    first_day, precision = relative.first_day(day, today)
    return first_day, precision, "gregorian"


def _last_before(now: datetime, calendar: Calendar, day: Day, parts: DateParts, zone: Zone) -> date:
    """Return the last Gregorian day that `day`, without a year, can mean.

    At the printed clock it is not after `now`. Raises DateError when no year in reach has it.
    """
    assert day.month is not None
    assert day.day is not None
    today = now.astimezone(zone_info(zone)).date()
    newest = approximate_year(calendar, today) + 1
    for year in range(newest, newest - _YEARS_SEARCHED, -1):
        try:
            candidate = to_gregorian(calendar, year, day.month, day.day)
        except DateError:
            continue
        instant, _ = to_instant(_wall(candidate, parts.clock), zone)
        if instant <= now:
            if parts.pointer == "this" and today - candidate > _LONGEST_MONTH:
                raise DateError(f'"this" month is not month {day.month}')
            return candidate
    raise DateError("no such day in the last years")

"""From a reading to an instant: `parse_date` and `parse_day`."""

from datetime import UTC, date, datetime, time, timedelta

from crawler.dates import relative
from crawler.dates.calendars import to_gregorian, year_of
from crawler.dates.elements import Ago, Clock, Day, Named
from crawler.dates.model import Calendar, DateError, Order, ParsedDate, Precision
from crawler.dates.reading import Reading, read
from crawler.dates.zones import Zone, choose_zone, to_instant, zone_info, zone_label
from crawler.text import ascii_digits

_UMM_AL_QURA_ZONE = "Asia/Riyadh"
_LONGEST_EPOCH = len("1629883200.123456789")
_YEARS_SEARCHED = 10
"""A 29 February comes at least every eight years."""


def parse_date(
    text: str,
    *,
    zone: str | None,
    now: datetime | None = None,
    order: Order | None = None,
    wall_clock: bool = False,
) -> ParsedDate:
    """The date that `text` prints.

    `zone` is the IANA name used when the text prints no zone; with None such a text raises
    DateError. `now` (aware) is what relative texts and dates without a year count from; only when
    it is None is the clock read. `order` is the outlet's order of all-number dates. `wall_clock`:
    the outlet's offset is false ("...Z" on a local clock), and its clock is read in `zone`.

    Raises DateError when there is no date, an impossible one, or one whose meaning cannot be fixed.
    """
    if now is not None and now.tzinfo is None:
        raise ValueError("now must be aware")
    if wall_clock and zone is None:
        raise DateError("a wall clock needs its zone")
    if (stamp := _epoch(text)) is not None:
        return _exact(stamp, "second", zone, text, [])
    reading = read(text, order)
    used = zone if wall_clock else _zone_of(reading, zone)
    day, clock = reading.day, reading.clock
    now = datetime.now(UTC) if now is None and _counts_from_now(day) else now
    if isinstance(day, Ago) and relative.is_exact(day):
        assert now is not None
        moment, unit = relative.moment(day, now)
        return _exact(moment, unit, used, text, reading.doubts + day.doubts)
    if used is None:
        raise DateError("no zone is printed, and none is given")
    if isinstance(day, Named) and day.unit == "now":
        assert now is not None
        return _exact(now, "minute", used, text, reading.doubts)
    calendar: Calendar = "gregorian"
    if isinstance(day, Day):
        assert day.calendar is not None
        first, precision, calendar = (
            _first_day(day, reading, used, now),
            day.precision,
            day.calendar,
        )
    else:
        assert now is not None
        first, precision = relative.first_day(day, now.astimezone(zone_info(used)).date())
        reading.doubts += day.doubts if isinstance(day, Ago) else []
    if precision == "day" and reading.weekdays and first.weekday() not in reading.weekdays:
        reading.doubts.append("the printed weekday disagrees")
    if calendar == "hijri" and used != _UMM_AL_QURA_ZONE:
        reading.doubts.append("Hijri by Umm al-Qura: a local sighting may differ by a day")
    return _at(first, precision, calendar, clock, used, text, reading.doubts)


def parse_day(text: str, *, order: Order | None = None) -> date:
    """The one full day that `text` prints, in the Gregorian calendar; no zone and no clock of today
    is needed.

    `order` as in `parse_date`. Raises DateError when there is no full day, or more than one.
    """
    day = read(text, order).day
    if not isinstance(day, Day) or day.precision != "day" or day.first is None:
        raise DateError("no full day")
    return day.first


def _epoch(text: str) -> datetime | None:
    """Seconds (10 digits, perhaps a fraction) or milliseconds (13) since 1970; None for another
    text."""
    digits = text.strip()
    if not digits[:10].isdecimal() or len(digits) > _LONGEST_EPOCH:
        return None
    whole, point, fraction = ascii_digits(digits).partition(".")
    if (
        len(whole) not in (10, 13)
        or not (whole + fraction).isascii()
        or not (whole + fraction).isdecimal()
    ):
        return None
    if point and (len(whole) == 13 or not fraction):
        return None
    if len(whole) == 13:
        fraction = whole[10:]
    moment = datetime.fromtimestamp(int(whole[:10]), UTC)
    return moment.replace(microsecond=int(fraction[:6].ljust(6, "0")))


def _zone_of(reading: Reading, outlet_zone: str | None) -> Zone | None:
    if reading.zone is None or not reading.zone.meanings:
        return outlet_zone
    return choose_zone(reading.zone.meanings, outlet_zone)


def _counts_from_now(day: Day | Ago | Named) -> bool:
    return not isinstance(day, Day) or day.first is None


def _exact(
    moment: datetime, precision: Precision, zone: Zone | None, text: str, doubts: list[str]
) -> ParsedDate:
    if zone is None:
        zone = "UTC"
    utc = moment.astimezone(UTC)
    day = utc.astimezone(zone_info(zone)).date()
    return ParsedDate(utc, precision, "gregorian", zone_label(zone), text, day, tuple(doubts))


def _at(
    day: date,
    precision: Precision,
    calendar: Calendar,
    clock: Clock | None,
    zone: Zone,
    text: str,
    doubts: list[str],
) -> ParsedDate:
    if clock is None:
        instant, _ = to_instant(datetime.combine(day, time()), zone)
    else:
        if precision != "day":
            raise DateError("a clock without a day")
        precision = clock.precision
        instant, doubt = to_instant(datetime.combine(day, time(*clock.reading)), zone)
        if doubt:
            doubts.append(doubt)
    return ParsedDate(instant, precision, calendar, zone_label(zone), text, day, tuple(doubts))


def _first_day(day: Day, reading: Reading, zone: Zone, now: datetime | None) -> date:
    """The Gregorian day; of one without a year the last that, at the printed clock, is not after
    `now`."""
    if day.first is not None:
        return day.first
    assert now is not None
    assert day.calendar is not None
    assert day.month is not None
    assert day.day is not None
    today = now.astimezone(zone_info(zone)).date()
    clock = time(*reading.clock.reading) if reading.clock else time()
    newest = year_of(day.calendar, today) + 1
    for year in range(newest, newest - _YEARS_SEARCHED, -1):
        try:
            found = to_gregorian(day.calendar, year, day.month, day.day)
        except DateError:
            continue
        if to_instant(datetime.combine(found, clock), zone)[0] <= now:
            if reading.pointer == "this" and today - found > timedelta(days=31):
                raise DateError(f'"this" month is not month {day.month}')
            return found
    raise DateError("no such day in the last years")

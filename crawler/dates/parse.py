"""From a reading to an instant: `parse_date` and `parse_day`."""

from datetime import UTC, date, datetime, time, timedelta

from crawler.dates.calendars import to_gregorian, year_of
from crawler.dates.elements import Ago, Clock, Day, Named
from crawler.dates.model import Calendar, DateError, Order, ParsedDate, Precision
from crawler.dates.reading import Reading, read
from crawler.dates.zones import Zone, choose_zone, to_instant, zone_info, zone_label

_EXACT: dict[str, int] = {"second": 1, "minute": 60, "hour": 3600}
_MAX_BACK = 200 * 366 * 86400
"""Seconds of the longest distance from now that is read: two hundred years."""


def parse_date(
    text: str,
    *,
    zone: str | None,
    now: datetime | None = None,
    order: Order | None = None,
    wall_clock: bool = False,
) -> ParsedDate:
    """The date that `text` prints.

    `zone` is the IANA name used when the text prints no zone; with None such a text raises DateError. `now`
    (aware) is what relative texts and dates without a year count from; only when it is None is the clock read.
    `order` is the outlet's order of all-number dates. `wall_clock`: the outlet's offset is false ("...Z" on a
    local clock): its clock is read in `zone`.

    Raises DateError when there is no date, an impossible one, or one whose meaning cannot be fixed.
    """
    if now is not None and now.tzinfo is None:
        raise ValueError("now must be aware")
    if wall_clock and zone is None:
        raise DateError("a wall clock needs its zone")
    stamp = _epoch(text)
    if stamp is not None:
        return _exact(stamp, "second", zone, text, [])
    reading = read(text, order)
    used = zone if wall_clock else _zone_of(reading, zone)
    what = reading.day
    if isinstance(what, Ago):
        return _distance(what, reading, used, now, text)
    if used is None:
        raise DateError("no zone is printed, and none is given")
    if isinstance(what, Named):
        if what.unit == "now":
            return _exact(now or datetime.now(UTC), "minute", zone_label(used), text, [])
        day, precision, calendar = _named(what, used, now)
    else:
        day, precision, calendar = _absolute(what, reading, used, now)
    _check_weekday(day, precision, reading)
    return _at(day, precision, calendar, reading.clock, used, text, reading.doubts)


def parse_day(text: str, *, order: Order | None = "DMY") -> date:
    """The one full day that `text` prints, in the Gregorian calendar. Raises DateError when there is none."""
    day = read(text, order).day
    if not isinstance(day, Day) or day.precision != "day" or day.first is None:
        raise DateError("no full day")
    return day.first


def _epoch(text: str) -> datetime | None:
    """Seconds (10 digits, perhaps a fraction) or milliseconds (13) since 1970."""
    digits = text.strip()
    whole, _, fraction = digits.partition(".")
    if not (
        whole.isascii() and whole.isdecimal() and (not fraction or (fraction.isascii() and fraction.isdecimal()))
    ):
        return None
    if len(whole) == 10 and len(fraction) <= 9:
        seconds, micros = int(whole), int(fraction[:6].ljust(6, "0"))
    elif len(whole) == 13 and not fraction:
        seconds, micros = int(whole[:10]), int(whole[10:]) * 1000
    else:
        return None
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=micros)


def _zone_of(reading: Reading, outlet_zone: str | None) -> Zone | None:
    if reading.zone is None or not reading.zone.meanings:
        return outlet_zone
    return choose_zone(reading.zone.meanings, outlet_zone)


def _exact(instant: datetime, precision: Precision, zone: str | None, text: str, doubts: list[str]) -> ParsedDate:
    utc = instant.astimezone(UTC)
    local = utc.astimezone(zone_info(zone)) if zone else utc
    return ParsedDate(utc, precision, "gregorian", zone or "UTC", text, local.date(), tuple(doubts))


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


def _absolute(day: Day, reading: Reading, zone: Zone, now: datetime | None) -> tuple[date, Precision, Calendar]:
    assert day.calendar is not None
    if day.first is not None:
        return day.first, day.precision, day.calendar
    return _latest(day, reading, zone, now or datetime.now(UTC)), day.precision, day.calendar


def _latest(day: Day, reading: Reading, zone: Zone, now: datetime) -> date:
    """The last day of this name, at the printed clock, that is not after `now`."""
    assert day.calendar is not None and day.month is not None and day.day is not None
    today = now.astimezone(zone_info(zone)).date()
    clock = time(*reading.clock.reading) if reading.clock else time()
    newest = year_of(day.calendar, today) + 1
    for year in range(newest, newest - 10, -1):
        try:
            found = to_gregorian(day.calendar, year, day.month, day.day)
        except DateError:
            continue
        if to_instant(datetime.combine(found, clock), zone)[0] <= now:
            if reading.pointer == "this" and (found.year, found.month) != (today.year, today.month):
                raise DateError(f'"this" month is not {day.month}')
            return found
    raise DateError("no such day in the last years")


def _check_weekday(day: date, precision: Precision, reading: Reading) -> None:
    if precision == "day" and reading.weekdays and day.weekday() not in reading.weekdays:
        reading.doubts.append("the printed weekday disagrees")


def _named(named: Named, zone: Zone, now: datetime | None) -> tuple[date, Precision, Calendar]:
    today = (now or datetime.now(UTC)).astimezone(zone_info(zone)).date()
    if named.unit == "day":
        return today - timedelta(days=named.back), "day", "gregorian"
    if named.unit == "weekday":
        return today - timedelta(days=(today.weekday() - named.back - 1) % 7 + 1), "day", "gregorian"
    if named.unit == "month":
        return _months_back(today, named.back).replace(day=1), "month", "gregorian"
    return date(today.year - named.back, 1, 1), "year", "gregorian"


def _distance(ago: Ago, reading: Reading, zone: Zone | None, now: datetime | None, text: str) -> ParsedDate:
    """Now less the distance: exact for hours and less, else the first day of the day, month or year reached."""
    now = now or datetime.now(UTC)
    doubts = ago.doubts + reading.doubts
    unit = ago.amounts[-1][1]
    seconds = sum(amount * _EXACT.get(u, _DAYS.get(u, 0) * 86400) for amount, u in ago.amounts)
    months = sum(amount * _MONTHS.get(u, 0) for amount, u in ago.amounts)
    if seconds + months * 31 * 86400 > _MAX_BACK:
        raise DateError("further back than any newsroom")
    if unit in _EXACT and not months:
        label = None if zone is None else zone_label(zone)
        precision: Precision = "minute" if any(a % 1 for a, _ in ago.amounts) and unit == "hour" else unit  # type: ignore[assignment]
        return _exact(now - timedelta(seconds=seconds), precision, label, text, doubts)
    if zone is None:
        raise DateError("no zone is printed, and none is given")
    if months % 1:
        raise DateError("half a month is no date")
    today = now.astimezone(zone_info(zone)).date()
    day = _months_back(today, int(months)) - timedelta(seconds=seconds)
    if unit == "year":
        return _at(day.replace(month=1, day=1), "year", "gregorian", None, zone, text, doubts)
    if unit == "month":
        return _at(day.replace(day=1), "month", "gregorian", None, zone, text, doubts)
    return _at(day, "day", "gregorian", reading.clock, zone, text, doubts)


_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}


def _months_back(day: date, months: int) -> date:
    """The same day so many months earlier, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))

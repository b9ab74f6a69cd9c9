"""Times and zones as people write them in the options of commands."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from difflib import get_close_matches
from zoneinfo import ZoneInfo, available_timezones

from crawler.spiders.arguments import FIRST_YEAR, LAST_YEAR, ArgumentError, read_instant

_AGO = re.compile(r"(\d{1,6})\s*(min|h|d|w)", re.IGNORECASE)
_UNITS = {
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_DAYS_AGO = {"today": 0, "yesterday": 1}
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)?")


def read_time(name: str, text: str, *, zone: tzinfo, now: datetime) -> datetime:
    """Return the value `text` of the option `name` as an aware instant.

    text: "now"; "today" or "yesterday", the midnight with which that day began in `zone`; a time
    before `now` such as "7d", "24h", "2w" or "30min"; or ISO 8601, where a bare date is its
    midnight and a time without an offset is the time in `zone`. Raises ArgumentError.
    """
    word = text.strip().lower()
    if word == "now":
        return now
    if word in _DAYS_AGO:
        day = now.astimezone(zone).date() - timedelta(days=_DAYS_AGO[word])
        return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
    if ago := _AGO.fullmatch(word):
        return _before(now, int(ago[1]) * _UNITS[ago[2]], f"{name}: {text!r}")
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentError(
            f"{name}: {text!r} is not a date such as 2021-08-25 or 2021-08-25T09:00+03:00,"
            " nor today, yesterday, 7d or 24h"
        ) from None
    return read_instant(name, text, zone=zone).astimezone(UTC)


def days_ago(text: str) -> int | None:
    """Return the number of days that a time such as "7d" or "2w" counts back; None for a time of
    another form."""
    ago = _AGO.fullmatch(text.strip().lower())
    if ago is None or ago[2] not in ("d", "w"):
        return None
    return int(ago[1]) * _UNITS[ago[2]].days


def read_zone(text: str) -> tzinfo:
    """Return the zone `text`: an IANA name in letters of either case, or an offset such as
    "+05:00". Raises ArgumentError, naming those most like an unknown one."""
    if offset := _OFFSET.fullmatch(text):
        minutes = 60 * int(offset[2]) + int(offset[3] or 0)
        if minutes >= 24 * 60:
            raise ArgumentError(f"zone: {text!r} is no offset from UTC")
        return timezone(timedelta(minutes=-minutes if offset[1] == "-" else minutes))
    if text.lower() in ("utc", "z"):
        return UTC
    zones = {name.lower(): name for name in available_timezones()}
    if text.lower() in zones:
        return ZoneInfo(zones[text.lower()])
    nearest = " or ".join(_nearest_zones(text, zones.values()))
    hint = f"did you mean {nearest}?" if nearest else "give one such as Asia/Karachi or +05:00"
    raise ArgumentError(f"zone: {text!r} is no time zone; {hint}")


def _before(now: datetime, duration: timedelta, what: str) -> datetime:
    try:
        instant = now - duration
    except OverflowError:
        instant = None
    if instant is None or not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise ArgumentError(f"{what} lies before or after all news on the web")
    return instant


def _nearest_zones(text: str, names: Iterable[str]) -> list[str]:
    """Return the names of zones that end as `text` does (a city), or are most like it."""
    city = text.lower().replace(" ", "_").rpartition("/")[2]
    by_city: dict[str, list[str]] = {}
    for name in sorted(names):
        by_city.setdefault(name.lower().rpartition("/")[2], []).append(name)
    if city in by_city:
        return by_city[city]
    return [by_city[nearest][0] for nearest in get_close_matches(city, by_city)]

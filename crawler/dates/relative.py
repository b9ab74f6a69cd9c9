"""Count days and instants back from now.

Hours and less are subtracted exactly. Days and weeks give a day, months a month, years a year, each
with its first day; a fraction of a day, a month or a year has no fixed meaning.
"""

from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from crawler.dates.date_elements import Distance, NamedPeriod
from crawler.dates.parsed_date import DateError, Precision

_SECONDS: dict[str, int] = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
_EXACT: dict[str, Precision] = {"second": "second", "minute": "minute", "hour": "hour"}
_PERIOD: dict[str, Precision] = {"day": "day", "week": "day", "month": "month", "year": "year"}
_FURTHEST = {
    "second": 10**9,
    "minute": 10**8,
    "hour": 10**6,
    "day": 10**5,
    "week": 10**4,
    "month": 2400,
    "year": 200,
}
"""The largest count of each unit that is read: no newsroom prints a longer one."""
_DAYS_OF_WEEK = 7


def is_exact(distance: Distance) -> bool:
    """Return True if the smallest unit printed is an hour or less."""
    return distance.amounts[-1][1] in _EXACT


def exact_instant(distance: Distance, now: datetime) -> tuple[datetime, Precision]:
    """Return `now` less an exact distance, and the unit that it is known to."""
    _check_size(distance)
    seconds = 0.0
    for amount, unit in distance.amounts:
        if unit not in _SECONDS:
            raise DateError("months and hours in one distance")
        seconds += amount * _SECONDS[unit]
    instant = now - timedelta(seconds=seconds)
    if _has_fraction(distance):
        return instant, "minute"
    return instant, _EXACT[distance.amounts[-1][1]]


def first_day(element: Distance | NamedPeriod, today: date) -> tuple[date, Precision]:
    """Return the first day of the day, month or year that is meant, and that unit."""
    if isinstance(element, NamedPeriod):
        if element.unit == "weekday":
            days_back = (today.weekday() - element.back - 1) % _DAYS_OF_WEEK + 1
            return today - timedelta(days=days_back), "day"
        back = {f"{element.unit}s": element.back}
        precision = _PERIOD[element.unit]
    else:
        _check_size(element)
        if _has_fraction(element):
            raise DateError("a fraction of a day, a month or a year")
        back = {f"{unit}s": int(amount) for amount, unit in element.amounts}
        precision = _PERIOD[element.amounts[-1][1]]
    day = today - relativedelta(**back)  # type: ignore[arg-type]
    if precision == "year":
        return day.replace(month=1, day=1), precision
    if precision == "month":
        return day.replace(day=1), precision
    return day, precision


def _has_fraction(distance: Distance) -> bool:
    return any(amount % 1 for amount, _ in distance.amounts)


def _check_size(distance: Distance) -> None:
    if any(amount > _FURTHEST[unit] for amount, unit in distance.amounts):
        raise DateError("further back than any newsroom counts")

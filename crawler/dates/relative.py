"""Days and moments counted back from now.

Hours and less are subtracted exactly. Days and weeks give a day, months a month, years a year, each
with its first day; a fraction of one of these has no fixed meaning.
"""

from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from crawler.dates.elements import Ago, Named
from crawler.dates.model import DateError, Precision

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


def is_exact(ago: Ago) -> bool:
    """Whether the smallest unit printed is an hour or less."""
    return ago.amounts[-1][1] in _EXACT


def moment(ago: Ago, now: datetime) -> tuple[datetime, Precision]:
    """`now` less the distance, and the unit it is known to."""
    _check(ago)
    if any(unit not in _SECONDS for _, unit in ago.amounts):
        raise DateError("months and hours in one distance")
    back = timedelta(seconds=sum(amount * _SECONDS[unit] for amount, unit in ago.amounts))
    halves = any(amount % 1 for amount, _ in ago.amounts)
    return now - back, "minute" if halves else _EXACT[ago.amounts[-1][1]]


def first_day(named: Ago | Named, today: date) -> tuple[date, Precision]:
    """The first day of the day, month or year that is meant, and which of these it is."""
    if isinstance(named, Named):
        if named.unit == "weekday":
            return today - timedelta(days=(today.weekday() - named.back - 1) % 7 + 1), "day"
        return _first(today - relativedelta(**{f"{named.unit}s": named.back}), _PERIOD[named.unit])  # type: ignore[arg-type]
    _check(named)
    if any(amount % 1 for amount, _ in named.amounts):
        raise DateError("a fraction of a day, a month or a year")
    back = {f"{unit}s": int(amount) for amount, unit in named.amounts}
    return _first(today - relativedelta(**back), _PERIOD[named.amounts[-1][1]])  # type: ignore[arg-type]


def _first(day: date, precision: Precision) -> tuple[date, Precision]:
    if precision == "year":
        return day.replace(month=1, day=1), precision
    return (day.replace(day=1) if precision == "month" else day), precision


def _check(ago: Ago) -> None:
    if any(amount > _FURTHEST[unit] for amount, unit in ago.amounts):
        raise DateError("further back than any newsroom counts")

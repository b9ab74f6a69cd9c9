"""Days gathered into spans of time, so few that a chart can show them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

MAX_SPANS = 60
"""Bars of one chart."""

Unit = Literal["day", "week", "month", "year"]

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`, both within."""

    unit: Unit
    first: date
    last: date


def spans_of(since: date, until: date) -> list[Span]:
    """Return the spans that the days from `since` on and before `until` fall into: days, or where
    these are more than MAX_SPANS weeks from Monday, then months, then years; the outer ones are cut
    off at the ends."""
    for unit in ("day", "week", "month"):
        spans = _spans(since, until, unit)
        if len(spans) <= MAX_SPANS:
            return spans
    return _spans(since, until, "year")


def place_of(day: date, spans: Sequence[Span]) -> int:
    """Return the place in `spans` of the one that holds `day`."""
    return bisect_left(spans, day, key=lambda span: span.last)


def _spans(since: date, until: date, unit: Unit) -> list[Span]:
    spans = []
    first = since
    while first < until:
        last = min(_last_of(first, unit), until - _ONE_DAY)
        spans.append(Span(unit, first, last))
        first = last + _ONE_DAY
    return spans


def _last_of(day: date, unit: Unit) -> date:
    match unit:
        case "day":
            return day
        case "week":
            return day + timedelta(days=6 - day.weekday())
        case "month":
            in_next = day.replace(day=28) + timedelta(days=4)
            return in_next - timedelta(days=in_next.day)
        case "year":
            return day.replace(month=12, day=31)

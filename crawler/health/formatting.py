"""Counts and durations as people read them: in tables, reasons and logs."""

from collections.abc import Mapping
from datetime import timedelta

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def format_counts(counts: Mapping[str, int]) -> str:
    """Return counts by name in one line, e.g. "http_404 3, timeout 1"; "" for no counts."""
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def format_count(number: int, noun: str) -> str:
    """Return `number` and `noun`, which is given in the singular: "1 run", "2 runs"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def format_duration(duration: timedelta) -> str:
    """Return `duration` in its two largest units: "3 d 4 h", "2 h 20 min", "5 min"."""
    days, rest = divmod(duration, DAY)
    hours, rest = divmod(rest, HOUR)
    if days:
        return f"{days} d {hours} h"
    minutes = rest // MINUTE
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min"

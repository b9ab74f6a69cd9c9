"""How figures are told to people."""

from collections.abc import Mapping
from datetime import timedelta

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def named(counts: Mapping[str, int]) -> str:
    """Counts by name, e.g. "http_404 3, timeout 1"."""
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def counted(number: int, what: str) -> str:
    """`number` of what is given in the singular: "1 run", "2 runs"."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def span(time: timedelta) -> str:
    """A length of time in its two largest units: "3 d 4 h", "2 h 20 min", "5 min"."""
    days, rest = divmod(time, DAY)
    hours, rest = divmod(rest, HOUR)
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {rest // MINUTE} min" if hours else f"{rest // MINUTE} min"

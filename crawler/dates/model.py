"""What the reader of dates returns and raises."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Precision = Literal["second", "minute", "hour", "day", "month", "year"]
Calendar = Literal["gregorian", "hijri", "solar"]
Order = Literal["DMY", "MDY", "YMD"]


class DateError(ValueError):
    """The text holds no date, an impossible one, or one whose meaning cannot be fixed; says
    which."""


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A printed date and what it means."""

    instant: datetime
    """Aware, in UTC. Of day, month or year precision: local midnight of its first day in `zone`."""
    precision: Precision
    """The smallest unit that was printed."""
    calendar: Calendar
    """The calendar that was read; "gregorian" when a Hijri date stands beside its Gregorian
    twin."""
    zone: str
    """The IANA name or the offset ("+04:00") used: the printed one if one is printed and
    believed."""
    text: str
    """The text as it was given."""
    date: date
    """The (first) day in `zone`, in the Gregorian calendar."""
    doubts: tuple[str, ...] = ()
    """What in the text speaks against, or blurs, the reading; empty for a plain date."""

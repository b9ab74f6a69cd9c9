"""The value that the date parser returns and the error that it raises."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Precision = Literal["second", "minute", "hour", "day", "month", "year"]
Calendar = Literal["gregorian", "hijri", "solar"]
Order = Literal["DMY", "MDY", "YMD"]
"""The order of day, month and year in an outlet's all-number dates."""


class DateError(ValueError):
    """The text holds no date, an impossible date, or a date of unclear meaning; says which."""


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A printed date and its meaning."""

    instant: datetime
    """Aware, in UTC. Of day, month or year precision: local midnight of the first day in `zone`."""
    precision: Precision
    """The smallest unit that was printed."""
    calendar: Calendar
    """The calendar of the day; "gregorian" when a Hijri date stands beside its Gregorian twin."""
    zone: str
    """The IANA name or the offset ("+04:00") used: the printed zone if it is printed and believed.
    """
    text: str
    """The text as it was given."""
    date: date
    """The (first) day in `zone`, in the Gregorian calendar."""
    doubts: tuple[str, ...] = ()
    """Reasons in the text against this meaning, or for a vaguer one; empty for a plain date."""

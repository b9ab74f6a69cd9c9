"""Instants that were taken from a clock which was ahead, told by the machine's clock of now."""

from datetime import datetime, timedelta

MAX_AHEAD = timedelta(hours=1)
"""How far the clocks of machines are believed to differ: more than time servers, less than a zone
that was set wrongly."""


def is_ahead(instant: datetime, now: datetime) -> bool:
    """Return True if `instant`, of something that has happened, is so far ahead that the clock it
    was taken from was wrong. Both aware.

    now: the present time of this machine.
    """
    return instant > now + MAX_AHEAD


def discount_future(instant: datetime, now: datetime) -> datetime:
    """Return `instant`; where it is ahead, `MAX_AHEAD` before `now`: what is fetched now comes
    after it, what was captured long ago before it."""
    return now - MAX_AHEAD if is_ahead(instant, now) else instant

"""Instants that were taken from a clock which was ahead, told by the machine's clock of now."""

from datetime import datetime, timedelta

MAX_AHEAD = timedelta(hours=1)
"""How far the clocks of machines are believed to differ: more than time servers, less than a zone
that was set wrongly."""


def is_ahead(instant: datetime, clock: datetime) -> bool:
    """Return True if `instant`, of something that has happened, cannot be believed. Both aware.

    clock: the present time of this machine.
    """
    return instant > clock + MAX_AHEAD


def believed(instant: datetime, clock: datetime) -> datetime:
    """Return `instant`, or `MAX_AHEAD` before `clock` if it cannot be believed: what is fetched now
    comes after it, what was captured long ago before it."""
    return clock - MAX_AHEAD if is_ahead(instant, clock) else instant

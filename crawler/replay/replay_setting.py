"""The settings REPLAY and REPLAY_AT: the recordings that they name, and the present instant under
them."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawler.replay.recording import Recordings, ReplayError

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
FETCHED_AT = "replay_fetched_at"
"""A request's meta key, set to an aware datetime when a recording answers it."""


def recordings(settings: BaseSettings) -> Recordings | None:
    """Return the recordings that REPLAY names; None where it is not set. Raises ReplayError.

    A folder is read once in a process.
    """
    path = settings.get("REPLAY")
    if path is None:
        if settings.get("REPLAY_AT") is not None:  # it must not mean the network
            raise ReplayError("REPLAY_AT is set, and REPLAY names no recordings")
        return None
    if not path:  # an unset shell variable; it must not mean the network
        raise ReplayError("it names no folder")
    return _load(path, _last_instant(settings.get("REPLAY_AT")))


@lru_cache
def _load(path: str, at: datetime | None) -> Recordings:
    return Recordings.load(Path(path), at)


def _last_instant(printed: str | None) -> datetime | None:
    """Return the last instant that REPLAY_AT allows: of a day, in UTC, its end."""
    if printed is None:
        return None
    try:
        if _DAY.fullmatch(printed):
            day = date.fromisoformat(printed)
            return datetime.combine(day, time(), UTC) + timedelta(days=1, microseconds=-1)
        instant = datetime.fromisoformat(printed)
    except ValueError:
        raise ReplayError(f"REPLAY_AT: {printed!r} is neither a day nor an instant") from None
    if instant.tzinfo is None:
        raise ReplayError(f"REPLAY_AT: {printed!r} has no offset from UTC")
    return instant


def replay_clock(settings: BaseSettings, outlet: str) -> datetime | None:
    """Return the present instant of an outlet under REPLAY, in UTC: that of its newest recording.

    None for an outlet without a recording, or without REPLAY.
    """
    recorded = recordings(settings)
    if recorded is None:
        return None
    newest = recorded.newest(outlet)
    return newest.astimezone(UTC) if newest else None


def recorded_addresses(settings: BaseSettings, outlet: str) -> tuple[str, ...]:
    """Return the addresses that are recorded for an outlet; none without REPLAY."""
    recorded = recordings(settings)
    return recorded.addresses(outlet) if recorded else ()


def fetched_at(response: Response) -> datetime | None:
    """Return when a replayed response was recorded, in UTC; None for one from the network."""
    if response.request is None:
        return None
    recorded: datetime | None = response.request.meta.get(FETCHED_AT)
    return recorded.astimezone(UTC) if recorded else None

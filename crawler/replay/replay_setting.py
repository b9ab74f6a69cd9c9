"""The REPLAY setting: the recordings that it names, and the present instant under it."""

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawler.replay.recording import Recordings, ReplayError

FETCHED_AT = "replay_fetched_at"
"""A request's meta key, set to an aware datetime when a recording answers it."""


def recordings(settings: BaseSettings) -> Recordings | None:
    """Return the recordings that REPLAY names; None where it is not set. Raises ReplayError.

    A folder is read once in a process.
    """
    path = settings.get("REPLAY")
    if path is None:
        return None
    if not path:  # an unset shell variable; it must not mean the network
        raise ReplayError("it names no folder")
    return _load(path)


@lru_cache
def _load(path: str) -> Recordings:
    return Recordings.load(Path(path))


def replay_clock(settings: BaseSettings, outlet: str) -> datetime | None:
    """Return the present instant of an outlet under REPLAY, in UTC: that of its newest recording.

    None for an outlet without a recording, or without REPLAY.
    """
    recorded = recordings(settings)
    if recorded is None:
        return None
    newest = recorded.newest(outlet)
    return newest.astimezone(UTC) if newest else None


def fetched_at(response: Response) -> datetime | None:
    """Return when a replayed response was recorded, in UTC; None for one from the network."""
    if response.request is None:
        return None
    recorded: datetime | None = response.request.meta.get(FETCHED_AT)
    return recorded.astimezone(UTC) if recorded else None

"""The REPLAY setting, and what it changes for a crawl: where answers come from, and what time it
is."""

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawler.replay.recording import Recordings, ReplayError

# A request's meta key, set when a recording answers it; an aware datetime.
FETCHED_AT = "replay_fetched_at"


def recordings(settings: BaseSettings) -> Recordings | None:
    """The recordings that stand in for the network, or None. Raises ReplayError.

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
    """The present instant at an outlet under REPLAY, in UTC: that of its newest recording.

    None when it has none, or without REPLAY.
    """
    recorded = recordings(settings)
    newest = recorded.newest(outlet) if recorded else None
    return newest.astimezone(UTC) if newest else None


def fetched_at(response: Response) -> datetime | None:
    """When a replayed response was recorded, in UTC; None for a response from the network."""
    recorded: datetime | None = response.request.meta.get(FETCHED_AT) if response.request else None
    return recorded.astimezone(UTC) if recorded else None

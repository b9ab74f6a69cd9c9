"""Recorded exchanges: record them (`scrapy record`), crawl them offline (`-s REPLAY=PATH`)."""

from crawler.replay.offline import NotRecorded
from crawler.replay.recording import Recordings, ReplayError
from crawler.replay.replay_setting import (
    fetched_at,
    recorded_addresses,
    recordings,
    replay_clock,
)

__all__ = [
    "NotRecorded",
    "Recordings",
    "ReplayError",
    "fetched_at",
    "recorded_addresses",
    "recordings",
    "replay_clock",
]

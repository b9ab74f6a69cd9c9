"""Recorded exchanges: crawled in the network's place (`-s REPLAY=PATH`), recorded from it (`scrapy
record`)."""

from crawler.replay.offline import NotRecorded
from crawler.replay.recording import Recordings, ReplayError
from crawler.replay.switch import fetched_at, recordings, replay_clock

__all__ = ["NotRecorded", "Recordings", "ReplayError", "fetched_at", "recordings", "replay_clock"]

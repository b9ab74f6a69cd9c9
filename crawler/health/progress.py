"""The live line of a crawl in a terminal; silent anywhere else."""

import logging
import sys
import time
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.text import Text
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import AsyncioLoopingCall

from crawler.health.tally import Tally

INTERVAL = 0.25  # seconds between two looks at the stats: often enough to feel live


class ProgressLine:
    """Pages, new stories, copies, revisions, failures and pages a minute, rewritten in place on stderr."""

    def __init__(self, crawler: Crawler, console: Console) -> None:
        self.crawler = crawler
        self.live = Live(console=console, auto_refresh=False, transient=True)
        self.loop = AsyncioLoopingCall(self.show)
        self.handlers: list[logging.StreamHandler] = []  # type: ignore[type-arg]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        console = Console(stderr=True)
        if not console.is_terminal:
            raise NotConfigured
        line = cls(crawler, console)
        crawler.signals.connect(line.start, signal=signals.spider_opened)
        crawler.signals.connect(line.stop, signal=signals.spider_closed)
        return line

    def start(self) -> None:
        self.began = time.monotonic()
        stderr = sys.stderr
        self.live.start()
        # Log lines must go through the live line's own stream, or each would be written into the middle of it.
        for handler in logging.root.handlers:
            if isinstance(handler, logging.StreamHandler) and handler.stream is stderr:
                handler.setStream(sys.stderr)
                self.handlers.append(handler)
        self.loop.start(INTERVAL)

    def show(self) -> None:
        assert self.crawler.stats is not None
        assert self.crawler.spider is not None
        tally = Tally.of(self.crawler.stats.get_stats())
        minutes = (time.monotonic() - self.began) / 60
        failures = sum(tally.failures.values())
        self.live.update(
            Text.assemble(
                (f"{self.crawler.spider.name}  ", "bold"),
                f"{tally.fetched} pages  {tally.new_stories} new stories  {tally.copies} copies  "
                f"{tally.revisions} revisions  ",
                (f"{failures} failures  ", "red" if failures else ""),
                f"{tally.fetched / minutes:.0f} pages/min" if minutes else "",
            ),
            refresh=True,
        )

    def stop(self) -> None:
        self.loop.stop()
        self.live.stop()
        for handler in self.handlers:
            handler.setStream(sys.stderr)

"""The live line of each crawl in a terminal; silent anywhere else."""

import logging
import sys
import time
from typing import ClassVar, Self

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import AsyncioLoopingCall

from crawler.counts import CrawlCounts

INTERVAL = 0.25  # seconds between two looks at the stats: often enough to feel live


class Board:
    """The part of the terminal that all crawls of this process share: a line for each that runs."""

    def __init__(self) -> None:
        self.lines: list[ProgressLine] = []
        self.handlers: list[logging.StreamHandler] = []  # type: ignore[type-arg]

    def add(self, line: "ProgressLine") -> None:
        self.lines.append(line)
        if len(self.lines) > 1:
            return
        stderr = sys.stderr
        self.live = Live(console=Console(stderr=True), auto_refresh=False, transient=True)
        self.live.start()
        # Log lines must go through the live part's own stream, or each would be written into the
        # middle of it.
        for handler in logging.root.handlers:
            if isinstance(handler, logging.StreamHandler) and handler.stream is stderr:
                handler.setStream(sys.stderr)
                self.handlers.append(handler)
        self.loop = AsyncioLoopingCall(self.show)
        self.loop.start(INTERVAL)

    def show(self) -> None:
        self.live.update(Group(*(line.text() for line in self.lines)), refresh=True)

    def remove(self, line: "ProgressLine") -> None:
        self.lines.remove(line)
        if self.lines:
            return
        self.loop.stop()
        self.live.stop()
        for handler in self.handlers:
            handler.setStream(sys.stderr)
        self.handlers.clear()


class ProgressLine:
    """Pages, new stories, copies, revisions, failures and pages a minute, rewritten in place on
    stderr."""

    board: ClassVar = Board()

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not Console(stderr=True).is_terminal:
            raise NotConfigured
        line = cls(crawler)
        crawler.signals.connect(line.start, signal=signals.spider_opened)
        crawler.signals.connect(line.stop, signal=signals.spider_closed)
        return line

    def start(self) -> None:
        self.began = time.monotonic()
        self.board.add(self)

    def text(self) -> Text:
        """The line as it stands now, cut to the terminal."""
        assert self.crawler.stats is not None
        assert self.crawler.spider is not None
        counts = CrawlCounts.of(self.crawler.stats.get_stats())
        minutes = (time.monotonic() - self.began) / 60
        failures = sum(counts.failures.values())
        line = Text.assemble(
            (f"{self.crawler.spider.name}  ", "bold"),
            f"pages {counts.fetched}  new stories {counts.new_stories}  copies {counts.copies}  "
            f"revisions {counts.revisions}  ",
            (f"failures {failures}  ", "red" if failures else ""),
            f"{counts.fetched / minutes:.0f} pages/min" if minutes else "",
        )
        line.no_wrap, line.overflow = True, "crop"
        return line

    def stop(self) -> None:
        self.board.remove(self)

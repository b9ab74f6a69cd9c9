"""The live line of each crawl in a terminal; silent anywhere else."""

import logging
import sys
import time
from typing import ClassVar, Self, TextIO

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import AsyncioLoopingCall

from crawler.counts import CrawlCounts

REFRESH_SECONDS = 0.25  # between two looks at the stats: often enough to feel live


class Board:
    """The part of the terminal that all crawls of this process share, from the first line to the
    last."""

    current: ClassVar["Board | None"] = None

    def __init__(self) -> None:
        self.lines: list[ProgressLine] = []
        self.handlers: list[logging.StreamHandler[TextIO]] = []
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
        self.loop.start(REFRESH_SECONDS)

    @classmethod
    def add(cls, line: "ProgressLine") -> None:
        """Show `line`, on a new board if there is none."""
        if cls.current is None:
            cls.current = cls()
        cls.current.lines.append(line)
        cls.current.show()  # a crawl may be over before the next look

    @classmethod
    def remove(cls, line: "ProgressLine") -> None:
        """Show `line` no more, and end the board with its last line."""
        board = cls.current
        if board is None:
            return
        board.lines.remove(line)
        if not board.lines:
            board.end()
            cls.current = None

    def show(self) -> None:
        self.live.update(Group(*(line.text() for line in self.lines)), refresh=True)

    def end(self) -> None:
        self.loop.stop()
        self.live.stop()
        for handler in self.handlers:
            handler.setStream(sys.stderr)


class ProgressLine:
    """Rewrites one crawl's line on stderr in place: pages, new stories, copies, revisions,
    failures, and pages a minute."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.began = time.monotonic()

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
        Board.add(self)

    def text(self) -> Text:
        """Return the line as it stands now, cut to the terminal."""
        assert self.crawler.spider is not None
        counts = CrawlCounts.of(self.crawler.stats.get_stats())
        minutes = (time.monotonic() - self.began) / 60
        failures = sum(counts.failures.values())
        line = Text.assemble(
            (f"{self.crawler.spider.name}  ", "bold"),
            f"pages {counts.fetched}  new stories {counts.new_stories}  copies {counts.copies}  "
            f"revisions {counts.revisions}  ",
            (f"failures {failures}  ", "red" if failures else ""),
        )
        if minutes:
            line.append(f"{counts.fetched / minutes:.0f} pages/min")
        line.no_wrap, line.overflow = True, "crop"
        return line

    def stop(self) -> None:
        Board.remove(self)

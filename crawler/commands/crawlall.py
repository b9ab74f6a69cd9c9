"""`scrapy crawlall`: all outlets, or those that are due, in one process or several; one failing
outlet never stops another, and two that share a host group never run at once."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from scrapy.commands import BaseRunSpiderCommand
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.utils.defer import deferred_f_from_coro_f
from twisted.internet.error import ReactorNotRunning

from crawler.counts import CrawlCounts
from crawler.health.report import Rows, print_rows, write_rows
from crawler.health.schedule import Pauses
from crawler.health.status import Status, gravest
from crawler.outlet import Outlet
from crawler.processes import ROWS_OPTION, crawl_in_processes, divide
from crawler.runs.fleet import DueOutlets, Fleet
from crawler.runs.watchdog import END_SECONDS, end_after_parent, end_after_signal, end_within
from crawler.spiders.base import OutletSpider
from crawler.spiders.crawled import check_outlets_off, reason_to_leave_out
from crawler.spiders.loader import unknown_name
from crawler.storage import StoreError
from crawler.store_command import (
    add_outlet_options,
    positive,
    read_crawl_arguments,
    refuse_arguments,
    report_store_error,
    select_outlets,
    tell_broken,
)

AT_MOST = 32
"""How many outlets are crawled at once in one process, by default: each waits for its site most of
the time, and holds some megabytes meanwhile."""


class Command(BaseRunSpiderCommand):
    requires_project = True
    default_settings = {  # noqa: RUF012 (Scrapy's own declaration of it)
        "STORE_AT_START": True,
        "SPIDER_LOADER_WARN_ONLY": True,
    }

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Crawl all outlets, or those that are due, into the store"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_outlet_options(parser)
        parser.add_argument("--only", metavar="NAME,...", help="only these outlets")
        parser.add_argument(
            "--due",
            action="store_true",
            help="only outlets whose last run was long enough ago, by what it brought",
        )
        parser.add_argument(
            "--jobs", type=positive, default=1, metavar="N", help="in so many processes"
        )
        parser.add_argument(
            "--at-most",
            type=positive,
            default=AT_MOST,
            metavar="K",
            help=f"so many outlets at once in a process (default: {AT_MOST})",
        )
        # Where one process of several leaves its rows of the table.
        parser.add_argument(ROWS_OPTION, dest="rows_to", type=int, help=argparse.SUPPRESS)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        self.check(args, opts)
        if opts.rows_to is not None:
            end_after_parent()
        assert self.crawler_process is not None
        broken: Rows = {}
        if opts.rows_to is None:  # or the process that started this one tells them
            skipped = tell_broken(self.crawler_process.spider_loader)
            broken = {each.file: (CrawlCounts(), "failed") for each in skipped if not opts.only}
        try:
            status, rows = self.crawl_asked(opts)
        except StoreError as error:
            self.exitcode = report_store_error("crawlall", error)
            return
        self.exitcode = gravest([status, Status.DEGRADED]) if broken else status
        self.tell(rows | broken, opts.rows_to)
        end_within(END_SECONDS, Status(self.exitcode))

    def crawl_asked(self, opts: argparse.Namespace) -> tuple[Status, Rows]:
        """Crawl what the options ask for; return the gravest status, and what became of each
        outlet. Raises StoreError when what is due cannot be read, UsageError."""
        outlets = self.selected(opts)
        loop = asyncio.get_event_loop()
        due_outlets = DueOutlets(outlets, self.store_uri, self.pauses()) if opts.due else None
        first = (
            loop.run_until_complete(due_outlets.due(datetime.now(UTC))) if due_outlets else outlets
        )
        asked = {outlet.name for outlet in first}
        shares = divide(outlets, opts.jobs, asked)
        if len(shares) == 1:
            return self.crawl(first, due_outlets, opts)
        if due_outlets:
            loop.run_until_complete(due_outlets.close())
        if shares:
            return crawl_in_processes(shares, asked)
        print("No outlet is due.", file=sys.stderr)
        return Status.DONE, {}

    def check(self, args: list[str], opts: argparse.Namespace) -> None:
        """Raise UsageError for arguments, options and settings that make no sense here."""
        refuse_arguments(args)
        if read_crawl_arguments(opts).url:
            raise UsageError(
                "url names one outlet's article; give it to `scrapy crawl`", print_help=False
            )
        assert self.settings is not None
        for uri in map(str, self.settings.getdict("FEEDS")):
            if "%(name)s" not in uri:
                raise UsageError(
                    f"outlets cannot share {uri}: write -O '%(name)s.jsonl'", print_help=False
                )
        if self.settings.get("JOBDIR"):
            raise UsageError(
                "JOBDIR serves one outlet; give it to `scrapy crawl`", print_help=False
            )

    def selected(self, opts: argparse.Namespace) -> list[Outlet]:
        """Return the outlets that the options name and that are crawled, sorted unless `--only`
        gives an order; say which of those that `--only` names are left out. Raises UsageError when
        there is no such outlet."""
        assert self.crawler_process is not None
        assert self.settings is not None
        loader = self.crawler_process.spider_loader
        spiders = [loader.load(name) for name in sorted(loader.list())]
        outlets = {
            spider.name: spider.outlet for spider in spiders if issubclass(spider, OutletSpider)
        }
        names = opts.only.split(",") if opts.only else list(outlets)
        for name in names:
            if name not in outlets:
                raise UsageError(unknown_name("outlet", name, outlets), print_help=False)
        check_outlets_off(self.settings, outlets)
        crawled = []
        for name in names:
            reason = reason_to_leave_out(outlets[name], self.settings)
            if reason is None:
                crawled.append(outlets[name])
            elif opts.only:
                print(f"{name} is left out, {reason}", file=sys.stderr)
        return select_outlets(crawled, opts)

    @property
    def store_uri(self) -> str:
        """The setting STORE_URI."""
        assert self.settings is not None
        return str(self.settings["STORE_URI"])

    def pauses(self) -> Pauses:
        """Return how long outlets are left alone, by the settings."""
        assert self.settings is not None
        return Pauses(
            after_news=timedelta(seconds=self.settings.getfloat("CRAWL_EVERY")),
            longest=timedelta(seconds=self.settings.getfloat("CRAWL_EVERY_MOST")),
            after_refusal=timedelta(hours=self.settings.getfloat("REFUSED_PAUSE")),
        )

    def crawl(
        self, first: Sequence[Outlet], due_outlets: DueOutlets | None, opts: argparse.Namespace
    ) -> tuple[Status, Rows]:
        """Crawl in this process: the outlets of `first`, and those that become due while one of
        them is at work. Return the gravest status, and what became of each."""
        from twisted.internet import reactor  # not before Scrapy has chosen it

        assert self.crawler_process is not None

        def begin(outlet: Outlet) -> tuple[Crawler, "asyncio.Task[None]"]:
            assert self.crawler_process is not None
            crawler = self._create_crawler(outlet.name)
            task = self.crawler_process.crawl(crawler, **opts.spargs)
            assert isinstance(task, asyncio.Task)
            return crawler, task

        fleet = Fleet(begin, self.store_uri, opts.at_most)
        running = asyncio.get_event_loop().create_task(fleet.run(first, due_outlets))

        async def end() -> None:
            await fleet.stop()
            await asyncio.wait([running])

        def stop_reactor(_: object) -> None:
            with suppress(ReactorNotRunning):  # a signal is stopping it
                reactor.stop()  # type: ignore[misc]

        running.add_done_callback(stop_reactor)
        # Reached on a signal, when Scrapy has stopped the crawls that it could.
        reactor.addSystemEventTrigger("before", "shutdown", deferred_f_from_coro_f(end))  # type: ignore[arg-type]
        # A turn later: Scrapy sets its handlers of signals when the reactor runs.
        reactor.callWhenRunning(reactor.callLater, 0, end_after_signal)
        self.crawler_process.start(stop_after_crawl=False)
        running.result()
        return fleet.status(ignore_already_running=due_outlets is not None), fleet.rows()

    def tell(self, rows: Rows, descriptor: int | None) -> None:
        """Print the table at the end, or hand it to the process that reads `descriptor`."""
        if descriptor is None:
            print_rows(rows)
            return
        with open(descriptor, "w", encoding="utf-8") as file:
            write_rows(rows, file)

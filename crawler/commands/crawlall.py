"""`scrapy crawlall`: all outlets, or those that are due, in one process or several; one failing
outlet never stops another, and two that share a host group never run at once."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from scrapy.commands import BaseRunSpiderCommand
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from crawler.causes import Ending
from crawler.fetching.host_groups import chains
from crawler.health.report import report, stats_of
from crawler.health.schedule import RUNS_READ, Pauses, due_at
from crawler.health.status import Status
from crawler.outlet import Outlet
from crawler.processes import crawl_in_processes
from crawler.spiders.arguments import ArgumentError, Arguments
from crawler.spiders.base import OutletSpider
from crawler.storage import StoreError, open_store
from crawler.store_command import (
    add_outlet_options,
    positive,
    refuse_arguments,
    report_store_error,
    select_outlets,
)


class Command(BaseRunSpiderCommand):
    requires_project = True
    default_settings = {"STORE_AT_START": True}  # noqa: RUF012 (Scrapy's own declaration of it)

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

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        self.check(args, opts)
        outlets = self.selected(opts)
        try:
            due = (
                asyncio.get_event_loop().run_until_complete(self.due(outlets))
                if opts.due
                else outlets
            )
        except StoreError as error:
            self.exitcode = report_store_error("crawlall", error)
            return
        grouped = chains(due)
        if opts.jobs > 1 and len(grouped) > 1:
            self.exitcode = crawl_in_processes(grouped, opts.jobs)
        elif grouped:
            self.exitcode = self.crawl(grouped, opts)
        else:
            print("No outlet is due.", file=sys.stderr)

    def check(self, args: list[str], opts: argparse.Namespace) -> None:
        """Raises UsageError for what cannot be meant."""
        refuse_arguments(args)
        try:
            arguments = Arguments.read(opts.spargs)
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from None
        if arguments.url:
            raise UsageError(
                "url names one outlet's article; give it to `scrapy crawl`", print_help=False
            )
        assert self.settings is not None
        if shared := [uri for uri in self.settings.getdict("FEEDS") if "%(name)s" not in str(uri)]:
            raise UsageError(
                f"outlets cannot share {shared[0]}: write -O '%(name)s.jsonl'", print_help=False
            )
        if self.settings.get("JOBDIR"):
            raise UsageError(
                "JOBDIR serves one outlet; give it to `scrapy crawl`", print_help=False
            )

    def selected(self, opts: argparse.Namespace) -> list[Outlet]:
        """The outlets that the options name, by name. Raises UsageError when there is none."""
        assert self.crawler_process is not None
        loader = self.crawler_process.spider_loader
        spiders = [loader.load(name) for name in sorted(loader.list())]
        outlets = {
            spider.name: spider.outlet for spider in spiders if issubclass(spider, OutletSpider)
        }
        names = opts.only.split(",") if opts.only else list(outlets)
        if unknown := [name for name in names if name not in outlets]:
            known = ", ".join(outlets)
            raise UsageError(f"unknown outlet {unknown[0]!r}; known: {known}", print_help=False)
        return select_outlets([outlets[name] for name in names], opts)

    async def due(self, outlets: Sequence[Outlet]) -> list[Outlet]:
        """Those whose time has come by their last runs. Raises StoreError."""
        assert self.settings is not None
        pauses = Pauses(
            after_news=timedelta(seconds=self.settings.getfloat("CRAWL_EVERY")),
            longest=timedelta(seconds=self.settings.getfloat("CRAWL_EVERY_MOST")),
            after_refusal=timedelta(hours=self.settings.getfloat("REFUSED_PAUSE")),
        )
        now = datetime.now(UTC)
        due = []
        async with open_store(self.settings["STORE_URI"]) as store:
            for outlet in outlets:
                runs = [run async for run in store.runs(outlet=outlet.name, limit=RUNS_READ)]
                # A run dated in the future was dated by a clock that was wrong.
                if (due_at(runs, pauses) or now) <= now or runs[0].started > now:
                    due.append(outlet)
        return due

    def crawl(self, grouped: Sequence[Sequence[Outlet]], opts: argparse.Namespace) -> Status:
        """Crawl in this process: all chains at once, the outlets of each one after the other."""
        assert self.crawler_process is not None
        crawlers: dict[str, Crawler] = {}
        for chain in grouped:
            self.crawl_next(list(chain), opts.spargs, crawlers)
        self.crawler_process.start()
        return report(crawlers, ignoring={Status.ALREADY_RUNNING} if opts.due else ())

    def crawl_next(
        self, chain: list[Outlet], arguments: dict[str, str], crawlers: dict[str, Crawler]
    ) -> None:
        """Crawl the first of `chain`, and the next one when it has ended, however it did, but for a
        signal."""
        assert self.crawler_process is not None
        first, *others = chain
        crawler = crawlers[first.name] = self._create_crawler(first.name)
        crawling = self.crawler_process.crawl(crawler, **arguments)
        assert isinstance(crawling, asyncio.Task)

        def ended(_: object) -> None:
            if others and stats_of(crawler).get("finish_reason") != Ending.SHUTDOWN:
                self.crawl_next(others, arguments, crawlers)

        crawling.add_done_callback(ended)

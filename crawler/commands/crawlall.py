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
from crawler.spiders.base import OutletSpider
from crawler.storage import StoreError, open_store
from crawler.store_command import (
    add_outlet_options,
    positive,
    read_crawl_arguments,
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
        if opts.due:
            try:
                outlets = asyncio.get_event_loop().run_until_complete(self.due(outlets))
            except StoreError as error:
                self.exitcode = report_store_error("crawlall", error)
                return
        outlet_chains = chains(outlets)
        if not outlet_chains:
            print("No outlet is due.", file=sys.stderr)
        elif opts.jobs > 1 and len(outlet_chains) > 1:
            self.exitcode = crawl_in_processes(outlet_chains, opts.jobs)
        else:
            self.exitcode = self.crawl(outlet_chains, opts)

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
        """Return the outlets that the options name, sorted unless `--only` gives an order. Raises
        UsageError when there is no such outlet."""
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
        """Return the outlets whose last runs say that it is time for the next. Raises
        StoreError."""
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
                at = due_at(runs, pauses)
                # A run that began in the future was dated by a clock that was wrong.
                if at is None or at <= now or runs[0].started > now:
                    due.append(outlet)
        return due

    def crawl(self, outlet_chains: Sequence[Sequence[Outlet]], opts: argparse.Namespace) -> Status:
        """Crawl in this process, all chains at once and the outlets of a chain one after the other;
        print the table and return the gravest status."""
        assert self.crawler_process is not None
        crawlers: dict[str, Crawler] = {}
        for chain in outlet_chains:
            self.crawl_next(list(chain), opts.spargs, crawlers)
        self.crawler_process.start()
        return report(crawlers, ignoring={Status.ALREADY_RUNNING} if opts.due else ())

    def crawl_next(
        self, chain: list[Outlet], arguments: dict[str, str], crawlers: dict[str, Crawler]
    ) -> None:
        """Crawl the first outlet of `chain`, and the others after its end, unless a signal has
        ended it. Add each crawler to `crawlers`."""
        assert self.crawler_process is not None
        first, *others = chain
        crawler = crawlers[first.name] = self._create_crawler(first.name)
        crawling = self.crawler_process.crawl(crawler, **arguments)
        assert isinstance(crawling, asyncio.Task)

        def ended(_: object) -> None:
            if others and stats_of(crawler).get("finish_reason") != Ending.SHUTDOWN:
                self.crawl_next(others, arguments, crawlers)

        crawling.add_done_callback(ended)

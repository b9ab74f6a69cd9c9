"""`scrapy crawl NAME`: Scrapy's own command, with usage checked first, a table last, and an exit status that
means something (Scrapy's is 0 whatever happened to the pages)."""

import argparse

from rich.console import Console
from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from crawler.health.status import Status, exit_status
from crawler.health.table import print_table
from crawler.health.tally import Tally
from crawler.spiders.arguments import ArgumentError, Arguments


class Command(ScrapyCrawl):
    default_settings = {"STORE_AT_START": True}  # noqa: RUF012 (Scrapy's own declaration of it)

    def short_desc(self) -> str:
        return "Crawl an outlet by name into the store"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("name one outlet; `scrapy list` shows them", print_help=False)
        assert self.crawler_process is not None
        name = args[0]
        known = self.crawler_process.spider_loader.list()
        if name not in known:
            raise UsageError(f"unknown outlet {name!r}; known: {', '.join(sorted(known))}", print_help=False)
        try:
            Arguments.read(opts.spargs)
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from None

        crawler = self._create_crawler(name)
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        self.report(name, crawler)

    def report(self, name: str, crawler: Crawler) -> None:
        """Print the table to stderr (stdout may carry `-O -`) and set the exit status."""
        if self.crawler_process is None or self.crawler_process.bootstrap_failed or crawler.stats is None:
            self.exitcode = Status.ERROR
            return
        stats = crawler.stats.get_stats()
        tally = Tally.of(stats)
        status = exit_status(tally, finished=stats.get("finish_reason") == "finished")
        if not tally.store_down:
            print_table({name: (tally, status)}, Console(stderr=True, soft_wrap=True))
        self.exitcode = int(status)

"""`scrapy crawl NAME`: Scrapy's own command, with usage checked first, a table last, and an exit
status that means something (Scrapy's is 0 whatever happened to the pages)."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from crawler.causes import Ending
from crawler.health.report import report, stats_of
from crawler.health.status import Status
from crawler.spiders.arguments import ArgumentError, Arguments
from crawler.storage.locks import try_lock


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
            raise UsageError(
                f"unknown outlet {name!r}; known: {', '.join(sorted(known))}", print_help=False
            )
        try:
            arguments = Arguments.read(opts.spargs)
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from None
        outlet = getattr(self.crawler_process.spider_loader.load(name), "outlet", None)
        if arguments.url and outlet and urlsplit(arguments.url).hostname not in outlet.hosts:
            raise UsageError(f"url: {arguments.url!r} is on no host of {name}", print_help=False)

        assert self.settings is not None
        crawler = self._create_crawler(name)
        try:
            with jobdir(self.settings.get("JOBDIR"), crawler):
                self.crawler_process.crawl(crawler, **opts.spargs)
                self.crawler_process.start()
        except InUse as error:
            print(f"scrapy crawl: {error}", file=sys.stderr)
            self.exitcode = Status.ALREADY_RUNNING
            return
        self.exitcode = report({name: crawler})


class InUse(Exception):
    """A folder of a job that another crawl works in."""


@contextmanager
def jobdir(path: str | None, crawler: Crawler) -> Iterator[None]:
    """Mark the folder of a job while `crawler` runs. Raises UsageError for one that a crash has
    left, InUse for one of a crawl that still runs.

    After a kill Scrapy's queues there have lost what was pending and would end as if all were done.
    A crawl that came to its end leaves nothing to go on with: what it has asked for is forgotten,
    so that the next may ask.
    """
    if not path:
        yield
        return
    mark = Path(path) / "running"
    mark.parent.mkdir(parents=True, exist_ok=True)
    left = mark.exists()
    with mark.open("ab") as file:
        if not try_lock(file):
            raise InUse(f"JOBDIR {path}: another crawl is at work in it")
        if left:
            raise UsageError(
                f"JOBDIR {path} was left by a crawl that was killed, and has lost what was pending: remove it;"
                " the next crawl goes on from the store's frontier",
                print_help=False,
            )
        yield
        mark.unlink()
    if stats_of(crawler).get("finish_reason") == Ending.FINISHED:
        (Path(path) / "requests.seen").unlink(missing_ok=True)

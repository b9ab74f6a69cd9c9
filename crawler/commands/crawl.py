"""`scrapy crawl NAME`: Scrapy's own command, with usage checked first, a table last, and an exit status that
means something (Scrapy's is 0 whatever happened to the pages)."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from crawler.health.report import report
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
            arguments = Arguments.read(opts.spargs)
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from None
        outlet = getattr(self.crawler_process.spider_loader.load(name), "outlet", None)
        if arguments.url and outlet and urlsplit(arguments.url).hostname not in outlet.hosts:
            raise UsageError(f"url: {arguments.url!r} is on no host of {name}", print_help=False)

        assert self.settings is not None
        crawler = self._create_crawler(name)
        with jobdir(self.settings.get("JOBDIR"), crawler):
            self.crawler_process.crawl(crawler, **opts.spargs)
            self.crawler_process.start()
        self.exitcode = report({name: crawler})


@contextmanager
def jobdir(path: str | None, crawler: Crawler) -> Iterator[None]:
    """Mark the folder of a job while `crawler` runs. Raises UsageError for one that a crash has left.

    After a kill Scrapy's queues there have lost what was pending and would end as if all were done. A crawl that
    came to its end leaves nothing to go on with: what it has asked for is forgotten, so that the next may ask.
    """
    if not path:
        yield
        return
    mark = Path(path) / "running"
    if mark.exists():
        raise UsageError(
            f"JOBDIR {path} was left by a crawl that was killed, and has lost what was pending: remove it;"
            " the next crawl goes on from the store's frontier",
            print_help=False,
        )
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    yield
    mark.unlink()
    if crawler.stats.get_value("finish_reason") == "finished":
        (Path(path) / "requests.seen").unlink(missing_ok=True)

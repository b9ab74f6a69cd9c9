"""`scrapy crawl NAME`: Scrapy's own command, with usage checked first, a table last, and an exit status that
means something (Scrapy's is 0 whatever happened to the pages)."""

import argparse
from urllib.parse import urlsplit

from scrapy.commands.crawl import Command as ScrapyCrawl
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

        crawler = self._create_crawler(name)
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        self.exitcode = report({name: crawler})

"""`scrapy crawlall`: every outlet in one process, one failing outlet never stopping another."""

import argparse

from scrapy.commands import BaseRunSpiderCommand
from scrapy.exceptions import UsageError

from crawler.health.report import report
from crawler.spiders.arguments import ArgumentError, Arguments
from crawler.spiders.base import OutletSpider


class Command(BaseRunSpiderCommand):
    requires_project = True
    default_settings = {"STORE_AT_START": True}  # noqa: RUF012 (Scrapy's own declaration of it)

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Crawl every outlet into the store, in one process"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--language", choices=("ar", "ur"), help="only outlets in this language")
        parser.add_argument("--country", metavar="CC", help="only outlets of this country, e.g. PK")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError(f"unexpected argument {args[0]!r}", print_help=False)
        try:
            arguments = Arguments.read(opts.spargs)
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from None
        if arguments.url:
            raise UsageError("url names one outlet's article; give it to `scrapy crawl`", print_help=False)
        assert self.settings is not None
        if shared := [uri for uri in self.settings.getdict("FEEDS") if "%(name)s" not in str(uri)]:
            raise UsageError(f"outlets cannot share {shared[0]}: write -O '%(name)s.jsonl'", print_help=False)
        assert self.crawler_process is not None
        loader = self.crawler_process.spider_loader
        crawlers = {}
        for name in sorted(loader.list()):
            spider = loader.load(name)
            if not issubclass(spider, OutletSpider):
                continue
            if opts.language in (None, spider.outlet.language) and opts.country in (None, spider.outlet.country):
                crawlers[name] = self._create_crawler(name)
                self.crawler_process.crawl(crawlers[name], **opts.spargs)
        if not crawlers:
            raise UsageError("no outlet matches", print_help=False)
        self.crawler_process.start()
        self.exitcode = report(crawlers)

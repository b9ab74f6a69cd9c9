"""`scrapy record URL`: keep one live exchange as a fixture that tests replay."""

import argparse
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.utils.conf import closest_scrapy_cfg

from crawler.causes import REFUSALS, Cause
from crawler.health.status import Status
from crawler.items import Article
from crawler.replay.case import (
    body_name,
    case_name,
    expected_of_article,
    expected_of_discovery,
    find_conflict,
    write_case,
)
from crawler.replay.recorder import (
    Capture,
    capturing_spider,
    prepare_settings,
    request_to_record,
)
from crawler.spiders.base import OutletSpider
from crawler.spiders.loader import unknown_name


class Command(ScrapyCommand):
    requires_project = True

    def syntax(self) -> str:
        return "[options] <url>"

    def short_desc(self) -> str:
        return "Record a live page, feed, sitemap or listing as a fixture"

    def long_desc(self) -> str:
        return (
            "Fetch one address, obeying robots.txt, and write fixtures/<outlet>/<case>/ with every"
            " hop of the exchange, the body, and what our extraction reads in it, for a person to"
            " check."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--spider", metavar="NAME", help="the outlet (default: the one whose address it is)"
        )
        parser.add_argument(
            "--form",
            metavar="TEXT",
            help="send this by POST (default: as declared for the address, of several the first)",
        )
        parser.add_argument(
            "--case", metavar="NAME", help="the case's folder (default: from address, day and time)"
        )
        parser.add_argument(
            "--into", metavar="FOLDER", help="the fixtures folder (default: the project's)"
        )
        parser.add_argument(
            "--force", action="store_true", help="replace the case if it is there already"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.crawler_process is not None
        self.check(args, opts)
        url = args[0]
        spider = self.spider_for(url, opts.spider)
        fixtures = Path(opts.into) if opts.into else Path(closest_scrapy_cfg()).parent / "fixtures"
        outlet_folder = fixtures / str(spider.name)
        if opts.case and not opts.force and (outlet_folder / opts.case).exists():
            raise UsageError(
                f"{outlet_folder / opts.case} exists; --force replaces it", print_help=False
            )

        assert issubclass(spider, OutletSpider)
        capture = Capture(request_to_record(spider.outlet, url, opts.form))
        prepare_settings(self.crawler_process.settings)
        self.crawler_process.crawl(capturing_spider(spider, capture))
        self.crawler_process.start()
        if capture.failure or not capture.hops:
            cause = capture.failure or Cause.ERROR
            print(f"{url}: {cause}; nothing recorded", file=sys.stderr)
            self.exitcode = Status.REFUSED if cause in REFUSALS else Status.FAILED
        else:
            self.save(capture, outlet_folder, opts)

    def check(self, args: list[str], opts: argparse.Namespace) -> None:
        """Raise UsageError for arguments and settings that cannot be recorded with."""
        assert self.crawler_process is not None
        if len(args) != 1 or not args[0].startswith(("http://", "https://")):
            raise UsageError("name one http(s) address", print_help=False)
        if opts.form is not None and not opts.form:
            raise UsageError("--form sends nothing: leave it out", print_help=False)
        if opts.case and not re.fullmatch(r"\w[\w.-]*", opts.case):
            raise UsageError(f"--case {opts.case!r} is not a folder name", print_help=False)
        if self.crawler_process.settings.get("REPLAY"):
            raise UsageError("recording needs the network: leave out REPLAY", print_help=False)

    def spider_for(self, url: str, name: str | None) -> type[Spider]:
        """Return the spider called `name`, or the only one that `url` belongs to. Raises
        UsageError."""
        assert self.crawler_process is not None
        loader = self.crawler_process.spider_loader
        if name:
            if name not in loader.list():
                raise UsageError(unknown_name("outlet", name, loader.list()), print_help=False)
            return loader.load(name)
        names = loader.find_by_request(Request(url)) or self.spiders_of_host(url)
        if len(names) == 1:
            return loader.load(names[0])
        owners = "no outlet has it"
        if names:
            owners = f"several outlets have it: {', '.join(sorted(names))}"
        raise UsageError(f"{url}: {owners}; name one with --spider", print_help=False)

    def spiders_of_host(self, url: str) -> list[str]:
        """Return the names of the spiders of the address's host, for an address that is neither an
        article nor declared."""
        assert self.crawler_process is not None
        loader = self.crawler_process.spider_loader
        host = urlsplit(url).hostname
        spiders = [loader.load(name) for name in loader.list()]
        return [
            spider.name
            for spider in spiders
            if issubclass(spider, OutletSpider) and host and spider.outlet.has_host(host)
        ]

    def save(self, capture: Capture, outlet_folder: Path, opts: argparse.Namespace) -> None:
        """Write the case, or print in one line why it cannot be written."""
        last = capture.hops[-1]
        name = case_name(capture.kind, last.url, last.fetched_at)
        if not opts.force and (outlet_folder / name).exists():
            name += f"-{last.fetched_at:%Y-%m-%dT%H%M%S}"  # another answer of the address
        folder = outlet_folder / (opts.case or name)
        problem = find_conflict(outlet_folder.parent, folder, capture.hops)
        if folder.exists() and not opts.force:
            problem = f"{folder} exists; --case names another, --force replaces it"
        if problem:
            print(f"{problem}; nothing recorded", file=sys.stderr)
            self.exitcode = Status.USAGE
            return
        if capture.kind:
            expected = expected_of_discovery(capture.kind, capture.addresses)
        else:
            expected = expected_of_article(capture.article or Article(last.url))
        write_case(folder, capture.hops, body_name(capture.kind, last.body), expected)
        unread = "our extraction finds no article in it; "
        if capture.kind or capture.article:
            unread = ""
        print(
            f"{folder}: {unread}read expected.json against the page, correct it,"
            ' and set "checked" to true'
        )

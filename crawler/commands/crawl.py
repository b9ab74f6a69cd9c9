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
from crawler.outlet import outlet_of
from crawler.runs.watchdog import END_SECONDS, end_after_signal, end_within
from crawler.spiders.crawled import check_outlets_off, is_switched_off, reason_to_leave_out
from crawler.spiders.loader import unknown_name
from crawler.storage.locks import try_lock
from crawler.store_command import read_crawl_arguments, tell_broken


class Command(ScrapyCrawl):
    default_settings = {  # noqa: RUF012 (Scrapy's own declaration of it)
        "STORE_AT_START": True,
        "SPIDER_LOADER_WARN_ONLY": True,
    }

    def short_desc(self) -> str:
        return "Crawl an outlet by name into the store"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from twisted.internet import reactor  # not before Scrapy has chosen it

        if len(args) != 1:
            raise UsageError("name one outlet; `scrapy list` shows them", print_help=False)
        assert self.crawler_process is not None
        name = args[0]
        loader = self.crawler_process.spider_loader
        tell_broken(loader)
        if name not in loader.list():
            raise UsageError(unknown_name("outlet", name, loader.list()), print_help=False)
        arguments = read_crawl_arguments(opts)
        outlet = outlet_of(loader.load(name))
        host = urlsplit(arguments.url or "").hostname or ""
        if arguments.url and outlet and not outlet.has_host(host):
            raise UsageError(f"url: {arguments.url!r} is on no host of {name}", print_help=False)

        assert self.settings is not None
        check_outlets_off(self.settings, loader.list())
        if outlet and is_switched_off(outlet, self.settings):
            raise UsageError(f"{name} is switched off by OUTLETS_OFF", print_help=False)
        if outlet and (reason := reason_to_leave_out(outlet, self.settings)):
            print(f"{name}: `crawlall` leaves it out, {reason}", file=sys.stderr)
        crawler = self._create_crawler(name)
        try:
            with held_jobdir(self.settings.get("JOBDIR"), crawler):
                self.crawler_process.crawl(crawler, **opts.spargs)
                # A turn later: Scrapy sets its handlers of signals when the reactor runs.
                reactor.callWhenRunning(reactor.callLater, 0, end_after_signal)
                self.crawler_process.start()
        except JobdirInUse as error:
            print(f"scrapy crawl: {error}", file=sys.stderr)
            self.exitcode = Status.ALREADY_RUNNING
            return
        self.exitcode = report({name: crawler})
        end_within(END_SECONDS, self.exitcode)


class JobdirInUse(Exception):
    """The JOBDIR belongs to a crawl that still runs."""


@contextmanager
def held_jobdir(path: str | None, crawler: Crawler) -> Iterator[None]:
    """Hold the JOBDIR `path`, if one is set, while `crawler` runs. Raises UsageError for one that a
    killed crawl has left, JobdirInUse for that of a crawl that still runs.

    After a kill Scrapy's queues in the folder have lost what was pending and would end as if all
    were done. A crawl that came to its end leaves nothing to go on with: the requests that it has
    made are forgotten, so that the next crawl may make them.
    """
    if not path:
        yield
        return
    mark = Path(path) / "running"
    mark.parent.mkdir(parents=True, exist_ok=True)
    was_killed = mark.exists()
    with mark.open("ab") as file:
        if not try_lock(file):
            raise JobdirInUse(f"JOBDIR {path}: another crawl is at work in it")
        if was_killed:
            raise UsageError(
                f"JOBDIR {path} was left by a crawl that was killed, and has lost what was pending:"
                " remove it; the next crawl goes on from the store's frontier",
                print_help=False,
            )
        yield
        mark.unlink()
    if stats_of(crawler).get("finish_reason") == Ending.FINISHED:
        (Path(path) / "requests.seen").unlink(missing_ok=True)

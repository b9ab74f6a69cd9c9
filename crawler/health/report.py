"""What a finished run says: a table for people, a status for whoever scheduled it."""

from collections.abc import Collection, Mapping
from typing import Any

from rich.console import Console
from scrapy.crawler import Crawler

from crawler.counts import CrawlCounts
from crawler.health.status import Status, exit_status, gravest
from crawler.health.table import LOG_WIDTH, print_table


def report(crawlers: Mapping[str, Crawler], *, ignoring: Collection[Status] = ()) -> Status:
    """Print one row for each outlet to stderr (stdout may carry `-O -`); the gravest status of all
    but those in `ignoring`."""
    rows = {name: _outcome(crawler) for name, crawler in sorted(crawlers.items())}
    # What did not begin has been told in one line.
    started = {
        name: row
        for name, row in rows.items()
        if not (row[0].store_down or row[0].store_unusable or row[0].not_started) or row[0].fetched
    }
    if started:
        console = Console(stderr=True)
        if not console.is_terminal:
            console.width = LOG_WIDTH
        print_table(started, console)
    return gravest(status for _, status in rows.values() if status not in ignoring)


def stats_of(crawler: Crawler) -> Mapping[str, Any]:
    """Scrapy's stats of a crawl; none of one that could not even be set up."""
    try:
        return crawler.stats.get_stats()
    except RuntimeError:
        return {}


def _outcome(crawler: Crawler) -> tuple[CrawlCounts, Status]:
    stats = stats_of(crawler)
    counts = CrawlCounts.of(stats)
    if "finish_reason" not in stats:  # the crawler could not even be set up; Scrapy has said why
        return counts, Status.ERROR
    return counts, exit_status(counts, reason=stats["finish_reason"])

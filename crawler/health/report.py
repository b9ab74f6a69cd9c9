"""The end of a crawl: a table for people, an exit status for whoever scheduled it."""

from collections.abc import Collection, Mapping
from typing import Any

from rich.console import Console
from scrapy.crawler import Crawler

from crawler.counts import CrawlCounts
from crawler.health.status import Status, exit_status, gravest
from crawler.health.table import LOG_WIDTH, print_table


def report(crawlers: Mapping[str, Crawler], *, ignoring: Collection[Status] = ()) -> Status:
    """Print a table with a row for each outlet, and return the gravest of their statuses.

    crawlers: by outlet. ignoring: statuses that do not count. The table goes to stderr: stdout may
    carry `-O -`.
    """
    results = {outlet: _result(crawler) for outlet, crawler in sorted(crawlers.items())}
    rows = {outlet: result for outlet, result in results.items() if _has_begun(result[0])}
    if rows:
        console = Console(stderr=True)
        if not console.is_terminal:
            console.width = LOG_WIDTH
        print_table(rows, console)
    return gravest(status for _, status in results.values() if status not in ignoring)


def stats_of(crawler: Crawler) -> Mapping[str, Any]:
    """Return Scrapy's stats of a crawl; an empty mapping when it could not even be set up."""
    try:
        return crawler.stats.get_stats()
    except RuntimeError:
        return {}


def _result(crawler: Crawler) -> tuple[CrawlCounts, Status]:
    """Return the counts of a crawl and its exit status."""
    stats = stats_of(crawler)
    counts = CrawlCounts.of(stats)
    # Without a reason it could not even be set up; Scrapy has printed why.
    if "finish_reason" not in stats:
        return counts, Status.ERROR
    return counts, exit_status(counts, reason=stats["finish_reason"])


def _has_begun(counts: CrawlCounts) -> bool:
    """Return False for a crawl that did not begin, as a line of its own has told."""
    if counts.fetched:
        return True
    return not (counts.store_down or counts.store_unusable or counts.not_started)

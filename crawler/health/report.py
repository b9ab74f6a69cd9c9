"""The end of a crawl: a table for people, an exit status for whoever scheduled it."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import IO, Any

from rich.console import Console
from scrapy.crawler import Crawler

from crawler.counts import CrawlCounts
from crawler.health.status import Status, exit_status, gravest
from crawler.health.table import LOG_WIDTH, print_table

Row = tuple[CrawlCounts, Status | str]
"""The counts of a crawl, and its status or a word for a crawl that has none."""

Rows = dict[str, Row]
"""What became of each outlet that was asked for, by its name."""


def report(crawlers: Mapping[str, Crawler]) -> Status:
    """Print a table with a row for each outlet, and return the gravest of their statuses.

    crawlers: by outlet. A crawl that did not begin has no row: a line of its own has told.
    """
    results = {outlet: result_of(crawler) for outlet, crawler in sorted(crawlers.items())}
    print_rows({outlet: result for outlet, result in results.items() if _has_begun(result[0])})
    return gravest(status for _, status in results.values())


def print_rows(rows: Mapping[str, Row]) -> None:
    """Print the table at the end, unless it is empty. It goes to stderr: stdout may carry
    `-O -`."""
    if not rows:
        return
    console = Console(stderr=True)
    if not console.is_terminal:
        console.width = LOG_WIDTH
    print_table(rows, console)


def write_rows(rows: Mapping[str, Row], file: IO[str]) -> None:
    """Write `rows` as JSON lines, for another process to read with `read_rows`."""
    for outlet, (counts, status) in rows.items():
        file.write(json.dumps([outlet, asdict(counts), status]) + "\n")


def read_rows(file: Iterable[str]) -> Rows:
    """Return the rows that another process wrote into `file`; a line that its end cut short is
    left out."""
    rows: Rows = {}
    for line in file:
        with suppress(ValueError):
            outlet, counts, status = json.loads(line)
            word_or_status = status if isinstance(status, str) else Status(status)
            rows[outlet] = CrawlCounts(**counts), word_or_status
    return rows


def stats_of(crawler: Crawler) -> Mapping[str, Any]:
    """Return Scrapy's stats of a crawl; an empty mapping when it could not even be set up."""
    try:
        return crawler.stats.get_stats()
    except RuntimeError:
        return {}


def result_of(crawler: Crawler) -> tuple[CrawlCounts, Status]:
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

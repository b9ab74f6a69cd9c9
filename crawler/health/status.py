"""What a crawl's exit status says to whoever scheduled it."""

from collections.abc import Iterable
from enum import IntEnum

from crawler.causes import REFUSALS, Cause, Ending
from crawler.counts import CrawlCounts

# A page may go between its announcement and our visit; a few such are every day's news, not a
# fault.
EXPECTED = (Cause.HTTP_404, Cause.HTTP_410, f"{Cause.NOT_ARTICLE}/")
# But when more than a quarter of what was announced is gone or no article, the announcements or the
# pages changed.
FEW = 3
# Reasons for the end of a run that another run of the outlet has kept from its work.
OVERTAKEN = (Ending.ALREADY_RUNNING, Ending.LEASE_LOST)


class Status(IntEnum):
    """Exit statuses of `scrapy crawl`; the names stand in run summaries."""

    DONE = 0
    ERROR = 1
    USAGE = 2
    DEGRADED = 10
    FAILED = 11
    REFUSED = 12
    STORE_DOWN = 13
    ALREADY_RUNNING = 14


_GRAVITY = (
    Status.USAGE,
    Status.STORE_DOWN,
    Status.ALREADY_RUNNING,
    Status.ERROR,
    Status.REFUSED,
    Status.FAILED,
    Status.DEGRADED,
    Status.DONE,
)


def gravest(statuses: Iterable[Status]) -> Status:
    """The one of several outlets' statuses that a scheduler has to know; DONE of none."""
    return min(statuses, key=_GRAVITY.index, default=Status.DONE)


def exit_status(counts: CrawlCounts, *, reason: str) -> Status:
    """The status of a crawl by its counts and by Scrapy's reason for its end: "finished", or what
    stopped it.

    If several hold the gravest is told: the store, another run, an error of ours, refusal, failure,
    degradation.
    """
    if counts.store_unusable:
        return Status.USAGE
    if counts.store_down or counts.spooled:
        return Status.STORE_DOWN
    if reason in OVERTAKEN:
        return Status.ALREADY_RUNNING
    if counts.errors:
        return Status.ERROR
    if reason == Ending.REFUSED:
        return Status.REFUSED
    nothing_read = counts.stored + counts.unmodified == 0 and (
        counts.failures or not counts.discovered
    )
    # Where discovery works and the rest is known, one page that could not be read is not the site's
    # word.
    if nothing_read and not counts.known and reason in (Ending.FINISHED, Ending.UNAVAILABLE):
        refused = sum(count for cause, count in counts.failures.items() if cause in REFUSALS)
        return Status.REFUSED if refused * 2 > sum(counts.failures.values()) else Status.FAILED
    expected = sum(count for cause, count in counts.failures.items() if cause.startswith(EXPECTED))
    surprising = expected < sum(counts.failures.values()) or expected > max(FEW, counts.found // 4)
    if reason != Ending.FINISHED or counts.discovery_failed or surprising:
        return Status.DEGRADED
    return Status.DONE

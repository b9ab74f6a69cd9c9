"""The exit status of a crawl, for whoever scheduled it."""

from collections.abc import Iterable
from enum import IntEnum

from crawler.causes import REFUSALS, Cause, Ending
from crawler.counts import CrawlCounts

# A page may go between its announcement and our visit: a few such failures are no fault. But when
# more than a quarter of what was announced is gone or no article, the announcements or the pages
# have changed.
EXPECTED_CAUSES = (Cause.HTTP_404, Cause.HTTP_410, f"{Cause.NOT_ARTICLE}/")
FEW_EXPECTED = 3
EXPECTED_SHARE = 4  # one in so many
# How a run ends that another run of the outlet has kept from its work.
OVERTAKEN = (Ending.ALREADY_RUNNING, Ending.LEASE_LOST)
# How a run ends that was not stopped for a reason of ours.
COMPLETED = (Ending.FINISHED, Ending.UNAVAILABLE)


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
    """Return the status that a scheduler has to know of several outlets; DONE without any."""
    return min(statuses, key=_GRAVITY.index, default=Status.DONE)


def exit_status(counts: CrawlCounts, *, reason: str) -> Status:
    """Return the status of a crawl. reason: Scrapy's for its end, an `Ending`.

    If several hold, the gravest is told: the store, another run, an error of ours, refusal,
    failure, degradation.
    """
    if counts.store_unusable:
        return Status.USAGE
    if counts.store_down or counts.spooled:
        return Status.STORE_DOWN
    if reason in OVERTAKEN:
        return Status.ALREADY_RUNNING
    if counts.errors or Cause.UNACCOUNTED in counts.failures:
        return Status.ERROR
    if reason == Ending.REFUSED:
        return Status.REFUSED
    if reason in COMPLETED and _nothing_was_read(counts):
        return Status.REFUSED if _most_were_refused(counts) else Status.FAILED
    if reason != Ending.FINISHED or counts.discovery_failed or _failures_are_unusual(counts):
        return Status.DEGRADED
    if counts.left and not counts.stored and not counts.unmodified:
        return Status.DEGRADED  # its time was over before it had read a page
    return Status.DONE


def _nothing_was_read(counts: CrawlCounts) -> bool:
    # Where discovery works and the rest is known, one page that could not be read is not the site's
    # word.
    if counts.has_read or counts.other_items:
        return False
    return bool(counts.failures or counts.put_off) or not counts.discovered


def _most_were_refused(counts: CrawlCounts) -> bool:
    refused = sum(count for cause, count in counts.failures.items() if cause in REFUSALS)
    return refused > sum(counts.failures.values()) / 2


def _failures_are_unusual(counts: CrawlCounts) -> bool:
    expected = sum(
        count for cause, count in counts.failures.items() if cause.startswith(EXPECTED_CAUSES)
    )
    if expected < sum(counts.failures.values()):
        return True
    return expected > max(FEW_EXPECTED, counts.found // EXPECTED_SHARE)

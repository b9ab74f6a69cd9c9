import pytest

from crawler.counts import CrawlCounts
from crawler.health.status import Status, exit_status, gravest

DONE = {"found": 3, "fetched": 3, "new_stories": 3}


@pytest.mark.parametrize(
    ("counts", "reason", "status"),
    [
        (DONE, "finished", Status.DONE),
        ({"found": 3, "fetched": 3, "unchanged": 3}, "finished", Status.DONE),
        (DONE | {"gaps": {"date": 1}}, "finished", Status.DONE),
        (DONE | {"failures": {"http_404": 1, "not_article/gallery": 1}}, "finished", Status.DONE),
        (DONE | {"failures": {"timeout": 1}}, "finished", Status.DEGRADED),
        (DONE | {"failures": {"not_recorded": 1}}, "finished", Status.DEGRADED),
        (DONE | {"failures": {"http_404": 1}, "discovery_failed": 1}, "finished", Status.DEGRADED),
        (DONE, "shutdown", Status.DEGRADED),
        ({}, "shutdown", Status.DEGRADED),
        ({}, "finished", Status.FAILED),
        ({"discovered": 2}, "finished", Status.DONE),
        (
            {"found": 20, "fetched": 1, "new_stories": 1, "failures": {"http_404": 19}},
            "finished",
            Status.DEGRADED,
        ),
        (
            {"failures": {"http_403": 4, "not_article/empty": 1}, "fetched": 1, "found": 5},
            "finished",
            Status.REFUSED,
        ),
        ({"store_unusable": True}, "shutdown", Status.USAGE),
        ({"failures": {"dns": 1}, "discovery_failed": 1}, "finished", Status.FAILED),
        (
            {"found": 2, "fetched": 2, "failures": {"not_article/listing": 2}},
            "finished",
            Status.FAILED,
        ),
        ({"failures": {"http_403": 1}, "discovery_failed": 1}, "finished", Status.REFUSED),
        ({"found": 2, "failures": {"challenge": 2}}, "finished", Status.REFUSED),
        ({"failures": {"robots": 1}, "discovery_failed": 1}, "finished", Status.REFUSED),
        (
            {"found": 2, "fetched": 1, "failures": {"http_403": 1, "not_article/empty": 1}},
            "finished",
            Status.FAILED,
        ),
        (DONE | {"errors": 1}, "finished", Status.ERROR),
        (DONE | {"errors": 1, "spooled": 1}, "finished", Status.STORE_DOWN),
        ({"store_down": True}, "store_down", Status.STORE_DOWN),
        (DONE, "refused", Status.REFUSED),
        ({"failures": {"crawl_delay": 1}, "discovery_failed": 1}, "finished", Status.REFUSED),
        ({"failures": {"robots_unreachable": 1}, "discovery_failed": 1}, "finished", Status.FAILED),
        ({"failures": {"http_503": 1}, "discovery_failed": 1}, "unavailable", Status.FAILED),
        (DONE | {"failures": {"http_503": 1}}, "unavailable", Status.DEGRADED),
        ({}, "already_running", Status.ALREADY_RUNNING),
        (DONE | {"errors": 1}, "lease_lost", Status.ALREADY_RUNNING),
        ({"found": 9, "known": 9, "discovered": 1}, "finished", Status.DONE),
        ({"found": 9, "fetched": 2, "unmodified": 2, "discovered": 1}, "finished", Status.DONE),
        ({"found": 9, "known": 9, "put_off": 9, "discovered": 1}, "finished", Status.FAILED),
        ({"found": 9, "known": 9, "put_off": 8, "discovered": 1}, "finished", Status.DONE),
        (
            {
                "found": 9,
                "known": 8,
                "put_off": 8,
                "discovered": 1,
                "failures": {"http_403": 1},
            },
            "finished",
            Status.REFUSED,
        ),
        (DONE | {"failures": {"unaccounted": 1}}, "finished", Status.ERROR),
        (
            {"found": 9, "known": 8, "discovered": 1, "failures": {"http_404": 1}},
            "finished",
            Status.DONE,
        ),
        (
            {"found": 9, "known": 8, "discovered": 1, "failures": {"timeout": 1}},
            "finished",
            Status.DEGRADED,
        ),
        (
            {"found": 9, "known": 8, "discovered": 1, "failures": {"challenge": 1}},
            "finished",
            Status.DEGRADED,
        ),
    ],
)
def test_the_exit_status_tells_the_gravest_thing(counts: dict, reason: str, status: Status) -> None:  # type: ignore[type-arg]
    assert exit_status(CrawlCounts(**counts), reason=reason) is status


def test_of_several_outlets_the_gravest_status_is_told() -> None:
    assert gravest([Status.DONE, Status.DEGRADED, Status.REFUSED, Status.FAILED]) is Status.REFUSED
    assert gravest([Status.ERROR, Status.STORE_DOWN, Status.FAILED]) is Status.STORE_DOWN
    assert gravest([]) is Status.DONE

"""`scrapy carriers` on the store that a replayed crawl of every outlet filled."""

from collections.abc import Callable

from tests.commands.conftest import Replayed, Show
from tests.conftest import Scrapy


def test_an_agency_is_shown_with_the_outlets_that_carry_it(
    scrapy: Scrapy, replayed_crawl: Replayed, listing: Callable[[str], Show]
) -> None:
    (carrier,) = listing("carriers")("--source", "سبوتنيك")
    assert carrier == {
        "agency": "sputnik",
        "name": "Sputnik",
        "outlet": "urdupoint_ar",
        "copies": 1,
        "share": 0.5,
        "median_minutes": 38,
    }
    process = scrapy("carriers", "--source", "Sputnik", KHABAR_STORE_URI=replayed_crawl[0])
    head, row = process.stdout.splitlines()
    assert head.split() == ["agency", "outlet", "copies", "share", "median", "after", "first"]
    assert row.split() == ["Sputnik", "urdupoint_ar", "1", "50%", "38", "min"]


def test_an_unknown_agency_is_an_error_and_an_empty_span_is_said(
    scrapy: Scrapy, replayed_crawl: Replayed
) -> None:
    process = scrapy("carriers", "--source", "Sputnk", KHABAR_STORE_URI=replayed_crawl[0])
    assert process.returncode == 2
    assert "unknown source 'Sputnk'; did you mean sputnik" in process.stdout + process.stderr
    none = ("--since", "2024-01-02", "--until", "2024-01-01")
    process = scrapy("carriers", *none, KHABAR_STORE_URI=replayed_crawl[0])
    assert process.returncode == 2
    assert "--since 2024-01-02 is not before --until 2024-01-01" in process.stdout + process.stderr
    process = scrapy("carriers", "--since", "2030-01-01", KHABAR_STORE_URI=replayed_crawl[0])
    assert (process.returncode, process.stdout) == (0, "")
    assert process.stderr == "No stored copy that matches credits an agency.\n"

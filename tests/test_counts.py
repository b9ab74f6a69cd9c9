import re
from pathlib import Path

import pytest

import crawler
from crawler.counts import STORED_NAMES, CrawlCounts, stats_key

COUNTED = re.compile(r'(?:self\._?count|stats_key)\(\s*f?"([^"]+)"')


def test_the_counts_are_read_from_scrapys_stats() -> None:
    stats = {
        "khabar/found": 5,
        "khabar/fetched": 4,
        "khabar/outcome/new_story": 1,
        "khabar/outcome/new_copy": 1,
        "khabar/outcome/revision": 1,
        "khabar/outcome/unchanged": 1,
        "khabar/gap/date": 2,
        "khabar/failure/http_404": 1,
        "khabar/failure/not_article/listing": 1,
        "khabar/unknown_source/الوادي": 2,
        "spider_exceptions/count": 1,
        "downloader/request_count": 9,
    }
    assert CrawlCounts.of(stats) == CrawlCounts(
        found=5,
        fetched=4,
        new_stories=1,
        copies=1,
        revisions=1,
        unchanged=1,
        gaps={"date": 2},
        failures={"http_404": 1, "not_article/listing": 1},
        unknown_sources={"الوادي": 2},
        errors=1,
    )
    assert CrawlCounts.of(stats).stored == 4


def test_what_scrapy_counts_itself_is_counted_in() -> None:
    stats = {
        "offsite/filtered": 2,
        "khabar/failure/dns": 1,
        "khabar/errors": 1,
        "feedexport/failed_count/FileFeedStorage": 3,
        "feedexport/success_count/FileFeedStorage": 5,
    }
    counts = CrawlCounts.of(stats)
    assert (counts.failures, counts.errors) == ({"dns": 1, "offsite": 2}, 4)


def test_a_count_is_added_to_where_it_is_read() -> None:
    assert CrawlCounts.of({stats_key("copies"): 2}).copies == 2
    assert CrawlCounts.of({stats_key("warnings/drift/body"): 2}).warnings == {"drift/body": 2}
    with pytest.raises(KeyError):
        stats_key("warning/drift/body")


def test_every_count_that_the_code_adds_to_is_declared() -> None:
    root = Path(crawler.__file__).parent
    counted = [name for path in root.rglob("*.py") for name in COUNTED.findall(path.read_text())]
    assert len(counted) > 15
    for name in counted:
        column, by_name, _ = name.partition("/")
        assert isinstance(getattr(CrawlCounts(), column), dict) == bool(by_name)


def test_stored_names_stay_as_they_were() -> None:
    renamed = {name: stored for name, stored in STORED_NAMES.items() if name != stored}
    assert renamed == {"warnings": "doubts"}

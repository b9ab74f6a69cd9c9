from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from scrapy.exceptions import DropItem

from crawler.items import Article, Authors
from crawler.pipelines.dates import DatesPipeline
from crawler.pipelines.fingerprint import FingerprintPipeline
from crawler.pipelines.sources import SourcesPipeline
from crawler.pipelines.validate import ValidatePipeline

Build = Callable[[type], tuple[Any, Callable[[], dict[str, Any]]]]
URL = "https://sahifa.example/7"
SEEN = datetime(2024, 5, 6, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("empty", [None, "", " \u200b\u202b\n"])
def test_an_item_with_neither_headline_nor_body_is_dropped_and_counted(
    step: Build, empty: str | None
) -> None:
    validate, counted = step(ValidatePipeline)
    with pytest.raises(DropItem):
        validate.process_item(Article(url=URL, headline=empty, body=empty))
    assert counted() == {"khabar/dropped/empty": 1}


def test_one_of_headline_and_body_is_stored_with_a_counted_gap(step: Build) -> None:
    validate, counted = step(ValidatePipeline)
    assert validate.process_item(Article(url=URL, headline="افتتاح متحف")).headline == "افتتاح متحف"
    assert validate.process_item(Article(url=URL, body="نص الخبر.")).headline is None
    assert counted() == {"khabar/gap/body": 1, "khabar/gap/headline": 1}


def test_stored_text_carries_no_controls_and_no_lone_surrogates(step: Build) -> None:
    validate, _ = step(ValidatePipeline)
    item = validate.process_item(
        Article(url=URL, headline="خبر\u202e\x00 عا\ud800جل", body="فقرة\n\n\n\nأخرى")
    )
    assert (item.headline, item.body) == ("خبر عاجل", "فقرة\n\nأخرى")


def test_a_raw_date_is_read_in_the_outlets_zone(step: Build) -> None:
    dates, counted = step(DatesPipeline)
    item = dates.process_item(Article(url=URL, fetched_at=SEEN, published_raw="2024-05-06 10:15"))
    assert item.published == datetime(2024, 5, 6, 7, 15, tzinfo=UTC)
    assert (item.published_precision, item.zone) == ("minute", "Asia/Amman")
    assert counted() == {}


def test_what_is_no_date_stays_raw_and_is_counted(step: Build) -> None:
    dates, counted = step(DatesPipeline)
    item = dates.process_item(Article(url=URL, fetched_at=SEEN, published_raw="العدد 14352"))
    assert (item.published, item.published_raw) == (None, "العدد 14352")
    assert counted() == {"khabar/doubt/unreadable_date": 1, "khabar/gap/date": 1}


@pytest.mark.parametrize(
    ("published", "kept"),
    [
        (datetime(2024, 5, 7, 11, 0, tzinfo=UTC), True),
        (datetime(2024, 5, 7, 13, 0, tzinfo=UTC), False),
    ],
)
def test_a_publication_more_than_a_day_ahead_is_kept_raw_and_counted(
    step: Build, published: datetime, kept: bool
) -> None:
    dates, counted = step(DatesPipeline)
    raw = published.isoformat()
    item = dates.process_item(
        Article(
            url=URL,
            fetched_at=SEEN,
            published=published,
            published_raw=raw,
            published_precision="minute",
        )
    )
    assert item.published == (published if kept else None)
    assert item.published_raw == raw
    assert counted() == ({} if kept else {"khabar/doubt/future_date": 1, "khabar/gap/date": 1})


def test_a_publication_before_the_web_is_kept_raw_and_counted(step: Build) -> None:
    dates, counted = step(DatesPipeline)
    published = datetime(1988, 5, 7, tzinfo=UTC)
    item = dates.process_item(
        Article(url=URL, fetched_at=SEEN, published=published, published_raw="7/5/1988")
    )
    assert (item.published, item.published_raw) == (None, "7/5/1988")
    assert counted() == {"khabar/doubt/date_before_web": 1, "khabar/gap/date": 1}


def test_modified_before_published_is_noted_not_swapped(step: Build) -> None:
    dates, counted = step(DatesPipeline)
    published, modified = datetime(2024, 5, 6, 9, tzinfo=UTC), datetime(2024, 5, 6, 8, tzinfo=UTC)
    item = dates.process_item(
        Article(url=URL, fetched_at=SEEN, published=published, modified=modified)
    )
    assert (item.published, item.modified) == (published, modified)
    assert counted() == {"khabar/doubt/modified_before_published": 1}


def test_the_dateline_comes_off_and_who_says_it_is_attributed(step: Build) -> None:
    sources, counted = step(SourcesPipeline)
    body = "عمان - بترا - افتتح الوزير الجسر الجديد صباح اليوم."
    item = sources.process_item(Article(url=URL, body=body))
    assert (item.dateline, item.body) == ("عمان - بترا -", "افتتح الوزير الجسر الجديد صباح اليوم.")
    assert item.place == "عمان"
    assert [(found.source.id, found.role) for found in item.sources] == [("petra", "publisher")]
    assert counted() == {"khabar/credited": 1}


def test_bylines_are_read_before_the_authors_that_were_made_of_them(step: Build) -> None:
    sources, _ = step(SourcesPipeline)
    item = Article(url=URL, body="افتتح الوزير الجسر.", authors=("سامي البدري",))
    assert (sources.process_item(item).place, item.reporter) == (None, "سامي البدري")
    item.authors = Authors.printed_in(("العقبة - سامي البدري (رويترز)",), item.authors)
    assert (sources.process_item(item).place, item.reporter) == ("العقبة", "سامي البدري")
    assert [(found.source.id, found.role) for found in item.sources] == [
        ("petra", "publisher"),
        ("reuters", "agency"),
    ]


def test_a_source_that_nobody_knows_is_kept_as_printed_and_counted_by_its_name(step: Build) -> None:
    sources, counted = step(SourcesPipeline)
    item = sources.process_item(
        Article(url=URL, body="افتتح الوزير الجسر الجديد.\n\nالمصدر: وكالة الوادي الأخضر")
    )
    assert [(found.source.id, found.source.name, found.role) for found in item.sources] == [
        ("petra", "Petra", "publisher"),
        ("", "وكالة الوادي الأخضر", "agency"),
    ]
    assert item.body is not None
    assert item.body.endswith("المصدر: وكالة الوادي الأخضر")
    assert counted() == {"khabar/credited": 1, "khabar/unknown_source/وكالة الوادي الأخضر": 1}


def test_a_declared_canonical_address_is_believed_only_when_it_is_an_articles(step: Build) -> None:
    fingerprint, _ = step(FingerprintPipeline)
    mobile = Article(
        url="https://m.sahifa.example/7", canonical_url="https://sahifa.example/7", body="نص الخبر."
    )
    fronted = Article(
        url="https://sahifa.example/8", canonical_url="https://sahifa.example/", body="نص آخر."
    )
    assert fingerprint.process_item(mobile).canonical_url == "https://sahifa.example/7"
    assert mobile.own_url == "https://sahifa.example/7"
    assert fingerprint.process_item(fronted).canonical_url == "https://sahifa.example/8"
    assert fronted.own_url is None
    claiming = Article(url="https://sahifa.example/9", canonical_url="https://sahifa.example/7")
    assert fingerprint.process_item(claiming).canonical_url == "https://sahifa.example/7"
    assert claiming.own_url is None
    assert fingerprint.process_item(Article(url=URL, headline="خبر")).content_hash is None
    assert mobile.content_hash is not None
    assert mobile.content_hash != fronted.content_hash

"""Text from pages is text in both stores: never an operator, a key, a statement, nor the end of a
crawl."""

import asyncio
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from crawler.gazetteer import Source
from crawler.items import Article, Attribution
from crawler.storage import Run, open_store
from tests.storage.samples import SyncStore, article

HOSTILE = {
    "operator": "$where",
    "path": "a.b.$[].c",
    "object": '{"$ne": 1}',
    "nul": "\x00",
    "nul inside": "خبر\x00$gt",
    "surrogate": "خبر \ud83d",
    "controls": "\x1b[0m\u202e",
    "statement": "'; DROP TABLE articles; --",
    "search": '"* OR NEAR(',
    "long": "م" * 5000,
}
OWN = ("outlet", "published", "published_precision", "modified", "fetched_at", "content_hash")
"""Fields that are ours and no text of a page's."""

SPIDER = """
from datetime import UTC, datetime

from crawler.discovery.kinds import Feed
from crawler.items import Article
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider


class WahaSpider(OutletSpider):
    outlet = Outlet(
        name="waha", title="Waha", native="الواحة", language="ar", country="JO", zone="Asia/Amman",
        hosts=("waha.example",), articles=r"https://waha.example/.+", delay=0,
        discovery=(Feed(url="https://waha.example/feed.xml"),), publisher="petra",
        as_of=2026, confidence="low",
    )

    async def start(self):
        for name, letters in (("first", 60), ("huge", 9_000_000), ("last", 60)):
            yield Article(
                f"https://waha.example/{name}", outlet="waha", headline=f"خبر {name}",
                body="م" * 60 + name, description="م" * letters, fetched_at=datetime.now(UTC),
            )
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_every_field_keeps_what_a_page_wrote(store: SyncStore, name: str) -> None:
    evil = HOSTILE[name]
    given: dict[str, Any] = dict.fromkeys(
        (field.name for field in fields(Article) if field.name not in OWN), evil
    )
    given |= {
        "authors": (evil,),
        "tags": (evil,),
        "sources": (Attribution(Source(evil, evil, "unknown"), "agency"),),
    }
    good = article("a")
    store.save(good, article("a", **given))

    kept = {stored.article.url: stored.article for stored in store.articles()}
    shown = evil.replace("\ud83d", "\ufffd")
    assert kept.keys() == {good.url, shown}
    read = {field: getattr(kept[shown], field) for field in given}
    source = Attribution(Source(shown, shown, "unknown"), "agency")
    assert read == dict.fromkeys(given, shown) | {
        "authors": (shown,),
        "tags": (shown,),
        "sources": (source,),
    }
    assert [stored.article.url for stored in store.articles(source=shown, place=shown)] == [shown]


def test_an_article_that_no_store_can_hold_is_one_failure_and_the_crawl_goes_on(
    mongodb_uri: str, scrapy: Any, tmp_path: Path
) -> None:
    """16 MiB are the most that a document of MongoDB may have."""
    (tmp_path / "waha.py").write_text(SPIDER, encoding="utf-8")
    settings = ("-s", f"STORE_URI={mongodb_uri}", "-s", f"SPOOL={tmp_path}/spool")
    process = scrapy(
        "runspider", str(tmp_path / "waha.py"), *settings, warnings="ignore::ResourceWarning"
    )

    async def load() -> tuple[Run, set[str]]:
        async with open_store(mongodb_uri) as opened:
            (run,) = [run async for run in opened.runs()]
            return run, {
                stored.article.url.rpartition("/")[2] async for stored in opened.articles()
            }

    run, stored = asyncio.run(load())
    assert stored == {"first", "last"}
    assert dict(run.failures) == {"store": 1}
    (line,) = process.stderr.splitlines()
    assert "https://waha.example/huge: mongodb://" in line
    assert len(line) < 400

"""Real saved pages through a replayed crawl of their outlets, one address at a time."""

import asyncio
import json
import re
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crawler.items import Article
from crawler.storage import open_store

PAGES = {
    "sputnik_ar": "sputnik-arabic-20200317-egypt-corona",
    "youm7": "youm7-20200824-irrigation",
    "bbc_ar": "bbc-arabic-20240303-bushnell",
}


@pytest.mark.parametrize("outlet", PAGES)
def test_a_real_page_is_stored_as_a_person_read_it(
    outlet: str, corpus: Path, tmp_path: Path, recorder: Any, scrapy: Any
) -> None:
    page = page_named(corpus, PAGES[outlet])
    truth = page["truth"]
    seen = (utc(truth["published"], "UTC") + timedelta(days=1)).isoformat()
    html = (corpus / "pages" / page["file"]).read_bytes()
    recorder(tmp_path / "fixtures")(outlet, page["url"], html, fetched_at=seen)
    uri = f"sqlite:///{tmp_path}/khabar.db"
    arguments = ("-a", f"url={page['url']}", "-s", f"REPLAY={tmp_path / 'fixtures'}")
    crawl = scrapy("crawl", outlet, *arguments, KHABAR_STORE_URI=uri)
    assert crawl.returncode == 0, crawl.stderr

    article = asyncio.run(only_article(uri))
    assert article.headline == truth["title"]
    assert article.published is not None
    assert (
        f"{article.published:%Y-%m-%d %H:%M}"
        == f"{utc(truth['published'], article.zone):%Y-%m-%d %H:%M}"
    )
    body = (corpus / "pages" / page["txt"]).read_text(encoding="utf-8")
    assert shingle_f1((article.dateline or "") + " " + (article.body or ""), body) >= 0.98


def page_named(corpus: Path, name: str) -> dict[str, Any]:
    for line in (corpus / "pages" / "index.jsonl").read_text(encoding="utf-8").splitlines():
        page: dict[str, Any] = json.loads(line)
        if name in page["file"]:
            return page
    raise LookupError(name)


def utc(printed: str, zone: str | None) -> datetime:
    """The truth's instant; it prints no offset where the page printed none, and the outlet's zone
    holds."""
    instant = datetime.fromisoformat(printed)
    return (
        instant if instant.tzinfo else instant.replace(tzinfo=ZoneInfo(zone or "UTC"))
    ).astimezone(ZoneInfo("UTC"))


async def only_article(uri: str) -> Article:
    async with open_store(uri) as store:
        (stored,) = [stored async for stored in store.articles()]
        return stored.article


def shingle_f1(found: str, true: str, size: int = 4) -> float:
    """F1 over shingles of `size` tokens, each counted as often as it occurs."""
    one, other = (
        Counter(zip(*(tokens[i:] for i in range(size)), strict=False))
        for tokens in (re.findall(r"\w+", text) for text in (found, true))
    )
    shared = (one & other).total()
    return 2 * shared / (one.total() + other.total())

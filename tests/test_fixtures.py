"""Every recorded page of every outlet, crawled as a user would and held field by field against
expected.json."""

import asyncio
import json
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader

from crawler.discovery import read_document
from crawler.replay.case import kind_name
from crawler.storage import StoredArticle, open_store

Replayed = tuple[str, "subprocess.CompletedProcess[str]"]

FIXTURES = Path(__file__).parents[1] / "fixtures"
CASES = sorted(path.parent for path in FIXTURES.glob("*/*/exchange.json"))
OUTLETS = sorted(get_spider_loader(Settings({"SPIDER_MODULES": ["crawler.spiders"]})).list())


def expected(case: Path) -> dict[str, Any]:
    return json.loads((case / "expected.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def last_hop(case: Path) -> dict[str, Any]:
    recorded = json.loads((case / "exchange.json").read_text(encoding="utf-8"))
    return (recorded["hops"] if isinstance(recorded, dict) else recorded)[-1]  # type: ignore[no-any-return]


ARTICLES = [case for case in CASES if "article" in expected(case)]
DISCOVERIES = [case for case in CASES if "discovery" in expected(case)]
FIELDS = [
    pytest.param(case, field, id=f"{case.parent.name}/{case.name}-{field}")
    for case in ARTICLES
    for field in expected(case)["article"]
]


def named(cases: list[Path]) -> list[Any]:
    return [pytest.param(case, id=f"{case.parent.name}/{case.name}") for case in cases]


@pytest.fixture(scope="session")
def crawled(replayed_crawl: Replayed) -> dict[str, StoredArticle]:
    """The stored articles of one replayed crawl of every outlet, by address."""

    async def load() -> dict[str, StoredArticle]:
        async with open_store(replayed_crawl[0]) as store:
            return {stored.article.url: stored async for stored in store.articles()}

    return asyncio.run(load())


def test_a_replayed_crawl_of_every_outlet_reads_everything(replayed_crawl: Replayed) -> None:
    assert replayed_crawl[1].returncode == 0, replayed_crawl[1].stderr


@pytest.mark.parametrize("outlet", OUTLETS)
def test_every_outlet_has_two_articles_and_a_discovery_document(outlet: str) -> None:
    assert len([case for case in ARTICLES if case.parent.name == outlet]) >= 2
    assert [case for case in DISCOVERIES if case.parent.name == outlet]


@pytest.mark.parametrize("case", named(CASES))
def test_a_person_has_read_what_is_expected(case: Path) -> None:
    assert expected(case)["checked"] is True


@pytest.mark.parametrize(("case", "field"), FIELDS)
def test_an_article_is_stored_as_expected(
    case: Path, field: str, crawled: dict[str, StoredArticle]
) -> None:
    stored = crawled[last_hop(case)["url"]]
    value = getattr(stored.article, field)
    if field == "sources":
        value = [{"id": found.source.id, "role": found.role} for found in value]
    elif isinstance(value, datetime):
        value = value.isoformat(timespec="milliseconds" if value.microsecond else "seconds")
    elif isinstance(value, tuple):
        value = list(value)
    assert value == expected(case)["article"][field]


@pytest.mark.parametrize("case", named(DISCOVERIES))
def test_a_discovery_document_announces_its_articles(case: Path) -> None:
    loader = get_spider_loader(Settings({"SPIDER_MODULES": ["crawler.spiders"]}))
    outlet = loader.load(case.parent.name).outlet  # type: ignore[attr-defined]
    hop = last_hop(case)
    kind = next(kind for kind in outlet.discovery if kind_name(kind) == expected(case)["discovery"])
    announcement = read_document(kind, (case / hop["body"]).read_bytes(), hop["url"])
    assert [link.url for link in announcement.links if outlet.is_article(link.url)] == expected(
        case
    )["addresses"]


def test_a_wire_story_on_two_outlets_is_one_story(crawled: dict[str, StoredArticle]) -> None:
    outlets: dict[str, set[str | None]] = {}
    for stored in crawled.values():
        outlets.setdefault(stored.story_id, set()).add(stored.article.outlet)
    assert {"urdupoint_ar", "sputnik_ar"} in outlets.values()

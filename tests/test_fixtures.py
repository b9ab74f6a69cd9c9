"""Every recorded page of every outlet, crawled as a user would and held field by field against
expected.json."""

import asyncio
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoaderProtocol, get_spider_loader

from crawler.discovery import read_document
from crawler.outlet import Outlet
from crawler.replay.case import kind_name
from crawler.replay.expected import EXPECTED, read_expected
from crawler.storage import Run, StoredArticle, open_store
from tests.conftest import Scrapy
from tools.written.cases import outlet_files
from tools.written.declared import outlet_names, read_outlet

FIXTURES = Path(__file__).parents[1] / "fixtures"
CASES = sorted(path.parent for path in FIXTURES.glob("*/*/exchange.json"))


@cache
def loader() -> SpiderLoaderProtocol:
    return get_spider_loader(Settings({"SPIDER_MODULES": ["crawler.spiders"]}))


def outlet_of(name: str) -> Outlet:
    return loader().load(name).outlet  # type: ignore[attr-defined,no-any-return]


@cache
def expected(case: Path) -> dict[str, Any]:
    return read_expected(case / EXPECTED)


def last_hop(case: Path) -> dict[str, Any]:
    recorded = json.loads((case / "exchange.json").read_text(encoding="utf-8"))
    return (recorded["hops"] if isinstance(recorded, dict) else recorded)[-1]  # type: ignore[no-any-return]


OUTLETS = sorted(loader().list())
ARTICLES = [case for case in CASES if "article" in expected(case)]
DISCOVERIES = [case for case in CASES if "discovery" in expected(case)]


def named(cases: list[Path]) -> list[Any]:
    return [pytest.param(case, id=f"{case.parent.name}/{case.name}") for case in cases]


Stored = dict[str, StoredArticle]


@dataclass(frozen=True)
class Crawled:
    """What one replayed crawl stored: the articles by address, and the run of each outlet."""

    articles: Stored
    runs: dict[str, Run]
    said: str


@pytest.fixture(scope="session")
def crawled(
    scrapy: Scrapy, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Crawled:
    """One replayed crawl in one process: of every outlet, or of those whose cases are asked for
    (`-k arabi21`)."""
    uri = f"sqlite:///{tmp_path_factory.mktemp('crawled')}/khabar.db"
    asked = sorted(set(outlets_asked_for(request.session.items))) or OUTLETS
    only = ("--only", ",".join(asked))
    crawl = scrapy("crawlall", *only, "-s", "REPLAY=fixtures", KHABAR_STORE_URI=uri)

    async def load() -> Crawled:
        async with open_store(uri) as store:
            articles = {stored.article.url: stored async for stored in store.articles()}
            runs = {run.outlet: run async for run in store.runs()}
        return Crawled(articles, runs, crawl.stderr)

    return asyncio.run(load())


@pytest.fixture(scope="session")
def stored(crawled: Crawled) -> Stored:
    return crawled.articles


def outlets_asked_for(items: list[pytest.Item]) -> Iterator[str]:
    """Yield the outlets that the tests of this run are about."""
    for item in items:
        call = getattr(item, "callspec", None)
        if item.path != Path(__file__) or call is None:
            continue
        if "article" in call.params:
            yield call.params["article"].parent.name
        if "crawled_outlet" in call.params:
            yield call.params["crawled_outlet"]


@pytest.mark.parametrize("outlet", OUTLETS)
def test_every_outlet_has_two_articles_and_what_announces_them(outlet: str) -> None:
    assert len([case for case in ARTICLES if case.parent.name == outlet]) >= 2
    documents = [case for case in DISCOVERIES if case.parent.name == outlet]
    assert bool(documents) == bool(outlet_of(outlet).discovery)


@pytest.mark.parametrize("outlet", outlet_names())
def test_the_written_fixtures_are_those_that_the_tables_give(outlet: str) -> None:
    """Else: python -m tools.write_fixtures."""
    folder = FIXTURES / outlet
    kept = {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }
    written = outlet_files(read_outlet(outlet))
    assert unpacked(written) == unpacked(kept)


def unpacked(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the contents of files; one text is packed differently by different zlibs."""
    return {
        name: gzip.decompress(content) if name.endswith(".gz") else content
        for name, content in files.items()
    }


@pytest.mark.parametrize("case", named(CASES))
def test_a_person_has_read_what_is_expected(case: Path) -> None:
    assert expected(case)["checked"] is True


@pytest.mark.parametrize("crawled_outlet", OUTLETS)
def test_a_replayed_crawl_reads_everything(crawled_outlet: str, crawled: Crawled) -> None:
    run = crawled.runs.get(crawled_outlet)
    assert run, crawled.said
    assert (run.status, run.failures) == ("done", {}), crawled.said


@pytest.mark.parametrize("article", named(ARTICLES))
def test_an_article_is_stored_as_expected(article: Path, stored: Stored) -> None:
    fields = expected(article)["article"]
    url = last_hop(article)["url"]
    assert url in stored, f"{url} was not stored"
    assert {name: plain(stored[url], name) for name in fields} == fields


def plain(found: StoredArticle, field: str) -> Any:
    """Return a field of an article as expected.json has it."""
    value = getattr(found.article, field)
    if field == "sources":
        return [{"id": each.source.id, "role": each.role} for each in value]
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds" if value.microsecond else "seconds")
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("document", named(DISCOVERIES))
def test_a_discovery_document_announces_its_articles(document: Path) -> None:
    outlet = outlet_of(document.parent.name)
    hop = last_hop(document)
    name = expected(document)["discovery"]
    kinds = [kind for kind in outlet.discovery if kind_name(kind) == name]
    # A child of an index is no declared address.
    kind = next((kind for kind in kinds if kind.covers(hop["url"])), kinds[0])
    announcement = read_document(kind, (document / hop["body"]).read_bytes(), hop["url"])
    addresses = [link.url for link in announcement.links if outlet.is_article(link.url)]
    assert addresses == expected(document)["addresses"]


@cache
def wires() -> dict[str, list[str]]:
    """Return the addresses of the written articles that carry each agency's story."""
    carried: dict[str, list[str]] = {}
    for name in outlet_names():
        for article in read_outlet(name).articles.values():
            if article.wire:
                carried.setdefault(article.wire, []).append(article.address)
    return carried


@pytest.mark.parametrize("wire", wires())
def test_an_agencys_story_is_one_story_on_all_outlets(wire: str, stored: Stored) -> None:
    stories = {stored[url].story_id for url in wires()[wire] if url in stored}
    assert len(stories) <= 1


def test_outlets_tell_one_story_only_where_they_carry_one_of_an_agency(stored: Stored) -> None:
    grain = {"urdupoint_ar", "sputnik_ar"}
    outlets: dict[str, set[str | None]] = {}
    carried = {url for urls in wires().values() for url in urls}
    for url, found in stored.items():
        if url not in carried:
            outlets.setdefault(found.story_id, set()).add(found.article.outlet)
    assert [names for names in outlets.values() if len(names) > 1 and names != grain] == []

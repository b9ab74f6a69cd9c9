"""`scrapy story` on the store that a replayed crawl of every outlet filled."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from crawler.frontier import TrackedUrl
from tests.commands.conftest import Replayed
from tests.conftest import Scrapy
from tests.storage.samples import NOON, SyncStore, article


def story(scrapy: Scrapy, uri: str, *arguments: str) -> dict[str, Any]:
    process = scrapy("story", "--json", *arguments, KHABAR_STORE_URI=uri)
    assert process.returncode == 0, process.stderr
    shown: dict[str, Any] = json.loads(process.stdout)
    return shown


def test_a_story_answers_to_its_id_and_to_the_address_of_each_copy(
    scrapy: Scrapy, replayed_crawl: Replayed
) -> None:
    uri = replayed_crawl[0]
    listed = scrapy("stories", "--json", "--source", "Sputnik", KHABAR_STORE_URI=uri).stdout
    wire = next(each for each in map(json.loads, listed.splitlines()) if len(each["copies"]) > 1)
    shown = story(scrapy, uri, wire["id"])
    assert {name: shown[name] for name in wire} == wire
    assert shown["body"]
    later = wire["copies"][1]
    assert story(scrapy, uri, later["url"]) == story(scrapy, uri, later["id"]) == shown
    process = scrapy("story", wire["id"], "--copies", "--diff", KHABAR_STORE_URI=uri)
    assert "38 min later  publisher pakistan-point-news  agency sputnik" in process.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("https://nobody.example/1",), "https://nobody.example/1 is not stored"),
        (("0" * 32,), f"{'0' * 32} is not stored"),
        (("nonsense",), "'nonsense' is not the address of a web page, nor an article's id"),
        ((), "name one story"),
    ],
)
def test_what_is_no_story_is_an_error(
    scrapy: Scrapy, replayed_crawl: Replayed, arguments: tuple[str, ...], message: str
) -> None:
    process = scrapy("story", *arguments, KHABAR_STORE_URI=replayed_crawl[0])
    assert process.returncode == 2
    assert message in process.stdout + process.stderr


def test_a_removed_story_says_so_and_one_that_goes_on_answers_to_the_old_id(
    scrapy: Scrapy, tmp_path: Path
) -> None:
    store = SyncStore(f"sqlite:///{tmp_path}/khabar.db")
    first, second, alone = store.save(
        article("a/1"),
        article("b/1", url="https://b.example/amp/1", canonical_url="https://b.example/1"),
        article("c/2", "خبر آخر لا صلة له بالميناء"),
    )
    for saved in (first, alone):
        assert store.run(lambda opened, gone=saved: opened.forget(gone.article_id, "asked"))  # type: ignore[misc]
    for name in (first.article_id, "https://a.example/1", "https://b.example/amp/1"):
        assert story(scrapy, store.uri, name)["id"] == second.article_id
    process = scrapy("story", alone.article_id, KHABAR_STORE_URI=store.uri)
    assert process.returncode == 2
    assert re.search(r"was removed \d{4}-\d\d-\d\d \d\d:\d\dZ: asked$", process.stderr.strip())


def test_an_address_that_redirected_leads_to_the_story(scrapy: Scrapy, tmp_path: Path) -> None:
    store = SyncStore(f"sqlite:///{tmp_path}/khabar.db")
    target, short = "https://www.youm7.com/story/2026/3/1/a/100", "https://www.youm7.com/100"
    (saved,) = store.save(article("youm7/1", url=target))
    tracked = TrackedUrl(
        outlet="youm7", kind="article", address=short, url=short, found=NOON, alias_of=target
    )
    store.run(lambda opened: opened.put_tracked_urls([tracked]))
    assert story(scrapy, store.uri, short)["id"] == saved.article_id

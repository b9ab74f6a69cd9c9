"""The contract of a store that is opened to be read alone, on both stores."""

import asyncio
import sqlite3
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import pytest
from pymongo import MongoClient

from crawler.frontier import TrackedUrl
from crawler.storage import (
    Reader,
    Run,
    StoreError,
    StoreTooSlow,
    open_reader,
    open_store,
)
from tests.storage.older import make_older
from tests.storage.samples import HOUR, NOON, SyncStore, article

_Result = TypeVar("_Result")

ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


def read(uri: str, scenario: Callable[[Reader], Awaitable[_Result]], **options: Any) -> _Result:
    """The result of `scenario` with the opened reader."""

    async def opened() -> _Result:
        async with open_reader(uri, **options) as reader:
            return await scenario(reader)

    return asyncio.run(opened())


def path_of(store: SyncStore) -> Path:
    return Path(store.uri.removeprefix("sqlite:///"))


def start_writer(uri: str) -> "subprocess.Popen[bytes]":
    """Have another process save 40 articles."""
    command = [sys.executable, "-m", "tests.storage.writer", uri, "w", "2", "1"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


async def ask_for_long(reader: Any) -> object:
    """Have the store itself work for longer than any test waits."""
    if hasattr(reader, "_reads"):
        return await reader._reads.read(lambda connection: connection.execute(ENDLESS).fetchone())

    async def find(database: Any) -> object:
        return await database["articles"].find_one({"$where": "sleep(30000) || true"})

    return await reader._client.call(find)


def test_a_reader_tells_what_the_store_tells(store: SyncStore) -> None:
    run = Run("a-1", "a", NOON, NOON + HOUR, "done", found=3)
    tracked = TrackedUrl(
        outlet="a",
        kind="article",
        address="https://a.example/9",
        url="https://a.example/9",
        found=NOON,
        due=NOON,
    )

    async def fill(opened: Any) -> None:
        await opened.save(article("a/1", "أعلنت شركة الميناء", place="القاهرة"))
        await opened.save(article("b/1", "أعلنت شركة الميناء"))
        await opened.save(article("b/1", "أعلنت شركة المطار", fetched_at=NOON + HOUR))
        removed = await opened.save(article("a/2", "نص يزال"))
        await opened.forget(removed.article_id, "asked for")
        await opened.record_run(run)
        await opened.put_tracked_urls([tracked])
        await opened.take_lease("a", "somebody", 60)

    store.run(fill)

    async def everything(opened: Reader) -> list[object]:
        (newest, *others) = [stored async for stored in opened.articles()]
        (buried,) = [tombstone async for tombstone in opened.tombstones()]
        lease = await opened.held_lease("a")
        return [
            [story async for story in opened.stories(outlet="a")],
            [hit async for hit in opened.search(query="الميناء")],
            newest,
            await opened.article(newest.id),
            await opened.article_read_at([newest.article.url]),
            [await opened.story_copies(stored.story_id) for stored in others],
            [await opened.revisions(stored.id) for stored in (newest, *others)],
            await opened.resolve_story(newest.id),
            (await opened.outlets(), await opened.source_names(), await opened.place_names()),
            (await opened.story_counts(), await opened.counts()),
            (buried, await opened.tombstone(buried.id), await opened.retentions()),
            [told async for told in opened.runs(outlet="a")],
            [tally async for tally in opened.tallies()],
            await opened.stale_days(),
            (await opened.count_day(NOON.date())).numbers,
            await opened.tracked_urls("a", [tracked.address]),
            [due async for due in opened.due_urls("a", NOON + HOUR)],
            lease and lease.owner,
        ]

    assert read(store.uri, everything) == store.run(everything)
    assert read(store.uri, lambda reader: reader.size()) > 1000


def test_a_country_is_asked_as_of_a_store(store: SyncStore) -> None:
    store.save(article("a"), article("b", "نص آخر"))

    async def of_country(reader: Reader) -> list[str | None]:
        return [story.copies[0].outlet async for story in reader.stories(country="PK")]

    assert read(store.uri, of_country, countries={"a": "EG", "b": "PK"}) == ["b"]


def test_a_reader_has_no_way_to_write(store: SyncStore) -> None:
    store.save(article("a"))

    async def names(reader: Reader) -> set[str]:
        return {name for name in dir(reader) if not name.startswith("_")}

    writing = {name for name in dir(store.run(_itself)) if not name.startswith("_")}
    only_written = writing - read(store.uri, names)
    assert {"save", "save_many", "forget", "take_lease", "record_run", "regroup"} <= only_written


async def _itself(store: _Result) -> _Result:
    return store


def test_a_slow_query_ends_at_its_deadline(store: SyncStore) -> None:
    store.save(article("a"))

    async def slow(reader: Reader) -> float:
        started = time.monotonic()
        with pytest.raises(StoreTooSlow, match="no answer within 1 s") as caught:
            await ask_for_long(reader)
        assert "\n" not in str(caught.value)
        taken = time.monotonic() - started
        assert (await reader.counts())["articles"] == 1
        return taken

    assert 1 <= read(store.uri, slow, seconds=1) < 3


def test_a_slice_of_a_list_has_the_deadline_of_a_call(store: SyncStore) -> None:
    store.save(article("a"))

    async def listed(reader: Reader) -> None:
        async for _ in reader.stories():
            pass

    with pytest.raises(StoreTooSlow):
        read(store.uri, listed, seconds=0.000001)


def test_slow_queries_do_not_stop_a_quick_one(store: SyncStore) -> None:
    store.save(article("a"))

    async def crowded(reader: Reader) -> float:
        slow = [asyncio.create_task(ask_for_long(reader)) for _ in range(3)]
        await asyncio.sleep(0.05)
        started = time.monotonic()
        assert (await reader.counts())["articles"] == 1
        taken = time.monotonic() - started
        results = await asyncio.gather(*slow, return_exceptions=True)
        assert {type(result) for result in results} == {StoreTooSlow}
        return taken

    assert read(store.uri, crowded, seconds=2, connections=2) < 2


@pytest.mark.parametrize("kind", ["sqlite", "mongodb"])
def test_a_missing_store_is_not_made(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    uri = request.getfixturevalue(f"{kind}_uri")
    for _ in range(2):
        with pytest.raises(StoreError, match="there is no store yet; the first crawl makes it"):
            read(uri, lambda reader: reader.counts())
    assert list(tmp_path.iterdir()) == []
    if kind == "mongodb":
        with MongoClient[dict[str, object]](uri) as client:
            assert client.get_default_database().list_collection_names() == []


@pytest.mark.parametrize("version", [2, 4, 5])
def test_an_older_store_is_not_upgraded(store: SyncStore, version: int) -> None:
    store.save(article("a"))
    make_older(store, version)
    said = rf"this store has schema {version}, .* `scrapy check-store`, once to upgrade it$"
    for _ in range(2):
        with pytest.raises(StoreError, match=said):
            read(store.uri, lambda reader: reader.counts())
    assert store.counts()["articles"] == 1  # which upgrades it
    assert read(store.uri, lambda reader: reader.counts())["articles"] == 1


@pytest.mark.parametrize("version", [1, 99])
def test_a_store_of_another_program_is_refused(store: SyncStore, version: int) -> None:
    store.counts()
    if store.uri.startswith("sqlite"):
        with closing(sqlite3.connect(path_of(store))) as connection:
            connection.execute(f"PRAGMA user_version = {version}")
    else:
        with MongoClient[dict[str, object]](store.uri) as client:
            change = {"$set": {"version": version}}
            client.get_default_database()["meta"].update_one({"_id": "schema"}, change)
    with pytest.raises(StoreError, match=rf"schema {version}; this version reads schema \d$"):
        read(store.uri, lambda reader: reader.counts())


def test_what_somebody_else_keeps_is_no_store(mongodb_uri: str) -> None:
    with MongoClient[dict[str, object]](mongodb_uri) as client:
        database = client.get_default_database()
        database["mine"].insert_one({"x": 1})
        with pytest.raises(StoreError, match="but not a store of stories"):
            read(mongodb_uri, lambda reader: reader.counts())
        assert database.list_collection_names() == ["mine"]


def test_a_reader_sees_what_another_process_writes(store: SyncStore) -> None:
    store.counts()

    async def watch(reader: Reader) -> list[int]:
        seen = []
        with start_writer(store.uri) as writer:
            while writer.poll() is None:
                seen.append((await reader.counts())["articles"])
                assert [story async for story in reader.stories(query="الخبر")] or not seen[-1]
                await asyncio.sleep(0.02)
        assert writer.returncode == 0
        return [*seen, (await reader.counts())["articles"]]

    seen = read(store.uri, watch)
    assert seen == sorted(seen)
    assert seen[-1] == 40
    assert len(set(seen)) > 2


def test_cursors_hold_while_stories_arrive(store: SyncStore) -> None:
    store.save(*(article(f"o{n}", f"النص {n}", published=NOON - n * HOUR) for n in range(9)))

    async def page_through(reader: Reader) -> list[str]:
        listed: list[str] = []
        cursor: str | None = None
        async with open_store(store.uri) as writing:
            for number in range(20):
                page = [hit async for hit in reader.search(limit=2, after=cursor)]
                if not page:
                    break
                listed += [str(hit.item.copies[0].outlet) for hit in page]
                cursor = page[-1].cursor
                # One above the page, one at the very instant of its last story.
                instant = page[-1].item.published
                await writing.save(article(f"new{number}", f"جديد {number}", published=NOON + HOUR))
                await writing.save(article(f"same{number}", f"مثله {number}", published=instant))
        return listed

    listed = read(store.uri, page_through)
    assert len(listed) == len(set(listed))
    assert [name for name in listed if name.startswith("o")] == [f"o{n}" for n in range(9)]
    assert not [name for name in listed if name.startswith("new")]


def test_a_closed_reader_says_so(store: SyncStore) -> None:
    store.save(article("a"))

    async def use_after_close() -> None:
        async with open_reader(store.uri) as reader:
            pass
        await reader.counts()

    with pytest.raises(StoreError, match="close"):
        asyncio.run(use_after_close())

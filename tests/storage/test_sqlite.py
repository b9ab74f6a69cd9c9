"""What only the embedded store has: its file, its thread, its transactions."""

import asyncio
import os
import sqlite3
import time
from pathlib import Path

import pytest

from crawler.storage import Store, StoreUnavailable, open_store
from crawler.storage.sqlite.worker import Worker
from tests.storage.samples import NOON, SyncStore, article


@pytest.fixture
def path(sqlite_uri: str) -> Path:
    """The store's file."""
    return Path(sqlite_uri.removeprefix("sqlite:///"))


@pytest.mark.parametrize("key", ["id", "canonical_url"])
def test_keys_are_unique(sqlite_uri: str, path: Path, key: str) -> None:
    SyncStore(sqlite_uri).save(article("a"), article("b"))
    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match=f"articles.{key}"):
        connection.execute(f"UPDATE articles SET {key} = 1")
    connection.close()


@pytest.mark.parametrize(
    ("setting", "value"), [("synchronous", 2), ("journal_mode", "wal"), ("foreign_keys", 1)]
)
def test_commits_reach_the_disk(path: Path, setting: str, value: object) -> None:
    async def read() -> object:
        worker = Worker(path)
        await worker.open()
        (value,) = await worker.read(
            lambda connection: connection.execute(f"PRAGMA {setting}").fetchone()
        )
        await worker.close()
        return value

    assert asyncio.run(read()) == value


def test_two_handles_in_one_process_do_not_disturb_each_other(sqlite_uri: str) -> None:
    async def both() -> None:
        async with open_store(sqlite_uri) as first, open_store(sqlite_uri) as second:
            await asyncio.gather(
                *(
                    store.save(article(f"o{n}", f"{n}"))
                    for n in range(40)
                    for store in (first, second)
                )
            )

    asyncio.run(both())
    assert SyncStore(sqlite_uri).counts()["articles"] == 40


def test_the_loop_turns_while_the_store_waits(sqlite_uri: str, path: Path) -> None:
    async def scenario(store: Store) -> float:
        await store.save(article("a"))
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.ensure_future(store.save(article("b")))
        started = time.monotonic()
        await asyncio.sleep(0.2)
        turned = time.monotonic() - started
        other.execute("COMMIT")
        other.close()
        await waiting
        return turned

    assert SyncStore(sqlite_uri).run(scenario) < 1


def test_one_failing_job_does_not_undo_its_neighbours(path: Path) -> None:
    async def scenario() -> tuple[tuple[object, ...], int]:
        worker = Worker(path)
        await worker.open()

        def run(statement: str) -> "asyncio.Future[object]":
            sql = f"INSERT INTO runs (id, outlet, started, document) VALUES {statement}"
            return asyncio.ensure_future(
                worker.write(lambda connection: connection.execute(sql).rowcount)
            )

        results = await asyncio.gather(
            run("('a', 'x', 1, '')"),
            run("('a', 'x', 1, '')"),
            run("('b', 'x', 1, '')"),
            return_exceptions=True,
        )
        kept = await worker.read(
            lambda connection: connection.execute("SELECT count(*) FROM runs").fetchone()[0]
        )
        await worker.close()
        return results, kept

    results, kept = asyncio.run(scenario())
    assert [isinstance(result, Exception) for result in results] == [False, True, False]
    assert "UNIQUE" in str(results[1])
    assert kept == 2


@pytest.mark.parametrize("put_another", [False, True])
def test_a_file_that_goes_away_is_noticed_before_anything_is_lost(
    sqlite_uri: str, path: Path, put_another: bool
) -> None:
    moved = path.with_name("moved.db")

    def move_away() -> None:
        path.rename(moved)
        if put_another:
            path.touch()

    async def scenario(store: Store) -> None:
        await store.save(article("a"))
        move_away()
        with pytest.raises(StoreUnavailable, match="moved or deleted"):
            await store.save(article("b"))
        os.replace(moved, path)
        assert (await store.save(article("b"))).outcome == "new_copy"

    SyncStore(sqlite_uri).run(scenario)


def test_a_full_disk_is_unavailable_and_passes(sqlite_uri: str, path: Path) -> None:
    async def scenario() -> str:
        worker = Worker(path)
        await worker.open()
        pages = await worker.read(lambda c: c.execute("PRAGMA page_count").fetchone()[0])
        await worker.read(lambda c: c.execute(f"PRAGMA max_page_count = {pages}").fetchone())
        fill = (
            "INSERT INTO runs (id, outlet, started, document) VALUES (1, 1, 1, zeroblob(1000000))"
        )
        with pytest.raises(StoreUnavailable, match="full"):
            await worker.write(lambda c: c.execute(fill).rowcount)
        await worker.read(lambda c: c.execute("PRAGMA max_page_count = 1000000").fetchone())
        kept: int = await worker.write(lambda c: c.execute(fill).rowcount)
        await worker.close()
        return str(kept)

    assert asyncio.run(scenario()) == "1"


def test_the_words_of_a_query_are_never_syntax(sqlite_uri: str) -> None:
    store = SyncStore(sqlite_uri)
    store.save(article("a", "near or not", published=NOON))
    assert [
        len(store.stories(text=query))
        for query in ('"near"', "NOT", "near*", "folded:near", "(or)")
    ] == [
        1,
        1,
        1,
        0,
        1,
    ]

"""The connections that read an SQLite file: they cannot write, give way, and leave it alone."""

import asyncio
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pytest

from crawler.storage import StoreError, StoreTooSlow, StoreUnavailable
from crawler.storage.sqlite.pool import ReadPool
from tests.storage.samples import SyncStore, article
from tests.storage.test_readers import ENDLESS, read

_Result = TypeVar("_Result")


@pytest.fixture
def path(sqlite_uri: str) -> Path:
    """The file of a store with one article."""
    SyncStore(sqlite_uri).save(article("a"))
    return Path(sqlite_uri.removeprefix("sqlite:///"))


def ask_for_long(connection: sqlite3.Connection) -> object:
    return connection.execute(ENDLESS).fetchone()


def count(connection: sqlite3.Connection) -> int:
    (number,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    return int(number)


def with_pool(
    path: Path,
    scenario: Callable[[ReadPool], Awaitable[_Result]],
    *,
    seconds: float = 2,
    connections: int = 2,
) -> _Result:
    """The result of `scenario` with a pool, which is closed at the end."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[ReadPool]:
        pool = ReadPool(path, seconds=seconds, connections=connections)
        try:
            yield pool
        finally:
            await pool.close()

    async def run() -> _Result:
        async with opened() as pool:
            return await scenario(pool)

    return asyncio.run(run())


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM articles",
        "INSERT INTO stopped VALUES (1)",
        "PRAGMA user_version = 1",
        "CREATE TABLE mine (x)",
        "INSERT INTO words (words) VALUES ('optimize')",
    ],
)
def test_nothing_can_be_written(path: Path, statement: str) -> None:
    before = path.read_bytes()

    async def write(pool: ReadPool) -> None:
        with pytest.raises(StoreError, match="readonly database"):
            await pool.read(lambda connection: connection.execute(statement).fetchall())

    with_pool(path, write)
    assert path.read_bytes() == before


def test_a_store_whose_writer_has_gone_is_read_and_left_as_it_is(path: Path) -> None:
    before = path.read_bytes(), path.stat().st_mtime_ns
    assert not path.with_name("khabar.db-wal").exists()
    assert with_pool(path, lambda pool: pool.read(count)) == 1
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    SyncStore(f"sqlite:///{path}").save(article("b"))
    assert not path.with_name("khabar.db-wal").exists()


def test_a_lock_that_a_writer_holds_is_not_waited_for(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM articles")
        started = time.monotonic()
        assert with_pool(path, lambda pool: pool.read(count)) == 1
        assert time.monotonic() - started < 1


def test_the_time_in_the_queue_counts(path: Path) -> None:
    async def crowded(pool: ReadPool) -> list[float]:
        async def ask() -> float:
            started = time.monotonic()
            with pytest.raises(StoreTooSlow):
                await pool.read(ask_for_long)
            return time.monotonic() - started

        return await asyncio.gather(*(ask() for _ in range(9)))

    assert max(with_pool(path, crowded, seconds=0.6, connections=1)) < 0.9


def test_one_slow_query_alone_gives_way_to_one_that_waits(path: Path) -> None:
    async def crowded(pool: ReadPool) -> list[str]:
        slow = [asyncio.create_task(pool.read(ask_for_long)) for _ in range(2)]
        await asyncio.sleep(0.01)
        assert await pool.read(count) == 1
        results = await asyncio.gather(*slow, return_exceptions=True)
        return sorted(str(result).partition(": ")[2] for result in results)

    assert with_pool(path, crowded, seconds=1) == [
        "no answer within 0.25 s, while others wait",
        "no answer within 1 s",
    ]


def test_a_caller_that_goes_away_ends_its_query(path: Path) -> None:
    async def cancelled(pool: ReadPool) -> float:
        slow = asyncio.create_task(pool.read(ask_for_long))
        waiting = asyncio.create_task(pool.read(ask_for_long))
        await asyncio.sleep(0.05)
        slow.cancel()
        waiting.cancel()
        started = time.monotonic()
        assert await pool.read(count) == 1
        return time.monotonic() - started

    assert with_pool(path, cancelled, seconds=60, connections=1) < 1


def test_work_outside_of_sqlite_does_not_keep_the_caller(path: Path) -> None:
    async def asleep(pool: ReadPool) -> float:
        started = time.monotonic()
        with pytest.raises(StoreTooSlow, match=r"no answer within 0\.2 s"):
            await pool.read(lambda _: time.sleep(0.6))
        return time.monotonic() - started

    assert with_pool(path, asleep, seconds=0.2) < 0.5


def test_closing_ends_what_runs_and_what_waits_within_a_second(path: Path) -> None:
    async def close_early(pool: ReadPool) -> float:
        slow = [asyncio.create_task(pool.read(ask_for_long)) for _ in range(5)]
        await asyncio.sleep(0.05)
        started = time.monotonic()
        await pool.close()
        taken = time.monotonic() - started
        for result in await asyncio.gather(*slow, return_exceptions=True):
            assert "the store is closed" in str(result)
        with pytest.raises(StoreError, match="the store is closed"):
            await pool.read(count)
        return taken

    assert with_pool(path, close_early, seconds=60) < 1


def test_an_error_of_a_function_is_its_callers(path: Path) -> None:
    async def fail(pool: ReadPool) -> int:
        with pytest.raises(ZeroDivisionError):
            await pool.read(lambda _: 1 // 0)
        with pytest.raises(StoreError, match="no such table: nobody"):
            await pool.read(lambda connection: connection.execute("SELECT * FROM nobody"))
        return await pool.read(count)

    assert with_pool(path, fail, connections=1) == 1


def test_a_file_that_is_replaced_is_not_read_on(path: Path) -> None:
    async def replace(pool: ReadPool) -> None:
        assert await pool.read(count) == 1
        os.rename(path, path.with_name("moved.db"))
        with pytest.raises(StoreUnavailable, match="moved or deleted"):
            await pool.read(count)
        with pytest.raises(StoreError, match="no store"):
            await pool.read(count)
        # A backup is put in its place.
        shutil.copy(path.with_name("moved.db"), path)
        assert await pool.read(count) == 1

    with_pool(path, replace, connections=1)


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to be taken for a file" * 9, None, b""]
)
def test_a_file_of_somebody_else_is_refused_and_left_alone(
    tmp_path: Path, content: bytes | None
) -> None:
    other = tmp_path / "other.db"
    if content is None:
        with closing(sqlite3.connect(other)) as connection:
            connection.execute("CREATE TABLE mine (x)")
        content = other.read_bytes()
    other.write_bytes(content)
    with pytest.raises(StoreError, match=r"other\.db: (.*not a|there is no store)"):
        read(f"sqlite:///{other}", lambda reader: reader.counts())
    assert other.read_bytes() == content


def test_an_upgrade_that_is_not_done_is_waited_for_elsewhere(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO notes (name, value) VALUES ('upgrade_words', '')")
    with pytest.raises(StoreUnavailable, match="being made or upgraded"):
        read(f"sqlite:///{path}", lambda reader: reader.counts())


_STRANGER = """
import asyncio, os, sys
import crawler.storage.sqlite
from crawler.storage import StoreError, open_reader

async def main():
    try:
        async with open_reader(sys.argv[1]) as reader:
            print((await reader.counts())["articles"])
    except StoreError as error:
        print(type(error).__name__, error)

if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
asyncio.run(main())
"""
"""A process that may read the folder and not write to it."""


@pytest.fixture
def others_folder() -> Iterator[Path]:
    """A folder that everybody may read; `tmp_path` is for its owner alone."""
    with TemporaryDirectory() as folder:
        yield Path(folder)
        os.chmod(folder, 0o755)


def test_a_folder_that_may_not_be_written_to(others_folder: Path) -> None:
    store = SyncStore(f"sqlite:///{others_folder}/khabar.db")
    store.save(article("a"))

    def ask() -> str:
        others_folder.chmod(0o555)
        command = [sys.executable, "-c", _STRANGER, store.uri]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    said = "StoreUnavailable .*/khabar.db: while nothing writes to it, it cannot be read by who"
    assert re.match(said, ask())
    others_folder.chmod(0o755)

    async def while_a_crawl_writes(_: object) -> str:
        return await asyncio.to_thread(ask)

    assert store.run(while_a_crawl_writes) == "1"


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"khabar\.db: there is no folder"):
        read(f"sqlite:///{tmp_path}/missing/khabar.db", lambda reader: reader.counts())

"""What the numbers of days cost: a save with and without marking its day stale, counting a day
afresh, and reading the numbers instead of counting from stories.

    .venv/bin/python benchmarks/tallies.py [--stores sqlite,mongodb] [--size 10000]

Each store is filled with generated articles, 2,000 a day, one in four of them a later copy that
credits an agency. Saves with and without marks take turns in the same store. CPU time is that
of this process: of MongoDB's server only the time that is waited shows.
"""

import argparse
import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from unittest import mock

from benchmarks.search import generated
from crawler.carriers import carriers_of, count_carriers
from crawler.gazetteer import Source
from crawler.items import Article, Attribution
from crawler.storage import Store, open_store
from crawler.storage.mongo import assignment
from crawler.storage.tallies import recount_stale
from crawler.stories.tallies import merge

A_DAY = 2_000
FIRST_DAY = datetime(2026, 3, 1, tzinfo=UTC)
TURNS, A_TURN = 12, 100
"""Turns of each way, and saves in each."""
REUTERS = Attribution(Source("reuters", "Reuters", "agency", "GB"), "agency")


def articles() -> Iterator[Article]:
    """Yield articles without end, 2,000 a day."""
    last = None
    for number, given in enumerate(generated()):
        into_day = timedelta(seconds=number % A_DAY * 43)
        published = FIRST_DAY + timedelta(days=number // A_DAY) + into_day
        printed = replace(
            given,
            published=published,
            fetched_at=published + timedelta(minutes=5),
            published_precision="minute",
            zone="Africa/Cairo",
        )
        if last is not None and number % 4 == 3:
            printed = replace(
                printed,
                headline=last.headline,
                body=last.body,
                language=last.language,
                sources=(REUTERS,),
            )
        yield printed
        last = printed


@contextmanager
def unmarked(uri: str) -> Iterator[None]:
    """Have no save mark a day for the time of the block."""
    if uri.startswith("mongodb"):
        with mock.patch.object(assignment, "mark_stale", mock.AsyncMock()):
            yield
        return
    with closing(sqlite3.connect(uri.removeprefix("sqlite:///"), isolation_level=None)) as file:
        triggers = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        by_name = dict(triggers.fetchall())
        for name in by_name:
            file.execute(f"DROP TRIGGER {name}")
        yield
        for sql in by_name.values():
            file.execute(sql)


async def save(store: Store, given: Iterator[Article]) -> tuple[float, float]:
    """Return the CPU time and the time, in seconds, of saving articles one by one."""
    batch = list(islice(given, A_TURN))
    began, began_cpu = time.perf_counter(), time.process_time()
    for article in batch:
        await store.save(article)
    return time.process_time() - began_cpu, time.perf_counter() - began


async def measure(uri: str, size: int) -> None:
    """Fill the store, and print what is measured."""
    given = articles()
    async with open_store(uri) as store:
        await store.save_many(islice(given, size))
        marked, without = [], []
        for _ in range(TURNS):
            marked.append(await save(store, given))
            with unmarked(uri):
                without.append(await save(store, given))
        for name, part in (("CPU", 0), ("waited", 1)):
            each, each_without = (
                sum(turn[part] for turn in turns) / TURNS / A_TURN * 1000
                for turns in (marked, without)
            )
            ratio = each / each_without
            print(f"save: {each:.2f} ms {name}, {each_without:.2f} without, ratio {ratio:.3f}")
        for _ in range(3):
            await timed("recount of 2,000 articles", lambda: store.recount(FIRST_DAY.date()))
        await recount_stale(store)
        await timed("carriers from the numbers of days", lambda: from_tallies(store))
        await timed("carriers from all articles", lambda: from_stories(store))
        kept = [tally async for tally in store.tallies()]
        assert carriers_of(merge(kept)) == await count_carriers(store.stories())


async def timed(name: str, work: Callable[[], Awaitable[object]]) -> None:
    """Print what awaiting `work` costs."""
    began, began_cpu = time.perf_counter(), time.process_time()
    await work()
    spent, cpu = time.perf_counter() - began, time.process_time() - began_cpu
    print(f"{name}: {spent * 1000:.0f} ms, {cpu * 1000:.0f} of them CPU")


async def from_tallies(store: Store) -> None:
    """Tell who carries whom from the numbers that are kept."""
    carriers_of(merge([tally async for tally in store.tallies()]))


async def from_stories(store: Store) -> None:
    """Tell who carries whom from all stories."""
    await count_carriers(store.stories())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--stores", default="sqlite,mongodb", help="comma-separated")
    parser.add_argument("--size", type=int, default=10_000, help="generated articles")
    options = parser.parse_args()
    for kind in options.stores.split(","):
        print(kind, flush=True)
        if kind == "sqlite":
            with tempfile.TemporaryDirectory() as folder:
                asyncio.run(measure(f"sqlite:///{folder}/khabar.db", options.size))
        else:
            from tests.mongod import new_mongod, with_database

            server = new_mongod()
            try:
                asyncio.run(measure(with_database(server.uri, "khabar_bench"), options.size))
            finally:
                server.stop()


if __name__ == "__main__":
    main()

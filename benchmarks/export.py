"""Measure what exports cost: rows a second and memory, by format and by what is exported.

    .venv/bin/python benchmarks/export.py [--store URI | --sizes 1000,10000] [--formats csv,parquet]

Without `--store` each size is filled with invented stories first, in SQLite. Each export runs in a
process of its own; its memory is what the process had at most, with the interpreter and libraries.
"""

import argparse
import asyncio
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from crawler.export.destination import opened  # noqa: E402
from crawler.export.formats import WRITERS  # noqa: E402
from crawler.export.rows import TABLES  # noqa: E402
from crawler.export.write import write  # noqa: E402
from crawler.storage import open_store  # noqa: E402
from tests.storage.invented import copy_of  # noqa: E402
from tests.storage.samples import NOON  # noqa: E402

_BATCH = 500  # articles that are saved at once
_OUTLETS = 40


async def fill(uri: str, size: int) -> None:
    """Store `size` articles, each a story of its own."""
    async with open_store(uri) as store:
        for start in range(0, size, _BATCH):
            await store.save_many(
                copy_of(f"outlet{n % _OUTLETS}", n, published=NOON - timedelta(minutes=n))
                for n in range(start, min(start + _BATCH, size))
            )


async def export(uri: str, format_name: str, what: str) -> None:
    """Export all of a store, and print the rows a second, the peak of memory and the size."""
    rows = 0

    def count(number: int) -> None:
        nonlocal rows
        rows += number

    with TemporaryDirectory() as folder:
        path = Path(folder, "export")
        start = time.perf_counter()
        async with open_store(uri) as store:
            with opened(str(path)) as file:
                await write(store, file, format_name, what, {"limit": None}, on_rows=count)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = path.stat().st_size / 1e6  # noqa: ASYNC240 (a benchmark waits for nobody)
    print(
        f"| {format_name} | {what} | {rows:,} | {rows / seconds:,.0f} | {peak:.0f} | {size:.0f} |",
        flush=True,
    )


@contextmanager
def stores(given: str | None, sizes: str) -> Iterator[list[str]]:
    """Yield the URIs of the stores to be exported."""
    if given is not None:
        yield [given]
        return
    with TemporaryDirectory() as folder:
        uris = []
        for size in map(int, sizes.split(",")):
            uris.append(f"sqlite:///{folder}/{size}.db")
            asyncio.run(fill(uris[-1], size))
        yield uris


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", help="the URI of a store that is there")
    parser.add_argument("--sizes", default="1000,10000", help="articles of each store")
    parser.add_argument("--formats", default=",".join(WRITERS))
    parser.add_argument("--what", default=",".join(TABLES))
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        asyncio.run(export(*options.one))
        return
    print("| format | what | rows | rows a second | peak MB | file MB |")
    print("| --- | --- | --- | --- | --- | --- |", flush=True)
    with stores(options.store, options.sizes) as uris:
        for uri in uris:
            for format_name in options.formats.split(","):
                for what in options.what.split(","):
                    command = [sys.executable, __file__, "--one", uri, format_name, what]
                    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()

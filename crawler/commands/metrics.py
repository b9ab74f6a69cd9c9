"""`scrapy metrics`: the state of all outlets and the size of the store, for a monitoring system."""

import argparse
import os
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.export.destination import UnwritableError, reason, require_folder
from crawler.health.metrics import OutletMetrics, StoreMetrics, render
from crawler.health.outlet_state import judge, last_success, recent_runs
from crawler.health.status import Status
from crawler.outlet import Outlet
from crawler.runs.store_access import spool_path
from crawler.spiders.crawled import state_off_crawl
from crawler.storage import Store
from crawler.store_command import StoreCommand, refuse_arguments

SPAN = timedelta(days=1)
"""The runs that began in this time are summed up."""

_READABLE = 0o644  # the collector runs as another user


class Command(StoreCommand):
    def short_desc(self) -> str:
        return "Print the state of all outlets and the store's size as OpenMetrics"

    def long_desc(self) -> str:
        return (
            "Print, of each outlet that is crawled, when it was last read, its state, and the new"
            " stories, gaps and failures of the last day's runs; and the size of store and spool."
            " -o FILE.prom writes a file for the textfile collector of a node exporter, whole or"
            " not at all."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "-o", "--output", metavar="PATH", help="write a file instead (default: stdout)"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_arguments(args)
        assert self.settings is not None
        outlets = self.declared_outlets()
        self.broken_declarations()
        crawled = [each for each in outlets if not state_off_crawl(each, self.settings)]
        self.execute(self.print_metrics(crawled, opts.output))

    async def print_metrics(self, outlets: list[Outlet], output: str | None) -> Status:
        """Print the metrics, or write them to the file `output`."""
        assert self.settings is not None
        now = datetime.now(UTC)
        spool = spool_path(self.settings["SPOOL"], self.store_uri)
        async with self.open_store() as store:
            metrics = [await _of_outlet(store, outlet.name, now) for outlet in outlets]
            of_store = StoreMetrics(await store.counts(), await store.size(), _size_of(spool))
        text = render(metrics, of_store)
        if output is None:
            print(text, end="")
            return Status.DONE
        try:
            require_folder(output)
            _write(Path(output), text)
        except (OSError, UnwritableError) as error:
            why = f"{output}: {reason(error)}" if isinstance(error, OSError) else error
            print(f"scrapy metrics: {why}", file=sys.stderr)
            return Status.USAGE
        return Status.DONE


async def _of_outlet(store: Store, name: str, now: datetime) -> OutletMetrics:
    runs = await recent_runs(store, name)
    return OutletMetrics(
        health=judge(name, runs, now=now),
        last_success=await last_success(store, name),
        runs=[run for run in runs if run.started > now - SPAN],
    )


def _size_of(spool: Path) -> int:
    """Return the bytes of all files of a spool: of waiting articles, of those being stored, and of
    lines set aside."""
    files = spool.parent.glob(f"{spool.stem}*{spool.suffix}") if spool.parent.is_dir() else ()
    return sum(file.stat().st_size for file in files)


def _write(path: Path, text: str) -> None:
    """Let `text` stand in the file at `path`, at once: a collector may read it at any time."""
    descriptor, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(part, _READABLE)
        os.replace(part, path)
    except BaseException:
        os.unlink(part)
        raise

"""`scrapy copy-store`: copy all that one store holds into another one, of either kind."""

import argparse
import re
import sys

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from scrapy.exceptions import UsageError

from crawler.health.status import Status
from crawler.runs.lease import RunLease
from crawler.storage import LeaseHeld, Store, open_store
from crawler.storage.copying import copy_store, end_copy, verify_copy
from crawler.storage.owner import describe_owner
from crawler.storage.record import COPY_NOTE
from crawler.storage.tallies import recount_stale
from crawler.store_command import StoreCommand

LEASE_SECONDS = 60.0
"""How long a copy keeps the target after its process has died on another machine."""


class Command(StoreCommand):
    goes_on = True

    def syntax(self) -> str:
        return "[options] FROM TO"

    def short_desc(self) -> str:
        return "Copy all that a store holds into an empty one, SQLite or MongoDB"

    def long_desc(self) -> str:
        return (
            "FROM and TO are store URIs, sqlite:///PATH or mongodb://HOST/DATABASE. Articles with"
            " older texts, stories, tombstones, retentions, the frontier, runs, boilerplate and"
            " notes are copied, and at the end counted and compared on both sides. Broken off, the"
            " same command goes on. No crawl may use either store meanwhile."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--verify-only", action="store_true", help="compare both stores, and copy nothing"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 2:
            raise UsageError("name two stores: FROM TO", print_help=False)
        if _identity(args[0]) == _identity(args[1]):
            raise UsageError("FROM and TO are one store", print_help=False)
        self.execute(self.copy(*args, verify_only=opts.verify_only))

    async def copy(self, origin_uri: str, target_uri: str, *, verify_only: bool) -> Status:
        """Copy and compare the stores."""
        async with (
            open_store(origin_uri, create=False) as origin,
            open_store(target_uri, create=not verify_only) as target,
        ):
            for store in (origin, target):
                if crawl := await self.crawl_under_way(store):
                    print(f"scrapy copy-store: {crawl}; stop it first", file=sys.stderr)
                    return Status.ALREADY_RUNNING
            lease = RunLease(target, COPY_NOTE, LEASE_SECONDS, lambda: None)
            try:
                await lease.take()
            except LeaseHeld as held:
                owner = describe_owner(held.lease.owner)
                print(f"scrapy copy-store: {owner} copies into it already", file=sys.stderr)
                return Status.ALREADY_RUNNING
            try:
                return await _copy(origin, target, _identity(origin_uri), verify_only=verify_only)
            finally:
                await lease.stop()
                await lease.release()


async def _copy(origin: Store, target: Store, name: str, *, verify_only: bool) -> Status:
    columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed}"))
    with Progress(
        *columns,
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    ) as progress:
        tasks = {}

        def advance(work: str, count: int) -> None:
            if work not in tasks:
                tasks[work] = progress.add_task(work, total=None)
            progress.advance(tasks[work], count)

        if not verify_only:
            await copy_store(origin, target, name, advance)
            await recount_stale(target, progress=lambda days: advance("counting days", days))
        results = await verify_copy(origin, target, advance)
    is_verified = all(result.same for result in results)
    if not verify_only:
        await end_copy(target, name, is_verified=is_verified)
    for result in results:
        if result.original == result.copied:
            judged = "same" if result.same else "DIFFERENT"
            print(f"{result.kind}: {result.original}, {judged}")
        else:
            print(f"{result.kind}: {result.original} in FROM, {result.copied} in TO, DIFFERENT")
    if is_verified:
        return Status.DONE
    print(
        "scrapy copy-store: the stores differ; run it again, or copy into a fresh store",
        file=sys.stderr,
    )
    return Status.ERROR


def _identity(uri: str) -> str:
    """Return a store's URI without credentials."""
    return re.sub(r"//[^/@]*@", "//", uri)

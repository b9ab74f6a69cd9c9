"""`scrapy runs`: the summaries of crawls, newest first."""

import argparse
import sys
from collections.abc import Iterable
from datetime import datetime

from scrapy.exceptions import UsageError

from crawler.display.jsonl import json_line
from crawler.display.tables import print_runs
from crawler.known_names import UnknownName, outlets_in
from crawler.storage import Run, Store
from crawler.store_command import (
    StoreCommand,
    add_json_option,
    positive,
    read_instant_option,
    refuse_arguments,
)


class Command(StoreCommand):
    def short_desc(self) -> str:
        return "Show what past crawls found, fetched and stored, newest first"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--outlet", metavar="NAME", help="only runs of this outlet, e.g. BBC Urdu"
        )
        parser.add_argument(
            "--since", metavar="WHEN", help="started then or later: a date (UTC) or an instant"
        )
        parser.add_argument(
            "--limit", type=positive, default=20, help="how many at most (default: 20)"
        )
        add_json_option(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_arguments(args)
        since = read_instant_option("--since", opts.since)
        self.execute(self.show(opts.outlet, since, opts.limit, as_json=opts.json))

    async def show(
        self, outlet: str | None, since: datetime | None, limit: int, *, as_json: bool
    ) -> None:
        """Print at most `limit` runs, of all outlets and times where those are None."""
        runs: list[Run] = []
        async with self.open_store() as store:
            for name in await self.named(store, outlet):
                async for run in store.runs(outlet=name, limit=limit):
                    if since and run.started < since:
                        break
                    runs.append(run)
        runs = sorted(runs, key=lambda run: run.started, reverse=True)[:limit]
        if as_json:
            for run in runs:
                print(json_line(run))
        elif runs:
            print_runs(runs)
        else:
            print("No stored run matches.", file=sys.stderr)

    async def named(self, store: Store, outlet: str | None) -> Iterable[str | None]:
        """Return the names of the outlets that `outlet` may mean, None alone for all. Raises
        UsageError."""
        if outlet is None:
            return (None,)
        try:
            return await outlets_in(store, outlet, self.declared_outlets())
        except UnknownName as error:
            async for _ in store.runs(outlet=outlet, limit=1):
                return (outlet,)  # no longer declared, and nothing of it is stored
            raise UsageError(str(error), print_help=False) from None

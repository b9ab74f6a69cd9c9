"""`scrapy runs`: the summaries of crawls, newest first."""

import argparse
import sys
from datetime import datetime

from crawler.display.jsonl import json_line
from crawler.display.tables import print_runs
from crawler.storage import Run
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
        parser.add_argument("--outlet", help="only runs of this outlet")
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
            async for run in store.runs(outlet=outlet, limit=limit):
                if since and run.started < since:
                    break
                runs.append(run)
        if as_json:
            for run in runs:
                print(json_line(run))
        elif runs:
            print_runs(runs)
        else:
            print("No stored run matches.", file=sys.stderr)

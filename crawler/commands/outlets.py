"""`scrapy outlets`: the declared outlets, what state each is in, and how much of it is stored."""

import argparse
from datetime import UTC, datetime

from scrapy.exceptions import UsageError

from crawler.display.jsonl import json_line
from crawler.display.outlets import summarise
from crawler.display.tables import print_outlets
from crawler.outlet import Outlet
from crawler.storage import open_store
from crawler.store_command import StoreCommand, add_outlet_options, chosen, no_arguments


class Command(StoreCommand):
    def short_desc(self) -> str:
        return "Show the declared outlets, with their state and stories"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_outlet_options(parser)
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        no_arguments(args)
        outlets = chosen(self.outlets(), opts)
        if not outlets:
            raise UsageError("no outlet matches", print_help=False)
        self.carry_out(self.show(outlets, as_json=opts.json))

    async def show(self, outlets: list[Outlet], *, as_json: bool) -> None:
        async with open_store(self.store_uri) as store:
            summaries = await summarise(store, outlets, now=datetime.now(UTC))
        if as_json:
            for summary in summaries:
                print(json_line(summary))
        else:
            print_outlets(summaries)

"""`scrapy carriers`: which outlets carry which agencies, how often and how fast."""

import argparse
import sys
from datetime import datetime

from scrapy.exceptions import UsageError

from crawler.carriers import count_carriers
from crawler.display.jsonl import json_line
from crawler.display.tables import print_carriers
from crawler.known_names import UnknownName, sources_in
from crawler.store_command import (
    StoreCommand,
    add_json_option,
    add_zone_option,
    read_span_options,
    read_zone_option,
    refuse_arguments,
)


class Command(StoreCommand):
    def short_desc(self) -> str:
        return "Show which outlets carry which agencies, how often and how fast"

    def long_desc(self) -> str:
        return (
            "Show for each agency the outlets whose copies credit it: how many copies, their share"
            " of all copies of the outlet, and the median time after the first copy of a story."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--since",
            metavar="WHEN",
            help="stories published then or later: a date, an instant, today, yesterday or 7d",
        )
        parser.add_argument("--until", metavar="WHEN", help="stories published before then")
        parser.add_argument(
            "--source", metavar="NAME", help="only this agency, e.g. Sputnik or سبوتنيك"
        )
        add_zone_option(parser)
        add_json_option(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_arguments(args)
        since, until = read_span_options(opts, read_zone_option(opts.zone))
        self.execute(self.show(since, until, opts.source, as_json=opts.json))

    async def show(
        self,
        since: datetime | None,
        until: datetime | None,
        source: str | None,
        *,
        as_json: bool,
    ) -> None:
        """Print who carries `source`, or all agencies, in the stories of [since, until)."""
        async with self.open_store() as store:
            try:
                agencies = await sources_in(store, source) if source is not None else None
            except UnknownName as error:
                raise UsageError(str(error), print_help=False) from None
            carriers = await count_carriers(store.stories(since=since, until=until), agencies)
        if as_json:
            for carrier in carriers:
                print(json_line(carrier))
        elif carriers:
            print_carriers(carriers)
        else:
            print("No stored copy that matches credits an agency.", file=sys.stderr)

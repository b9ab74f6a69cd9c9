"""`scrapy stories`: what is stored, newest first."""

import argparse
import sys
from datetime import tzinfo

from crawler.display.console import StdoutConsole
from crawler.display.jsonl import json_line
from crawler.display.terminal import print_story
from crawler.query_command import QueryCommand
from crawler.storage.filters import ORDERS, parse_filters
from crawler.store_command import add_json_option, read_zone_option


class Command(QueryCommand):
    default_limit = 20

    def short_desc(self) -> str:
        return "Show stored stories, newest first"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--order",
            choices=ORDERS,
            default="time",
            help="newest first, or those first that have all words of QUERY in the headline"
            " (default: time)",
        )
        add_json_option(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        filters = self.read_filters(args, opts)
        filters["order"] = opts.order
        self.execute(self.show(filters, read_zone_option(opts.zone), as_json=opts.json))

    async def show(self, filters: dict[str, object], zone: tzinfo, *, as_json: bool) -> None:
        """Print the stories that `filters`, the arguments of `Store.stories`, let through, with
        times in `zone`."""
        console = StdoutConsole(soft_wrap=True, highlight=False)
        shown = 0
        async with self.open_for(filters) as store:
            query = parse_filters(filters, {}).query
            async for story in store.stories(**filters):
                shown += 1
                if as_json:
                    print(json_line(story))
                else:
                    print_story(story, console, zone, query)
            is_empty = not shown and not (await store.counts())["stories"]
        if shown or as_json:
            return
        message = "The store is empty: crawl first." if is_empty else "No stored story matches."
        print(message, file=sys.stderr)

"""`scrapy story`: one story, its text, its copies and what it said before."""

import argparse
import json
import sys
from datetime import tzinfo

from scrapy.exceptions import UsageError

from crawler.display.console import StdoutConsole
from crawler.display.jsonl import encode
from crawler.display.story import Shown, load_story, print_story_texts, story_values
from crawler.display.terminal import format_minute
from crawler.health.status import Status
from crawler.storage import Store
from crawler.store_command import (
    StoreCommand,
    add_json_option,
    add_zone_option,
    read_zone_option,
)


class Command(StoreCommand):
    def syntax(self) -> str:
        return "[options] <id or address>"

    def short_desc(self) -> str:
        return "Show a story: its text, its copies and their agencies, and what it said before"

    def long_desc(self) -> str:
        return (
            "Show the story that has, or had, the id, or that has a copy at the address: headline"
            " and text of the earliest copy, where and when as printed and as read, and of each"
            " copy the outlet, publisher, agencies, reporter and time."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--copies", action="store_true", help="also the text of each copy")
        parser.add_argument("--revisions", action="store_true", help="also the earlier texts")
        parser.add_argument(
            "--diff",
            action="store_true",
            help="of earlier texts, and of copies, the words that differ: [-removed-] {+added+}",
        )
        add_zone_option(parser)
        add_json_option(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("name one story by its id, or by an address", print_help=False)
        shown = Shown(copies=opts.copies, revisions=opts.revisions, diff=opts.diff)
        self.execute(self.show(args[0], shown, read_zone_option(opts.zone), as_json=opts.json))

    async def show(self, name: str, shown: Shown, zone: tzinfo, *, as_json: bool) -> Status:
        """Print the story `name`, an id or address, with times in `zone`."""
        async with self.open_store() as store:
            story_id = await self.find_story(store, name)
            texts = await load_story(store, story_id) if story_id else None
            if texts is None:
                print(f"scrapy story: {name} {await self.explain(store, name)}", file=sys.stderr)
                return Status.USAGE
        if as_json:
            values = story_values(texts, shown)
            print(json.dumps(values, ensure_ascii=False, default=encode))
        else:
            console = StdoutConsole(soft_wrap=True, highlight=False)
            print_story_texts(texts, shown, console, zone)
        return Status.DONE

    async def explain(self, store: Store, name: str) -> str:
        """Return why there is no story `name`."""
        removed = await self.find_tombstone(store, name)
        if removed is None:
            return "is not stored"
        return f"was removed {format_minute(removed.forgotten)}: {removed.reason}"

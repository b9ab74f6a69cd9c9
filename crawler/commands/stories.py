"""`scrapy stories`: what is stored, newest first."""

import argparse
import sys

from rich.console import Console

from crawler.display.jsonl import json_line
from crawler.display.terminal import print_story
from crawler.storage.filters import GENRES
from crawler.store_command import (
    StoreCommand,
    add_json_option,
    positive,
    read_instant_option,
    refuse_arguments,
)

_INSTANTS = ("since", "until")
_OTHER_FILTERS = ("outlet", "language", "country", "place", "genre", "source", "text", "limit")


class Command(StoreCommand):
    def short_desc(self) -> str:
        return "Show stored stories, newest first"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--outlet", help="only stories that this outlet ran (see `scrapy list`)"
        )
        parser.add_argument(
            "--language", choices=("ar", "ur"), help="only stories in this language"
        )
        parser.add_argument(
            "--country", metavar="CC", help="only stories of outlets of this country, e.g. PK"
        )
        parser.add_argument("--place", help="only stories written there, as printed")
        parser.add_argument(
            "--genre", choices=GENRES, help="only stories of this genre, as the outlet names it"
        )
        parser.add_argument(
            "--since", metavar="WHEN", help="published then or later: a date (UTC) or an instant"
        )
        parser.add_argument("--until", metavar="WHEN", help="published before then")
        parser.add_argument(
            "--source",
            metavar="ID",
            help="only stories from this agency or publisher, e.g. sputnik",
        )
        parser.add_argument("--text", metavar="WORDS", help="only stories with these words")
        parser.add_argument(
            "--limit", type=positive, default=20, help="how many at most (default: 20)"
        )
        add_json_option(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_arguments(args)
        filters = {name: getattr(opts, name) for name in _OTHER_FILTERS}
        for name in _INSTANTS:
            filters[name] = read_instant_option(f"--{name}", getattr(opts, name))
        self.execute(self.show(filters, as_json=opts.json))

    async def show(self, filters: dict[str, object], *, as_json: bool) -> None:
        """Print the stories that `filters`, the arguments of `Store.stories`, let through."""
        console = Console(soft_wrap=True, highlight=False)
        shown = 0
        async with self.open_store(countries=self.countries(filters)) as store:
            async for story in store.stories(**filters):
                shown += 1
                if as_json:
                    print(json_line(story))
                else:
                    print_story(story, console)
            is_empty = not shown and not (await store.counts())["stories"]
        if shown or as_json:
            return
        message = "The store is empty: crawl first." if is_empty else "No stored story matches."
        print(message, file=sys.stderr)

    def countries(self, filters: dict[str, object]) -> dict[str, str] | None:
        """Return the country of each outlet, which only a filter by country needs: all
        declarations must be loaded for it."""
        if not filters["country"]:
            return None
        return {outlet.name: outlet.country for outlet in self.declared_outlets()}

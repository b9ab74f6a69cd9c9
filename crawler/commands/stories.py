"""`scrapy stories`: what is stored, newest first."""

import argparse
import asyncio
import os
import sys
from datetime import datetime

from rich.console import Console
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.spiderloader import get_spider_loader

from crawler.health.status import Status
from crawler.reading import jsonl, terminal
from crawler.spiders.arguments import ArgumentError, read_instant
from crawler.storage import StoreError, StoreUnavailable, open_store


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 (Scrapy's own declaration of it)

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Show stored stories, newest first"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--outlet", help="only stories that this outlet ran (see `scrapy list`)")
        parser.add_argument("--language", choices=("ar", "ur"), help="only stories in this language")
        parser.add_argument("--country", metavar="CC", help="only stories of outlets of this country, e.g. PK")
        parser.add_argument("--place", help="only stories written there, as printed")
        parser.add_argument("--since", metavar="WHEN", help="published then or later: a date (UTC) or an instant")
        parser.add_argument("--until", metavar="WHEN", help="published before then")
        parser.add_argument(
            "--source", metavar="ID", help="only stories from this agency or publisher, e.g. sputnik"
        )
        parser.add_argument("--text", metavar="WORDS", help="only stories with these words")
        parser.add_argument("--limit", type=positive, default=20, help="how many at most (default: 20)")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError(f"unexpected argument {args[0]!r}", print_help=False)
        names = ("outlet", "language", "country", "place", "source", "text", "limit")
        filters = {name: getattr(opts, name) for name in names if getattr(opts, name) is not None}
        filters |= {
            name: _instant(name, getattr(opts, name)) for name in ("since", "until") if getattr(opts, name)
        }
        try:
            asyncio.run(self.show(filters, as_json=opts.json))
        except StoreError as error:
            print(f"scrapy stories: {error}", file=sys.stderr)
            self.exitcode = Status.STORE_DOWN if isinstance(error, StoreUnavailable) else Status.USAGE
        except BrokenPipeError:
            # The reader (`head`, a pager) has seen enough; Python would complain once more while closing stdout.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    async def show(self, filters: dict[str, object], *, as_json: bool) -> None:
        assert self.settings is not None
        console = Console(soft_wrap=True, highlight=False)
        shown = 0
        countries = self.countries() if "country" in filters else None
        async with open_store(self.settings["STORE_URI"], countries=countries) as store:
            async for story in store.stories(**filters):
                shown += 1
                if as_json:
                    print(jsonl.line(story))
                else:
                    terminal.print_story(story, console)
            empty = not shown and not (await store.counts())["stories"]
        if not shown and not as_json:
            print("The store is empty: crawl first." if empty else "No stored story matches.", file=sys.stderr)

    def countries(self) -> dict[str, str]:
        """The country of each declared outlet; only loaded when asked for, as all declarations must be."""
        assert self.settings is not None
        loader = get_spider_loader(self.settings)
        outlets = [outlet for name in loader.list() if (outlet := getattr(loader.load(name), "outlet", None))]
        return {outlet.name: outlet.country for outlet in outlets}


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _instant(name: str, text: str) -> datetime:
    try:
        return read_instant(f"--{name}", text)
    except ArgumentError as error:
        raise UsageError(str(error), print_help=False) from None

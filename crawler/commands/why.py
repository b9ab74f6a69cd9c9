"""`scrapy why ADDRESS`: what became of one address. `scrapy why A B`: how two stored articles
compare, and what that rests on."""

import argparse
import sys
from datetime import UTC, datetime

from scrapy.exceptions import UsageError

from crawler.dedup import compare
from crawler.display.comparison import print_comparison
from crawler.display.console import StdoutConsole
from crawler.display.jsonl import json_line
from crawler.display.url_history import load_history, print_history
from crawler.finding import is_article_id
from crawler.health.status import Status
from crawler.outlet import Outlet
from crawler.store_command import StoreCommand


class Command(StoreCommand):
    def syntax(self) -> str:
        return "[options] <id or address> [<id or address>]"

    def short_desc(self) -> str:
        return (
            "Say what became of an address, or why two stored articles are, or are not, one story"
        )

    def long_desc(self) -> str:
        return (
            "With one address, or one article's id: when and by which document it was announced, "
            "when it was read, why it failed, as which article of which story it is stored, and "
            "when it is due again. With two: whether the articles are one story, what they share "
            "and where they differ."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="of one address: one JSON object")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) == 1:
            self.execute(self.tell(args[0], as_json=opts.json))
        elif len(args) == 2 and not opts.json:
            self.execute(self.compare(*args))
        else:
            raise UsageError(
                "name an address, or two stored articles by id or address (without --json)",
                print_help=False,
            )

    async def tell(self, name: str, *, as_json: bool) -> Status:
        """Print what became of the address, or of the article with that id."""
        async with self.open_store() as store:
            stored = await self.find_article(store, name)
            tombstone = None if stored else await self.find_tombstone(store, name)
            url = name
            if is_article_id(name):
                if stored is not None:
                    url = stored.article.url
                elif tombstone is not None:
                    url = tombstone.address
                else:
                    print(f"scrapy why: {name} is not stored", file=sys.stderr)
                    return Status.USAGE
            outlets = self.outlets_of(url)
            history = await load_history(store, url, stored, outlets, tombstone)
        if history is None:
            print(f"scrapy why: {name}: {_explain_unknown(url, outlets)}", file=sys.stderr)
            return Status.USAGE
        if as_json:
            print(json_line(history))
        else:
            console = StdoutConsole(soft_wrap=True, highlight=False)
            print_history(history, datetime.now(UTC), console)
        return Status.DONE

    async def compare(self, a: str, b: str) -> Status:
        """Print how two stored articles compare."""
        async with self.open_store() as store:
            first, second = await self.find_article(store, a), await self.find_article(store, b)
            if first is None or second is None:
                for name, stored in ((a, first), (b, second)):
                    if stored is None:
                        print(f"scrapy why: {name} is not stored", file=sys.stderr)
                return Status.USAGE
            boilerplate: set[str] = set()
            for stored in (first, second):
                if stored.article.outlet:
                    boilerplate |= (await store.boilerplate(stored.article.outlet)).keys
            match = compare(first.article, second.article, boilerplate=frozenset(boilerplate))
        print_comparison(first, second, match, StdoutConsole(soft_wrap=True, highlight=False))
        return Status.DONE


def _explain_unknown(url: str, outlets: list[Outlet]) -> str:
    """Return why nothing is known of `url`, whose host the `outlets` have."""
    names = ", ".join(outlet.name for outlet in outlets)
    if not outlets:
        return "nothing is known of it, and no outlet has its host"
    if not any(outlet.is_article(url) for outlet in outlets):
        return f"nothing is known of it, and it is no article's address by the pattern of {names}"
    return f"nothing is known of it: no document of {names} has announced it"

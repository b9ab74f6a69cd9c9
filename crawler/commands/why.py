"""`scrapy why A B`: how two stored articles compare, and what that rests on."""

import argparse
import re
import sys

from rich.console import Console
from scrapy.exceptions import UsageError

from crawler.dedup import AddressError, article_id, canonical_url, compare
from crawler.display.comparison import print_comparison
from crawler.health.status import Status
from crawler.storage import StoredArticle, StoryStore, open_store
from crawler.store_command import StoreCommand

_ID = re.compile("[0-9a-f]{32}")


class Command(StoreCommand):
    def syntax(self) -> str:
        return "<id or address> <id or address>"

    def short_desc(self) -> str:
        return "Say why two stored articles are, or are not, one story"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 2:
            raise UsageError("name two stored articles, by id or address", print_help=False)
        self.execute(self.show(*args))

    async def show(self, a: str, b: str) -> Status:
        async with open_store(self.store_uri) as store:
            found = [await self.find(store, name) for name in (a, b)]
            for name, stored in zip((a, b), found, strict=True):
                if stored is None:
                    print(f"scrapy why: {name} is not stored", file=sys.stderr)
            one, other = found
            if one is None or other is None:
                return Status.USAGE
            known = [
                await store.boilerplate(s.article.outlet) for s in (one, other) if s.article.outlet
            ]
            boilerplate = frozenset[str]().union(*(each.keys for each in known))
            match = compare(one.article, other.article, boilerplate=boilerplate)
            print_comparison(one, other, match, Console(soft_wrap=True, highlight=False))
        return Status.DONE

    async def find(self, store: StoryStore, name: str) -> StoredArticle | None:
        """The article of that id or address, read by the rules of the outlet whose address it
        is."""
        if _ID.fullmatch(name):
            return await store.article(name)
        try:
            plain = canonical_url(name)
        except AddressError as error:
            raise UsageError(f"{error}, nor an article's id", print_help=False) from None
        stored = await store.article(article_id(plain))
        if stored is not None:
            return stored
        for canonical in sorted(
            {canonical_url(name, outlet=outlet) for outlet in self.declared_outlets()} - {plain}
        ):
            if stored := await store.article(article_id(canonical)):
                return stored
        return None

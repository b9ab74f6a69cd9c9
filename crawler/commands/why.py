"""`scrapy why A B`: how two stored articles compare, and what that rests on."""

import argparse
import asyncio
import re
import sys

from rich.console import Console
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.spiderloader import get_spider_loader

from crawler.dedup import AddressError, article_id, canonical_url, compare
from crawler.health.status import Status
from crawler.reading.comparison import print_comparison
from crawler.storage import Store, StoredArticle, StoreError, StoreUnavailable, open_store

_ID = re.compile("[0-9a-f]{32}")


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 (Scrapy's own declaration of it)

    def syntax(self) -> str:
        return "<id or address> <id or address>"

    def short_desc(self) -> str:
        return "Say why two stored articles are, or are not, one story"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 2:
            raise UsageError("name two stored articles, by id or address", print_help=False)
        try:
            self.exitcode = asyncio.run(self.show(*args))
        except StoreError as error:
            print(f"scrapy why: {error}", file=sys.stderr)
            self.exitcode = Status.STORE_DOWN if isinstance(error, StoreUnavailable) else Status.ERROR

    async def show(self, a: str, b: str) -> Status:
        assert self.settings is not None
        async with open_store(self.settings["STORE_URI"]) as store:
            found = [await self.find(store, name) for name in (a, b)]
            for name, stored in zip((a, b), found, strict=True):
                if stored is None:
                    print(f"scrapy why: {name} is not stored", file=sys.stderr)
            one, other = found
            if one is None or other is None:
                return Status.USAGE
            known = [await store.boilerplate(s.article.outlet) for s in (one, other) if s.article.outlet]
            boilerplate = frozenset[str]().union(*(each.keys for each in known))
            match = compare(one.article, other.article, boilerplate=boilerplate)
            print_comparison(one, other, match, Console(soft_wrap=True, highlight=False))
        return Status.DONE

    async def find(self, store: Store, name: str) -> StoredArticle | None:
        """The article of that id or address, read by the rules of the outlet whose address it is."""
        if _ID.fullmatch(name):
            return await store.article(name)
        try:
            plain = canonical_url(name)
        except AddressError as error:
            raise UsageError(f"{error}, nor an article's id", print_help=False) from None
        stored = await store.article(article_id(plain))
        if stored is not None:
            return stored
        assert self.settings is not None
        loader = get_spider_loader(self.settings)
        outlets = [outlet for one in loader.list() if (outlet := getattr(loader.load(one), "outlet", None))]
        for canonical in sorted({canonical_url(name, outlet=outlet) for outlet in outlets} - {plain}):
            if stored := await store.article(article_id(canonical)):
                return stored
        return None

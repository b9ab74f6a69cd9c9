"""The store in MongoDB: the protocol over the collections."""

import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, TypeVar

from crawler.items import Article
from crawler.storage.filters import Filters, parse_filters
from crawler.storage.incoming import prepare as prepare_article
from crawler.storage.mongo import queries, story_index
from crawler.storage.mongo.assignment import assign_pending
from crawler.storage.mongo.batches import Batches
from crawler.storage.mongo.client import Client, connect, translate_errors
from crawler.storage.mongo.frontier import MongoFrontier
from crawler.storage.mongo.leases import MongoLeases
from crawler.storage.mongo.runs import MongoRuns
from crawler.storage.mongo.saving import regroup, save_all
from crawler.storage.mongo.schema import prepare
from crawler.storage.protocol import (
    Boilerplate,
    Move,
    Revision,
    Saved,
    Store,
    StoredArticle,
    Story,
)
from crawler.stories.boilerplate import replaced
from crawler.stories.versions import Incoming

_Item = TypeVar("_Item")
_Page = Callable[..., Awaitable[list[tuple[queries.Position, _Item]]]]

_PAGE = 100
_BATCH = 100


class MongoStore(MongoFrontier, MongoLeases, MongoRuns, Store):
    """A store in a MongoDB database."""

    def __init__(self, client: Client, countries: Mapping[str, str] | None) -> None:
        super().__init__(client)
        self._database = client.database
        self._display_uri = client.display_uri
        self._countries = countries
        self._batches = Batches(self._save_all)

    async def save(self, article: Article) -> Saved:
        """See Store."""
        return await self._batches.save(prepare_article(article))

    async def save_many(self, articles: Iterable[Article]) -> list[Saved]:
        """See Store."""
        readings = [prepare_article(article) for article in articles]
        saved: list[Saved] = []
        for start in range(0, len(readings), _BATCH):
            saved += await self._save_all(readings[start : start + _BATCH])
        return saved

    def stories(self, **filters: Any) -> AsyncIterator[Story]:
        """See Store."""
        return self._filtered(parse_filters(filters, self._countries), queries.stories_page)

    def articles(self, **filters: Any) -> AsyncIterator[StoredArticle]:
        """See Store."""
        return self._filtered(parse_filters(filters, self._countries), queries.articles_page)

    async def resolve_story(self, story_id: str) -> str | None:
        """See Store."""
        with translate_errors(self._display_uri):
            return await queries.story_of(self._database, story_id)

    async def revisions(self, article_id: str) -> list[Revision]:
        """See Store."""
        with translate_errors(self._display_uri):
            return await queries.revisions_of(self._database, article_id)

    async def article(self, article_id: str) -> StoredArticle | None:
        """See Store."""
        with translate_errors(self._display_uri):
            return await queries.article(self._database, article_id)

    async def outlets(self) -> list[str]:
        """See Store."""
        with translate_errors(self._display_uri):
            return await queries.outlets(self._database)

    async def boilerplate(self, outlet: str) -> Boilerplate:
        """See Store."""
        with translate_errors(self._display_uri):
            return await queries.boilerplate(self._database, outlet)

    async def set_boilerplate(self, outlet: str, keys: frozenset[str]) -> Boilerplate:
        """See Store."""
        with translate_errors(self._display_uri):
            known = await queries.boilerplate(self._database, outlet)
            new = replaced(known, keys)
            if new != known:
                document = {"version": new.version, "keys": sorted(keys)}
                boilerplate = self._database["boilerplate"]
                await boilerplate.replace_one({"_id": outlet}, document, upsert=True)
            return new

    async def stop_keys(self) -> frozenset[int]:
        """See Store."""
        with translate_errors(self._display_uri):
            return await story_index.stop_keys(self._database)

    async def set_stop_keys(self, keys: frozenset[int]) -> None:
        """See Store."""
        with translate_errors(self._display_uri):
            await story_index.set_stop_keys(self._database, keys)

    async def regroup(self, article_ids: Sequence[str]) -> list[Move]:
        """See Store."""
        moved: list[Move] = []
        with translate_errors(self._display_uri):
            for start in range(0, len(article_ids), _BATCH):
                moved += await regroup(self._database, article_ids[start : start + _BATCH])
        return moved

    async def note(self, name: str) -> str | None:
        """See Store."""
        with translate_errors(self._display_uri):
            return await queries.note(self._database, name)

    async def set_note(self, name: str, value: str | None) -> None:
        """See Store."""
        notes = self._database["notes"]
        with translate_errors(self._display_uri):
            if value is None:
                await notes.delete_one({"_id": name})
            else:
                await notes.replace_one({"_id": name}, {"value": value}, upsert=True)

    async def counts(self) -> dict[str, int]:
        """See Store."""
        with translate_errors(self._display_uri):
            return await queries.counts(self._database)

    async def story_counts(self) -> dict[str, int]:
        """See Store."""
        with translate_errors(self._display_uri):
            return await queries.story_counts(self._database)

    async def _save_all(self, readings: Sequence[Incoming]) -> list[Saved]:
        with translate_errors(self._display_uri):
            return await save_all(self._database, readings)

    async def _filtered(self, filters: Filters, page: _Page[_Item]) -> AsyncIterator[_Item]:
        after = None
        if filters.after is not None:
            with translate_errors(self._display_uri):
                after = await queries.position_of(self._database, filters.after)
            if after is None:
                raise ValueError(f"after: there is no {filters.after!r}")
        async for item in self._paged(partial(page, filters=filters), after, filters.limit):
            yield item

    async def _paged(
        self, page: _Page[_Item], after: queries.Position | None, limit: int | None
    ) -> AsyncIterator[_Item]:
        left = limit
        while left is None or left > 0:
            size = _PAGE if left is None else min(left, _PAGE)
            with translate_errors(self._display_uri):
                items = await page(self._database, after=after, size=size)
            if not items:
                return
            for _, item in items:
                yield item
            after = items[-1][0]
            left = None if left is None else left - len(items)


@asynccontextmanager
async def open_mongo(
    uri: str, countries: Mapping[str, str] | None = None
) -> AsyncIterator[MongoStore]:
    """The store in the database that `uri` names, with its indexes made and dead writers' groups
    settled.

    Raises StoreUnavailable when no server answers within 5 seconds, StoreError for a URI that is
    none.
    """
    async with connect(uri) as client:
        await client.call(prepare, client.display_uri)
        await client.call(assign_pending, uuid.uuid4().hex)
        yield MongoStore(client, countries)

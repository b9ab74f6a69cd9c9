"""The store in one SQLite file: the protocol over the worker."""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from crawler.items import Article
from crawler.storage.filters import Filters, parse_filters
from crawler.storage.incoming import prepare
from crawler.storage.protocol import (
    Boilerplate,
    Move,
    Revision,
    Saved,
    Store,
    StoredArticle,
    Story,
)
from crawler.storage.sqlite import queries, saving, story_index
from crawler.storage.sqlite.frontier import SqliteFrontier
from crawler.storage.sqlite.leases import SqliteLeases
from crawler.storage.sqlite.runs import SqliteRuns
from crawler.storage.sqlite.worker import Worker

_Item = TypeVar("_Item")
_Page = Callable[..., list[tuple[queries.Position, _Item]]]

_PAGE = 100
_BATCH = 100  # articles of one save_many in one transaction: others wait no longer than that takes


class SqliteStore(SqliteFrontier, SqliteLeases, SqliteRuns, Store):
    """A store in one SQLite file."""

    def __init__(self, worker: Worker, countries: Mapping[str, str] | None) -> None:
        super().__init__(worker)
        self._countries = countries

    async def save(self, article: Article) -> Saved:
        """See Store."""
        return (await self.save_many([article]))[0]

    async def save_many(self, articles: Iterable[Article]) -> list[Saved]:
        """See Store."""
        readings = [prepare(article) for article in articles]
        saved: list[Saved] = []
        for start in range(0, len(readings), _BATCH):
            batch = readings[start : start + _BATCH]

            saved += await self._worker.write(partial(saving.save_all, readings=batch))
        return saved

    def stories(self, **filters: Any) -> AsyncIterator[Story]:
        """See Store."""
        return self._filtered(parse_filters(filters, self._countries), queries.stories_page)

    def articles(self, **filters: Any) -> AsyncIterator[StoredArticle]:
        """See Store."""
        return self._filtered(parse_filters(filters, self._countries), queries.articles_page)

    async def resolve_story(self, story_id: str) -> str | None:
        """See Store."""
        return await self._worker.read(partial(queries.story_of, article_id=story_id))

    async def revisions(self, article_id: str) -> list[Revision]:
        """See Store."""
        return await self._worker.read(partial(queries.revisions_of, article_id=article_id))

    async def article(self, article_id: str) -> StoredArticle | None:
        """See Store."""
        return await self._worker.read(partial(queries.article, article_id=article_id))

    async def outlets(self) -> list[str]:
        """See Store."""
        return await self._worker.read(queries.outlets)

    async def boilerplate(self, outlet: str) -> Boilerplate:
        """See Store."""
        return await self._worker.read(partial(story_index.boilerplate_of, outlet=outlet))

    async def set_boilerplate(self, outlet: str, keys: frozenset[str]) -> Boilerplate:
        """See Store."""
        return await self._worker.write(partial(saving.set_boilerplate, outlet=outlet, keys=keys))

    async def stop_keys(self) -> frozenset[int]:
        """See Store."""
        return await self._worker.read(story_index.stop_keys)

    async def set_stop_keys(self, keys: frozenset[int]) -> None:
        """See Store."""
        await self._worker.write(partial(story_index.set_stop_keys, keys=keys))

    async def regroup(self, article_ids: Sequence[str]) -> list[Move]:
        """See Store."""
        moved: list[Move] = []
        for start in range(0, len(article_ids), _BATCH):
            batch = article_ids[start : start + _BATCH]
            moved += await self._worker.write(partial(saving.regroup, article_ids=batch))
        return moved

    async def note(self, name: str) -> str | None:
        """See Store."""
        return await self._worker.read(partial(queries.note, name=name))

    async def set_note(self, name: str, value: str | None) -> None:
        """See Store."""
        await self._worker.write(partial(saving.set_note, name=name, value=value))

    async def counts(self) -> dict[str, int]:
        """See Store."""
        return await self._worker.read(queries.counts)

    async def story_counts(self) -> dict[str, int]:
        """See Store."""
        return await self._worker.read(queries.story_counts)

    async def _filtered(self, filters: Filters, page: _Page[_Item]) -> AsyncIterator[_Item]:
        after = None
        if filters.after is not None:
            after = await self._worker.read(partial(queries.position_of, article_id=filters.after))
            if after is None:
                raise ValueError(f"after: there is no {filters.after!r}")
        async for item in self._paged(partial(page, filters=filters), after, filters.limit):
            yield item

    async def _paged(
        self, page: _Page[_Item], after: queries.Position | None, limit: int | None
    ) -> AsyncIterator[_Item]:
        """Items page by page, so that a long list holds nothing up and keeps no lock."""
        left = limit
        while left is None or left > 0:
            size = _PAGE if left is None else min(left, _PAGE)
            items = await self._worker.read(partial(page, after=after, size=size))
            for _, item in items:
                yield item
            if len(items) < size:
                return
            after = items[-1][0]
            left = None if left is None else left - size


@asynccontextmanager
async def open_sqlite(
    path: Path, countries: Mapping[str, str] | None = None
) -> AsyncIterator[SqliteStore]:
    """The store in the SQLite file at `path`, made where missing.

    Raises StoreUnavailable when it cannot be opened now, StoreError when the file is something
    else.
    """
    worker = Worker(path)
    await worker.open()
    try:
        yield SqliteStore(worker, countries)
    finally:
        await worker.close()

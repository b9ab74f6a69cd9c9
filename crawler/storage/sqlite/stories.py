"""Articles and stories in SQLite."""

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from crawler.items import Article
from crawler.storage.filters import Filters, parse_filters, parse_filters_of_times
from crawler.storage.incoming import prepare
from crawler.storage.paging import Slice, items_of, read_filtered
from crawler.storage.protocol import Hit, StoryReader, StoryStore
from crawler.storage.sqlite import queries, saving
from crawler.storage.sqlite.queries import Position
from crawler.storage.sqlite.worker import ReaderPart, Reads, StorePart, Worker
from crawler.stories.model import Revision, Saved, StoredArticle, Story

_Item = TypeVar("_Item", Story, StoredArticle)

# Articles of one `save_many` in one transaction: others wait no longer than that takes.
_BATCH = 100


class SqliteStoryReader(ReaderPart, StoryReader):
    def __init__(self, reads: Reads, countries: Mapping[str, str] | None) -> None:
        super().__init__(reads)
        self._countries = countries

    def stories(self, **filters: object) -> AsyncIterator[Story]:
        return items_of(self.search(**filters))

    def articles(self, **filters: object) -> AsyncIterator[StoredArticle]:
        return items_of(self._list(queries.articles_slice, filters))

    def search(self, **filters: object) -> AsyncIterator[Hit[Story]]:
        return self._list(queries.stories_slice, filters)

    async def story_times(self, limit: int, **filters: object) -> list[datetime]:
        parsed = parse_filters_of_times(limit, filters, self._countries)
        return await self._reads.read(queries.story_times, parsed)

    async def article(self, article_id: str) -> StoredArticle | None:
        return await self._reads.read(queries.article, article_id)

    async def article_read_at(self, addresses: Sequence[str]) -> StoredArticle | None:
        return await self._reads.read(queries.article_read_at, addresses)

    async def story_copies(self, story_id: str) -> list[StoredArticle]:
        return await self._reads.read(queries.copies_of, story_id)

    async def revisions(self, article_id: str) -> list[Revision]:
        return await self._reads.read(queries.revisions_of, article_id)

    async def resolve_story(self, story_id: str) -> str | None:
        return await self._reads.read(queries.story_of, story_id)

    async def outlets(self) -> list[str]:
        return await self._reads.read(queries.outlets)

    async def source_names(self) -> list[str]:
        return await self._reads.read(queries.source_names)

    async def place_names(self) -> list[str]:
        return await self._reads.read(queries.place_names)

    async def story_counts(self) -> dict[str, int]:
        return await self._reads.read(queries.story_counts)

    def _list(
        self,
        select: Callable[
            [sqlite3.Connection, Filters, Position | None, int], Slice[_Item, Position]
        ],
        given: Mapping[str, object],
    ) -> AsyncIterator[Hit[_Item]]:
        return read_filtered(
            lambda filters, after, size: self._reads.read(select, filters, after, size),
            lambda article_id: self._reads.read(queries.position_of, article_id),
            parse_filters(given, self._countries),
        )


class SqliteStories(SqliteStoryReader, StorePart, StoryStore):
    def __init__(self, worker: Worker, countries: Mapping[str, str] | None) -> None:
        super().__init__(worker, countries)
        self._worker = worker

    async def save(self, article: Article) -> Saved:
        (saved,) = await self.save_many([article])
        return saved

    async def save_many(self, articles: Iterable[Article]) -> list[Saved]:
        incoming = [prepare(article) for article in articles]
        saved: list[Saved] = []
        for start in range(0, len(incoming), _BATCH):
            batch = incoming[start : start + _BATCH]
            saved += await self._worker.write(saving.save_all, batch)
        return saved

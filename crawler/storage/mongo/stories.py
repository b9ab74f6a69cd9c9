"""Articles and stories in MongoDB."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from crawler.items import Article
from crawler.storage.filters import Filters, parse_filters, parse_filters_of_times
from crawler.storage.incoming import prepare
from crawler.storage.mongo import queries, saving
from crawler.storage.mongo.batches import Batches
from crawler.storage.mongo.client import Client, Database, StorePart
from crawler.storage.mongo.queries import Position
from crawler.storage.paging import Slice, items_of, read_filtered
from crawler.storage.protocol import Hit, StoryReader, StoryStore
from crawler.stories.model import Revision, Saved, StoredArticle, Story
from crawler.stories.versions import Incoming

_Item = TypeVar("_Item", Story, StoredArticle)

_BATCH = 100  # articles


class MongoStoryReader(StorePart, StoryReader):
    def __init__(self, client: Client, countries: Mapping[str, str] | None) -> None:
        super().__init__(client)
        self._countries = countries

    def stories(self, **filters: object) -> AsyncIterator[Story]:
        return items_of(self.search(**filters))

    def articles(self, **filters: object) -> AsyncIterator[StoredArticle]:
        return items_of(self._list(queries.articles_slice, filters))

    def search(self, **filters: object) -> AsyncIterator[Hit[Story]]:
        return self._list(queries.stories_slice, filters)

    async def story_times(self, limit: int, **filters: object) -> list[datetime]:
        parsed = parse_filters_of_times(limit, filters, self._countries)
        return await self._client.call(queries.story_times, parsed)

    async def article(self, article_id: str) -> StoredArticle | None:
        return await self._client.call(queries.article, article_id)

    async def article_read_at(self, addresses: Sequence[str]) -> StoredArticle | None:
        return await self._client.call(queries.article_read_at, addresses)

    async def story_copies(self, story_id: str) -> list[StoredArticle]:
        return await self._client.call(queries.copies_of, story_id)

    async def revisions(self, article_id: str) -> list[Revision]:
        return await self._client.call(queries.revisions_of, article_id)

    async def resolve_story(self, story_id: str) -> str | None:
        return await self._client.call(queries.story_of, story_id)

    async def outlets(self) -> list[str]:
        return await self._client.call(queries.outlets)

    async def source_names(self) -> list[str]:
        return await self._client.call(queries.source_names)

    async def place_names(self) -> list[str]:
        return await self._client.call(queries.place_names)

    async def story_counts(self) -> dict[str, int]:
        return await self._client.call(queries.story_counts)

    def _list(
        self,
        find: Callable[
            [Database, Filters, Position | None, int], Awaitable[Slice[_Item, Position]]
        ],
        given: Mapping[str, object],
    ) -> AsyncIterator[Hit[_Item]]:
        return read_filtered(
            lambda filters, after, size: self._client.call(find, filters, after, size),
            lambda article_id: self._client.call(queries.position_of, article_id),
            parse_filters(given, self._countries),
        )


class MongoStories(MongoStoryReader, StoryStore):
    def __init__(self, client: Client, countries: Mapping[str, str] | None) -> None:
        super().__init__(client, countries)
        self._batches = Batches(self._save_all)

    async def save(self, article: Article) -> Saved:
        return await self._batches.save(prepare(article))

    async def save_many(self, articles: Iterable[Article]) -> list[Saved]:
        incoming = [prepare(article) for article in articles]
        saved: list[Saved] = []
        for start in range(0, len(incoming), _BATCH):
            saved += await self._save_all(incoming[start : start + _BATCH])
        return saved

    async def _save_all(self, incoming: Sequence[Incoming]) -> list[Saved]:
        return await self._client.call(saving.save_all, incoming)

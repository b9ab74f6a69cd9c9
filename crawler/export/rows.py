"""The rows of an export, read from a store slice by slice."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from crawler.export.columns import (
    ARTICLE_COLUMNS,
    REVISION_COLUMNS,
    STORY_COLUMNS,
    Column,
    Row,
    article_row,
    revision_row,
    story_row,
)
from crawler.storage import Store
from crawler.stories.model import Story

BATCH = 100  # rows, or the stories and articles that they are read from


@dataclass(frozen=True, slots=True)
class Table:
    """What can be exported: its columns, and how its rows are read, some at a time, newest first.

    read: called with the store and the filters of `Store.stories`.
    """

    columns: tuple[Column, ...]
    read: Callable[[Store, dict[str, object]], AsyncGenerator[list[Row], None]]


async def _stories(store: Store, filters: dict[str, object]) -> AsyncGenerator[list[Row], None]:
    stories: list[Story] = []
    async for story in store.stories(**filters):
        stories.append(story)
        if len(stories) == BATCH:
            yield await _story_rows(store, stories)
            stories = []
    yield await _story_rows(store, stories)


async def _story_rows(store: Store, stories: list[Story]) -> list[Row]:
    earliest = await asyncio.gather(*(store.article(story.copies[0].id) for story in stories))
    return [story_row(*pair) for pair in zip(stories, earliest, strict=True)]


async def _articles(store: Store, filters: dict[str, object]) -> AsyncGenerator[list[Row], None]:
    rows: list[Row] = []
    async for stored in store.articles(**filters):
        rows.append(article_row(stored))
        if len(rows) == BATCH:
            yield rows
            rows = []
    yield rows


async def _revisions(store: Store, filters: dict[str, object]) -> AsyncGenerator[list[Row], None]:
    """Yield the older texts of articles, those of the newest article first, the oldest of them
    first. The limit is one of rows."""
    limit = filters["limit"]
    remaining = limit if isinstance(limit, int) else None
    async for stored in store.articles(**{**filters, "limit": None}):
        if not stored.revisions:
            continue
        revisions = await store.revisions(stored.id)
        yield [revision_row(revision, stored.story_id) for revision in revisions[:remaining]]
        if remaining is not None:
            remaining = max(0, remaining - len(revisions))
            if not remaining:
                return


TABLES = {
    "stories": Table(STORY_COLUMNS, _stories),
    "articles": Table(ARTICLE_COLUMNS, _articles),
    "revisions": Table(REVISION_COLUMNS, _revisions),
}

"""Articles and a synchronous store for tests."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from crawler.gazetteer import Source
from crawler.items import Article, Attribution
from crawler.storage import Revision, Run, Saved, Store, StoredArticle, Story, open_store

_Result = TypeVar("_Result")

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
REUTERS = Attribution(Source("reuters", "Reuters", "agency", "GB"), "agency")


def article(
    name: str, text: str | None = "مشروع جديد لتوسيع الميناء القديم", **fields: Any
) -> Article:
    """An article of outlet `name` (before a slash) with that body, fetched at noon."""
    outlet, _, page = name.partition("/")
    given = Article(
        url=f"https://{outlet}.example/{page or 'news'}",
        outlet=outlet,
        language="ar",
        headline="توسيع الميناء",
        body=text,
        published=NOON - HOUR,
        fetched_at=NOON,
    )
    return replace(given, **fields)


def gap_free(name: str) -> Article:
    """An article in which every field is set."""
    return article(
        name,
        description="وصف قصير",
        authors=("سلمى", "كريم"),
        section="اقتصاد",
        genre="news",
        tags=("ميناء", "بحر"),
        image="https://cdn.example/1.jpg",
        published=NOON - HOUR,
        published_raw="اليوم 1:00 م",
        published_precision="minute",
        modified=NOON,
        modified_raw="2:00 م",
        zone="Africa/Cairo",
        dateline="القاهرة - رويترز",
        place="القاهرة",
        sources=(REUTERS, Attribution(Source("", "وكالة الميناء", "unknown"), "agency")),
        reporter="كريم",
        canonical_url=f"https://{name}.example/known",
        own_url=f"https://{name}.example/known",
        content_hash="0" * 64,
    )


class SyncStore:
    """A store whose every method opens it anew, so that what a test sees is what was kept."""

    def __init__(self, uri: str, countries: dict[str, str] | None = None) -> None:
        self.uri = uri
        self.countries = countries

    def run(self, scenario: Callable[[Store], Awaitable[_Result]]) -> _Result:
        """The result of `scenario` with the opened store."""

        async def opened() -> _Result:
            async with open_store(self.uri, countries=self.countries) as store:
                return await scenario(store)

        return asyncio.run(opened())

    def save(self, *articles: Article) -> list[Saved]:
        """Save one after the other."""

        async def one_by_one(store: Store) -> list[Saved]:
            return [await store.save(given) for given in articles]

        return self.run(one_by_one)

    def outcomes(self, *articles: Article) -> list[str]:
        """What became of each, saved one after the other."""
        return [saved.outcome for saved in self.save(*articles)]

    def stories(self, **filters: Any) -> list[Story]:
        """All stories that meet the filters."""

        async def listed(store: Store) -> list[Story]:
            return [story async for story in store.stories(**filters)]

        return self.run(listed)

    def articles(self, **filters: Any) -> list[StoredArticle]:
        """All articles that meet the filters."""

        async def listed(store: Store) -> list[StoredArticle]:
            return [stored async for stored in store.articles(**filters)]

        return self.run(listed)

    def runs(self, **filters: Any) -> list[Run]:
        """All runs that meet the filters."""

        async def listed(store: Store) -> list[Run]:
            return [run async for run in store.runs(**filters)]

        return self.run(listed)

    def revisions(self, article_id: str) -> list[Revision]:
        """The older texts of an article."""
        return self.run(lambda store: store.revisions(article_id))

    def counts(self) -> dict[str, int]:
        """How much is stored."""
        return self.run(lambda store: store.counts())

    def story_counts(self) -> dict[str, int]:
        """How many stories each outlet has a copy of."""
        return self.run(lambda store: store.story_counts())

    def partition(self) -> set[frozenset[str]]:
        """The addresses of each story, every one of which must bear its earliest copy's id."""
        stories = self.stories()
        assert [story.id for story in stories] == [story.copies[0].id for story in stories]
        return {frozenset(copy.url for copy in story.copies) for story in stories}

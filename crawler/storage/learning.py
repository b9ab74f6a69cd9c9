"""Learning the boilerplate of outlets from a store, by `crawler.stories.boilerplate` and
`crawler.stories.restless`."""

from crawler.storage.protocol import Store
from crawler.stories.boilerplate import LATEST_ARTICLES, find_boilerplate
from crawler.stories.model import Boilerplate, StoredArticle
from crawler.stories.restless import MAX_LINES, MIN_LOOKS, find_restless_lines


async def learn_boilerplate(store: Store, outlet: str) -> Boilerplate:
    """Learn the boilerplate of `outlet` from its latest articles, write it to the store and return
    it.

    Lines that never rest stay known: once they are, no revisions show them any more.
    """
    latest = await _latest(store, outlet)
    keys = find_boilerplate(stored.article for stored in latest)
    found = find_restless_lines(
        [await _looks(store, stored) for stored in latest if stored.revisions + 1 >= MIN_LOOKS]
    )
    known = (await store.boilerplate(outlet)).restless
    new = sorted(found - known)[: MAX_LINES - len(known)]
    return await store.set_boilerplate(outlet, keys, known.union(new))


async def boilerplate_in(store: Store, outlet: str) -> frozenset[str]:
    """Return the keys of the boilerplate in the latest articles of `outlet`."""
    return find_boilerplate(stored.article for stored in await _latest(store, outlet))


async def _latest(store: Store, outlet: str) -> list[StoredArticle]:
    return [stored async for stored in store.articles(outlet=outlet, limit=LATEST_ARTICLES)]


async def _looks(store: Store, stored: StoredArticle) -> list[str]:
    """Return the bodies of an article in the order in which they were looked at."""
    older = await store.revisions(stored.id)
    return [article.body or "" for article in (*(old.article for old in older), stored.article)]

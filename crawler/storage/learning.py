"""Learning the boilerplate of outlets from a store, by `crawler.stories.boilerplate`."""

from crawler.storage.protocol import Store
from crawler.stories.boilerplate import LATEST_ARTICLES, find_boilerplate
from crawler.stories.model import Boilerplate


async def learn_boilerplate(store: Store, outlet: str) -> Boilerplate:
    """Learn the boilerplate of `outlet` from its latest articles, write it to the store and return
    it."""
    return await store.set_boilerplate(outlet, await boilerplate_in(store, outlet))


async def boilerplate_in(store: Store, outlet: str) -> frozenset[str]:
    """Return the keys of the boilerplate in the latest articles of `outlet`."""
    latest = [
        stored.article async for stored in store.articles(outlet=outlet, limit=LATEST_ARTICLES)
    ]
    return find_boilerplate(latest)

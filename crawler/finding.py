"""Finding a stored article or story by its id, or by any address under which it was read."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from crawler.dedup import article_id, canonical_url
from crawler.fetching.host_groups import host_groups_of
from crawler.outlet import Outlet
from crawler.storage import (
    Reader,
    RemovalReader,
    StoredArticle,
    StoryReader,
    Tombstone,
)
from crawler.text.hosts import registrable_domain


def is_article_id(name: str) -> bool:
    """Return True if `name` has the form of the id of an article or story."""
    return re.fullmatch("[0-9a-f]{32}", name) is not None


async def find_article(
    store: StoryReader, name: str, outlets: Sequence[Outlet]
) -> StoredArticle | None:
    """Return the article that has, or had, the id `name`, or that stands or was read at the address
    `name`; None if there is no such article.

    An address is read by the rules of each of `outlets`. Raises AddressError for a name that is
    neither an id nor an address.
    """
    if is_article_id(name):
        return await store.article(name)
    addresses = _canonical_addresses(name, outlets)
    for address in addresses:
        if stored := await store.article(article_id(address)):
            return stored
    return await store.article_read_at((name, *addresses))


async def find_story(store: Reader, name: str, outlets: Sequence[Outlet]) -> str | None:
    """Return the id of the story that the id or address `name` leads to; None if there is no such
    story. Raises AddressError for a name that is neither."""
    if is_article_id(name):
        return await store.resolve_story(name)
    stored = await find_article(store, name, outlets) or await find_redirected(store, name, outlets)
    if stored is not None:
        return stored.story_id
    removed = await find_tombstone(store, name, outlets)
    return await store.resolve_story(removed.id) if removed else None


async def find_redirected(
    store: Reader, url: str, outlets: Sequence[Outlet]
) -> StoredArticle | None:
    """Return the article to which the address `url` redirected when an outlet's crawl last read it;
    None if it did not. Raises AddressError for what is no address."""
    addresses = _canonical_addresses(url, outlets)
    for outlet in outlets_of(url, outlets):
        for tracked in (await store.tracked_urls(outlet.name, addresses)).values():
            target = tracked.alias_of
            if target and (stored := await store.article(article_id(target))):
                return stored
    return None


async def find_tombstone(
    store: RemovalReader, name: str, outlets: Sequence[Outlet]
) -> Tombstone | None:
    """Return the tombstone of the article that had the id, or stood at the address, `name`; None if
    there is no such tombstone. Raises AddressError for a name that is neither."""
    ids = [name]
    if not is_article_id(name):
        ids = [article_id(address) for address in _canonical_addresses(name, outlets)]
    for each in ids:
        if tombstone := await store.tombstone(each):
            return tombstone
    return None


def outlets_of(url: str, outlets: Sequence[Outlet]) -> list[Outlet]:
    """Return those of `outlets` that share a host group with `url`; first those whose article it
    is."""
    group = registrable_domain(urlsplit(url).hostname or "")
    sharing = [outlet for outlet in outlets if group in host_groups_of(outlet)]
    return sorted(sharing, key=lambda outlet: not outlet.is_article(url))


def _canonical_addresses(name: str, outlets: Sequence[Outlet]) -> list[str]:
    """Return the canonical forms of an address, also by the rules of each of `outlets`. Raises
    AddressError."""
    plain = canonical_url(name)
    by_rules = {canonical_url(name, outlet=outlet) for outlet in outlets}
    return [plain, *sorted(by_rules - {plain})]

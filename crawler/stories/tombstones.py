"""Articles that were removed for good: what is kept of them, and which incoming articles are
refused because of it.

- The address decides: an article at the address of a tombstone is refused, with whatever text.
- The text only recognises other addresses of a removed article: a page of its outlet that prints
  the very text at an address of which nothing is stored, or that claims the removed address. A
  copy of another outlet is no such page. A page that claims the removed address and prints another
  text stands at its own address.
- A retention refuses the articles of an outlet that are older than it says.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.dedup import AddressError, article_id, canonical_url
from crawler.items import Article
from crawler.outlet import Outlet
from crawler.stories.addresses import own_address
from crawler.stories.grouping import earliest_key
from crawler.stories.versions import Current, Incoming, OldVersion, text_digest


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is kept of an article that was removed.

    id, address, outlet: of the article. hash: the content hash of its last text. reason: why it was
    removed, in the words of whoever did it. forgotten: when. time: where it stood in lists. keys:
    see `incoming_keys`. successor: the id of the article that became the earliest copy of its
    story, None if nothing of the story was left.
    """

    id: str
    address: str
    outlet: str | None
    hash: str | None
    reason: str
    forgotten: datetime
    time: datetime
    keys: tuple[str, ...]
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Retention:
    """The instant before which the articles of an outlet were removed, and are refused.

    reason: why, in the words of whoever removed them. forgotten: when.
    """

    outlet: str
    before: datetime
    reason: str
    forgotten: datetime


def bury(
    removed_id: str,
    current: Current,
    old_versions: Sequence[OldVersion],
    successor: str | None,
    *,
    reason: str,
    now: datetime,
) -> Tombstone:
    """Return the tombstone of a stored article with these texts."""
    keys = {removed_id}
    for article in _texts(current, old_versions):
        keys.add(article_id(own_address(article)))
        keys.update(_text_keys(article))
    return Tombstone(
        id=removed_id,
        address=current.article.canonical_url or current.article.url,
        outlet=current.article.outlet,
        hash=current.article.content_hash,
        reason=reason,
        forgotten=now,
        time=current.time,
        keys=tuple(sorted(keys)),
        successor=successor,
    )


def forwarding(removed_id: str, time: datetime, successor: str, retention: Retention) -> Tombstone:
    """Return the entry by which the id of an article that grew too old still finds its story. It
    refuses nothing: stores keep it as a lifted one."""
    return Tombstone(
        id=removed_id,
        address="",
        outlet=retention.outlet,
        hash=None,
        reason=retention.reason,
        forgotten=retention.forgotten,
        time=time,
        keys=(),
        successor=successor,
    )


def with_declared_key(tombstone: Tombstone, outlet: Outlet) -> Tombstone:
    """Return `tombstone` so that it refuses its article at the address too that the declaration of
    its outlet gives today."""
    try:
        key = article_id(canonical_url(tombstone.address, outlet=outlet))
    except AddressError:
        return tombstone
    return replace(tombstone, keys=tuple(sorted({*tombstone.keys, key})))


def addresses_of(current: Current, old_versions: Iterable[OldVersion]) -> set[str]:
    """Return the addresses that an article with these texts was read at and stood at."""
    texts = _texts(current, old_versions)
    return {
        address
        for article in texts
        for address in (article.canonical_url, own_address(article), article.url)
        if address
    }


def earliest_of(copies: Iterable[tuple[str, datetime | None]]) -> str | None:
    """Return the id of the earliest copy, None if there is none. copies: ids and `published`."""
    ordered = sorted(copies, key=lambda copy: earliest_key(*copy))
    return ordered[0][0] if ordered else None


def incoming_keys(incoming: Incoming) -> set[str]:
    """Return the keys by which the tombstones that concern an article are found: the ids of its
    canonical and of its own address, and its outlet with the digest of its text."""
    own_id = article_id(own_address(incoming.article))
    return {incoming.id, own_id, *_text_keys(incoming.article)}


def is_forgotten(
    incoming: Incoming, buried: Collection[str], retention: Retention | None, *, is_stored: bool
) -> bool:
    """Return True if an article is to be refused.

    buried: those of its keys that tombstones have. retention: of its outlet. is_stored: an article
    stands at its address already.
    """
    if retention is not None and _time(incoming) < retention.before:
        return True
    if article_id(own_address(incoming.article)) in buried:
        return True
    repeats_text = not _text_keys(incoming.article).isdisjoint(buried)
    return repeats_text and (incoming.id in buried or not is_stored)


def claims_forgotten(incoming: Incoming, buried: Collection[str]) -> bool:
    """Return True if an article that is not refused claims the address of one that was removed."""
    return incoming.id in buried


def _texts(current: Current, old_versions: Iterable[OldVersion]) -> list[Article]:
    return [current.article, *(old.article for old in old_versions)]


def _time(incoming: Incoming) -> datetime:
    """Return where the article would stand in lists."""
    return incoming.article.published or incoming.seen


def _text_keys(article: Article) -> set[str]:
    """Return the key of the article's text; no key for an article without a body or outlet, whose
    text says nothing about where it is from."""
    if not article.content_hash or not article.outlet:
        return set()
    return {f"{article.outlet} {text_digest(article)}"}

"""Moving what is stored of an outlet, after its declaration has changed which part of an address is
the identity of an article."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from crawler.outlet import Outlet
from crawler.storage.protocol import Store

MAX_MERGED = 10
"""Stored articles that may become one: a printed address has some forms. More of them show an
identity that is none, e.g. the year in the path."""

_BATCH = 100  # articles
_MAX_PASSES = 5  # a move may bring another article to an address of its own, which moves then


@dataclass(frozen=True, slots=True)
class Readdressed:
    """The result of readdressing an outlet.

    moved: number of articles that stand at another address now, or would. refused: the address that
    more than MAX_MERGED articles would share, "" if there is none. Then nothing is moved.
    """

    moved: int
    refused: str = ""


async def readdress(store: Store, outlet: Outlet, *, dry_run: bool = False) -> Readdressed:
    """Move the articles and tracked URLs of `outlet` to the addresses that its declaration gives;
    articles that come to one address become one.

    The former ids stay as aliases. An interrupted call goes on when called again. dry_run: change
    nothing.
    """
    addresses = await store.misplaced_articles(outlet)
    crowded = _crowded(addresses)
    if crowded or dry_run:
        return Readdressed(len(addresses), crowded)
    await store.set_checkpoint(_job(outlet), None)  # no declaration holds for all of them now
    await store.extend_tombstones(outlet)
    moved = await store.move_articles(outlet, ())
    for _ in range(_MAX_PASSES):
        ids = list(addresses)
        moved_now = 0
        for start in range(0, len(ids), _BATCH):
            moved_now += await store.move_articles(outlet, ids[start : start + _BATCH])
        moved += moved_now
        if not moved_now:
            break
        addresses = await store.misplaced_articles(outlet)
    await store.move_tracked_urls(outlet)
    await store.set_checkpoint(_job(outlet), _identity(outlet))
    return Readdressed(moved)


async def readdress_if_changed(store: Store, outlet: Outlet) -> Readdressed:
    """Readdress `outlet` unless the store remembers that its addresses are by this declaration."""
    if await store.checkpoint(_job(outlet)) == _identity(outlet):
        return Readdressed(0)
    return await readdress(store, outlet)


def refusal(outlet: Outlet, readdressed: Readdressed) -> str:
    """Return in one line why nothing of `outlet` was moved."""
    return (
        f"{outlet.name}: more than {MAX_MERGED} stored articles would become one at"
        f" {readdressed.refused}; is the declared id right? None was moved"
    )


def _crowded(addresses: Mapping[str, str]) -> str:
    """Return an address to which more articles would come than can be one; "" if there is none."""
    for address, count in Counter(addresses.values()).most_common(1):
        if count > MAX_MERGED:
            return address
    return ""


def _job(outlet: Outlet) -> str:
    """Return the name under which a store remembers the declaration behind its addresses."""
    return f"addresses {outlet.name}"


def _identity(outlet: Outlet) -> str:
    """Return a hash of what `outlet` declares about canonical addresses."""
    declared = [outlet.hosts, outlet.id, outlet.identity, outlet.rewrites, outlet.articles]
    return hashlib.sha256(json.dumps(declared).encode()).hexdigest()[:16]

"""Reading a list of any length slice by slice, for both stores.

Between two slices no lock is held and no cursor is open, however long the reader takes.
"""

import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Generic, TypeVar

from crawler.storage.filters import Filters, Tier, cursor_of, tiers_of
from crawler.storage.protocol import Hit
from crawler.stories.model import StoredArticle, Story

_Item = TypeVar("_Item", covariant=True)
_Listed = TypeVar("_Listed", Story, StoredArticle)
_Position = TypeVar("_Position")

_SLICE_SIZE = 100  # items


@dataclass(frozen=True, slots=True)
class Slice(Generic[_Item, _Position]):
    """Consecutive items of a list.

    end: the position of the last one, from which the next slice goes on; None when the list has
    come to its end.
    """

    items: Sequence[_Item]
    end: _Position | None


def end_of(positions: Sequence[_Position], size: int) -> _Position | None:
    """Return the `end` of a slice that holds items at `positions` where `size` were asked for."""
    return positions[-1] if len(positions) == size else None


async def read_slices(
    read_slice: Callable[[_Position | None, int], Awaitable[Slice[_Item, _Position]]],
    *,
    after: _Position | None = None,
    limit: int | None = None,
) -> AsyncIterator[_Item]:
    """Yield the items of a list that stand behind `after`, at most `limit` of them.

    read_slice: called with a position and a number of items; returns those that stand behind it.
    """
    remaining = sys.maxsize if limit is None else limit
    while remaining > 0:
        current = await read_slice(after, min(remaining, _SLICE_SIZE))
        for item in current.items:
            yield item
        if current.end is None:
            return
        after = current.end
        remaining -= len(current.items)


async def read_filtered(
    read_slice: Callable[[Filters, _Position | None, int], Awaitable[Slice[_Listed, _Position]]],
    position_of: Callable[[str], Awaitable[_Position | None]],
    filters: Filters,
) -> AsyncIterator[Hit[_Listed]]:
    """Yield the items of a list as `filters` order and bound it, each with its cursor.

    read_slice: called with the filters of a tier, a position and a number of items; returns those
    that stand behind it. position_of: returns the position of the article with a given id, None if
    there is no such article. Raises ValueError if `filters.after` is no id.
    """
    after = None
    if filters.after is not None:
        after = await position_of(filters.after)
        if after is None:
            raise ValueError(f"after: there is no {filters.after!r}")
    remaining = filters.limit
    for tier in _tiers_from(filters):
        of_tier = replace(filters, tier=tier)
        items = read_slices(partial(read_slice, of_tier), after=after, limit=remaining)
        async for item in items:
            yield Hit(item, cursor_of(of_tier, item.id))
            remaining = None if remaining is None else remaining - 1
        after = None


async def items_of(hits: AsyncIterator[Hit[_Item]]) -> AsyncIterator[_Item]:
    """Yield the items of `hits` without their cursors."""
    async for hit in hits:
        yield hit.item


def _tiers_from(filters: Filters) -> Sequence[Tier | None]:
    """Return the tiers that the list has yet to show."""
    tiers = tiers_of(filters.query, filters.order)
    if filters.after_tier is not None:
        tiers = tiers[tiers.index(filters.after_tier) :]
    return tiers or (None,)

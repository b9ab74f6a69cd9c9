"""Reading a list of any length slice by slice, for both stores.

Between two slices no lock is held and no cursor is open, however long the reader takes.
"""

import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from crawler.storage.filters import Filters

_Item = TypeVar("_Item", covariant=True)
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
    read_slice: Callable[[_Position | None, int], Awaitable[Slice[_Item, _Position]]],
    position_of: Callable[[str], Awaitable[_Position | None]],
    filters: Filters,
) -> AsyncIterator[_Item]:
    """Yield the items of a list as `filters.after` and `filters.limit` bound it.

    position_of: returns the position of the article with a given id, None if there is no such
    article. Raises ValueError if `filters.after` is no id.
    """
    after = None
    if filters.after is not None:
        after = await position_of(filters.after)
        if after is None:
            raise ValueError(f"after: there is no {filters.after!r}")
    async for item in read_slices(read_slice, after=after, limit=filters.limit):
        yield item

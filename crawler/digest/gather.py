"""What a digest says, read from a store in one pass."""

import heapq
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from crawler.attention import place_key
from crawler.health.outlet_state import Health
from crawler.stories.model import Story

MAX_ROWS = 10
"""Places, and agencies, that are shown."""


_Ranked = tuple[int, int, int, Story]
"""Copies, outlets, the later in the list the smaller, and the story: no two have equal numbers."""


@dataclass(frozen=True, slots=True)
class Share:
    """The numbers of one place, as the newest story prints it, or of one agency.

    key: a place; an agency's id, or printed name.
    """

    key: str
    stories: int
    copies: int


@dataclass(frozen=True, slots=True)
class Digest:
    """One message.

    since, until: the time that it tells of; None is no bound. stories, copies: numbers of all that
    match. largest: those with the most copies. health: of the outlets that somebody has to look at.
    """

    since: datetime | None
    until: datetime | None
    stories: int
    copies: int
    largest: tuple[Story, ...]
    places: tuple[Share, ...]
    agencies: tuple[Share, ...]
    health: tuple[Health, ...]


@dataclass(slots=True)
class _Shares:
    """The numbers of places, or of agencies, by what all spellings of one have in common."""

    shares: dict[str, Share] = field(default_factory=dict)

    def add(self, key: str, spelling: str, copies: int) -> None:
        share = self.shares.get(key) or Share(spelling, 0, 0)
        self.shares[key] = Share(share.key, share.stories + 1, share.copies + copies)

    def largest(self) -> tuple[Share, ...]:
        shares = sorted(
            self.shares.values(), key=lambda share: (-share.stories, -share.copies, share.key)
        )
        return tuple(shares[:MAX_ROWS])


async def gather(
    stories: AsyncIterator[Story],
    health: Sequence[Health],
    *,
    since: datetime | None,
    until: datetime | None,
    largest: int,
) -> Digest:
    """Return the digest of `stories`, newest first, that were published from `since` to `until`.

    health: of all outlets. largest: number of stories that are shown. A story counts for the place
    of its earliest copy, and for each agency that a copy credits, with the copies that do so.
    """
    number = copies = 0
    places, agencies = _Shares(), _Shares()
    top: list[_Ranked] = []
    async for story in stories:
        number += 1
        copies += len(story.copies)
        if story.place:
            places.add(place_key(story.place), story.place, len(story.copies))
        credits = [key for copy in story.copies for key in dict.fromkeys(copy.agencies)]
        for key in dict.fromkeys(credits):
            agencies.add(key, key, credits.count(key))
        _keep_largest(top, (*_size(story), -number, story), largest)
    return Digest(
        since=since,
        until=until,
        stories=number,
        copies=copies,
        largest=tuple(story for *_, story in sorted(top, reverse=True)),
        places=places.largest(),
        agencies=agencies.largest(),
        health=tuple(each for each in health if each.alarming),
    )


def _size(story: Story) -> tuple[int, int]:
    """Return how large a story is: its number of copies, then of outlets that ran it."""
    return len(story.copies), len({copy.outlet for copy in story.copies})


def _keep_largest(top: list[_Ranked], ranked: _Ranked, number: int) -> None:
    if len(top) < number:
        heapq.heappush(top, ranked)
    else:
        heapq.heappushpop(top, ranked)

"""What a store of stories can do. Two backends keep it alike: MongoDB and the embedded default
(SQLite)."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from crawler.counts import Counts
from crawler.frontier import TrackedUrl
from crawler.items import Article
from crawler.stories.model import (
    Boilerplate,
    Copy,
    Move,
    Outcome,
    Revision,
    Saved,
    StoredArticle,
    Story,
)

__all__ = [
    "Boilerplate",
    "Copy",
    "FrontierStore",
    "Lease",
    "LeaseHeld",
    "LeaseStore",
    "Move",
    "Outcome",
    "Revision",
    "Run",
    "RunStore",
    "Saved",
    "Store",
    "StoreError",
    "StoreUnavailable",
    "StoredArticle",
    "Story",
]


class StoreError(Exception):
    """The store refused or failed; the message is one line without credentials."""


class StoreUnavailable(StoreError):
    """The store cannot be reached now; what was being saved may be tried again later."""


@dataclass(frozen=True, slots=True)
class Run(Counts):
    """The summary of one crawl of one outlet, with its counts: what `scrapy runs` shows.

    status: how it ended, the name of its exit status in small letters or "interrupted"; "running"
    until then. versions: of what read and grouped ("khabar", "rules"). scope: "all" of what the
    outlet announces, a "span" of an archive, or one "url".
    """

    id: str
    outlet: str
    started: datetime
    finished: datetime | None
    status: str
    versions: Mapping[str, str] = field(default_factory=dict)
    scope: str = "all"


@dataclass(frozen=True, slots=True)
class Lease:
    """The right of one run to crawl the outlet `name`.

    owner: as the run named itself. token: a fencing token. until: when others may take the lease.
    """

    name: str
    owner: str
    token: int
    until: datetime


class LeaseHeld(StoreError):
    """Somebody else holds the lease."""

    def __init__(self, lease: Lease) -> None:
        super().__init__(
            f"{lease.name}: held by {lease.owner} until {lease.until:%Y-%m-%d %H:%M:%S} UTC"
        )
        self.lease = lease


class FrontierStore(Protocol):
    """The addresses that crawls go on from (`crawler.frontier`)."""

    async def tracked_urls(self, outlet: str, addresses: Sequence[str]) -> dict[str, TrackedUrl]:
        """Return what is stored of `addresses`, by address; those never announced are missing."""
        ...

    async def put_tracked_urls(self, tracked_urls: Sequence[TrackedUrl]) -> None:
        """Store each over what was stored of its address; durable when this returns."""
        ...

    def due_urls(self, outlet: str, now: datetime) -> AsyncIterator[TrackedUrl]:
        """Yield the articles (no documents) that are due by `now`, longest due first."""
        ...

    async def forget_documents(self, outlet: str, before: datetime) -> None:
        """Delete the feeds, sitemaps and listings that were last checked before `before`."""
        ...


class LeaseStore(Protocol):
    """Leases: of several runs on any machines, one at a time may crawl an outlet."""

    async def take_lease(
        self, name: str, owner: str, seconds: float, *, over: int | None = None
    ) -> Lease:
        """Take a lease that nobody holds, or whose time has run out, in one atomic step.

        over: the token of a lease whose owner is known to be dead, which is taken too. Raises
        LeaseHeld, naming the holder.
        """
        ...

    async def renew_lease(self, lease: Lease, seconds: float) -> Lease:
        """Hold `lease` for `seconds` from now. Raises LeaseHeld if somebody else has taken it."""
        ...

    async def release_lease(self, lease: Lease) -> None:
        """Give `lease` back, if it is still held: the next owner may take it at once."""
        ...


class RunStore(Protocol):
    """The summaries of runs."""

    async def record_run(self, run: Run) -> None:
        """Store a run's summary, over an earlier one with the same id."""
        ...

    def runs(self, *, outlet: str | None = None, limit: int | None = None) -> AsyncIterator[Run]:
        """Yield run summaries, newest first: of all outlets or one, at most `limit`."""
        ...


class Store(FrontierStore, LeaseStore, RunStore, Protocol):
    """A collection of stories. All methods may raise StoreError; StoreUnavailable means "try again
    later".

    Instants are kept to the millisecond, in UTC.
    """

    async def save(self, article: Article) -> Saved:
        """Store one article, idempotently; acknowledged means durable.

        Which of several readings of one address stands is the rule of `crawler.stories.versions`.
        """
        ...

    async def save_many(self, articles: Iterable[Article]) -> list[Saved]:
        """Store several, in order, cheaper than one by one. When it raises, some may be stored:
        save again."""
        ...

    def stories(self, **filters: Any) -> AsyncIterator[Story]:
        """Stories newest first by the elder's (published or first fetched_at, id).

        Filters, and what each means, are the fields of `crawler.storage.filters.Filters`. `since`
        and `until` look at the story's own time; of the others, one copy must meet all.
        """
        ...

    def articles(self, **filters: Any) -> AsyncIterator[StoredArticle]:
        """Articles newest first by (published or first fetched_at, id), by the same filters."""
        ...

    async def resolve_story(self, story_id: str) -> str | None:
        """The id a story answers by today; None when there is none.

        Ids of stories are article ids, so every article's id answers: that of an elder who lost the
        place stays an alias, and follows its article.
        """
        ...

    async def revisions(self, article_id: str) -> list[Revision]:
        """Older texts of an article, oldest first."""
        ...

    async def article(self, article_id: str) -> StoredArticle | None:
        """The article with that id, as it stands."""
        ...

    async def outlets(self) -> list[str]:
        """The names of the outlets that have articles, sorted."""
        ...

    async def boilerplate(self, outlet: str) -> Boilerplate:
        """What `outlet` is known to print under many stories."""
        ...

    async def set_boilerplate(self, outlet: str, keys: frozenset[str]) -> Boilerplate:
        """Replace that. Articles saved from now on are grouped by it; `regroup` those that are
        stored."""
        ...

    async def stop_keys(self) -> frozenset[int]:
        """Return the keys and text hashes that find no copies (`crawler.stories.candidates`)."""
        ...

    async def set_stop_keys(self, keys: frozenset[int]) -> None:
        """Replace them. Articles saved from now on are grouped by it; `regroup` those that are
        stored."""
        ...

    async def regroup(self, article_ids: Sequence[str]) -> list[Move]:
        """Group stored articles by today's rules, boilerplate and formulas; all articles of the
        changed stories.

        No formula is looked for: whoever groups all articles finds the same stories in whatever
        order.
        """
        ...

    async def note(self, name: str) -> str | None:
        """What a long work has left to go on from."""
        ...

    async def set_note(self, name: str, value: str | None) -> None:
        """Leave that; None removes it."""
        ...

    async def counts(self) -> dict[str, int]:
        """How many "stories", "articles", "revisions" and "runs" are stored."""
        ...

    async def story_counts(self) -> dict[str, int]:
        """How many stories each outlet has a copy of, by its name; outlets with none are left
        out."""
        ...

"""The protocol of a store, by concern. Two backends implement it: MongoDB and SQLite.

docs/architecture.md lists what a backend has to call.

A caller that needs one concern takes its type: StoryStore, RemovalStore, FrontierStore, LeaseStore,
WatchStore, RunStore, TallyStore, or one of `crawler.storage.upkeep`. One that only reads takes
Reader, or the reader of one concern: StoryReader, RemovalReader, FrontierReader, LeaseReader,
RunReader or TallyReader.
All methods may raise StoreError; StoreUnavailable means "try again later". Instants are kept in
UTC, to the millisecond.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from crawler.counts import Counts
from crawler.frontier import TrackedUrl
from crawler.items import Article
from crawler.storage.upkeep import (
    GroupingReader,
    GroupingStore,
    MaintenanceStore,
    ReaddressingStore,
    TransferStore,
)
from crawler.stories.model import (
    Revision,
    Saved,
    StoredArticle,
    Story,
)
from crawler.stories.tallies import DayTally, StaleDay
from crawler.stories.tombstones import Retention, Tombstone


class StoreError(Exception):
    """The store rejected something or failed. The message is one line without credentials."""


class StoreUnavailable(StoreError):
    """The store cannot be reached now; the same call may succeed later."""


class StoreTooSlow(StoreError):
    """A reader's call took longer than it may, and was ended."""


@dataclass(frozen=True, slots=True)
class Run(Counts):
    """The summary of one crawl of one outlet, with its counts: what `scrapy runs` shows.

    status: "running" until the end, then the name of its exit status in small letters, or
    "interrupted". versions: of the program ("khabar") and of the rules of grouping ("rules").
    scope: "all" that the outlet announces, a "span" of an archive, or one "url".
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


@dataclass(frozen=True, slots=True)
class Told:
    """The note of a watch on one article.

    event: the id of the message that tells of the article's story. revisions: number of the
    article's older texts when the watch told of it. is_told: False while the message may not have
    arrived.
    """

    article_id: str
    event: str
    revisions: int
    is_told: bool


class LeaseHeld(StoreError):
    """Somebody else holds the lease."""

    def __init__(self, lease: Lease) -> None:
        super().__init__(
            f"{lease.name}: held by {lease.owner} until {lease.until:%Y-%m-%d %H:%M:%S} UTC"
        )
        self.lease = lease


_Item = TypeVar("_Item", covariant=True)


@dataclass(frozen=True, slots=True)
class Hit(Generic[_Item]):
    """A story or article of a list, and the cursor (`after`) with which the list goes on."""

    item: _Item
    cursor: str


class StoryReader(Protocol):
    """Articles, and the stories that they tell, as they are read."""

    def stories(self, **filters: object) -> AsyncIterator[Story]:
        """Yield stories, newest first by the (published or first fetched_at, id) of their earliest
        copy.

        The filters are those of `crawler.storage.filters.parse_filters`. `since` and `until` are
        compared with the story's own time; one copy must meet all the others. By relevance the
        stories of which one copy has all words of the query in its headline come first.
        """
        ...

    def search(self, **filters: object) -> AsyncIterator[Hit[Story]]:
        """Yield what `stories` yields, each with its cursor."""
        ...

    async def story_times(self, limit: int, **filters: object) -> list[datetime]:
        """Return the times of the newest stories that meet the filters, at most `limit`, newest
        first: by them stories are counted without being read.

        The filters are those of `stories`, of which `order` and `after` change nothing here.
        """
        ...

    def articles(self, **filters: object) -> AsyncIterator[StoredArticle]:
        """Yield articles, newest first by (published or first fetched_at, id), by the same
        filters."""
        ...

    async def article(self, article_id: str) -> StoredArticle | None:
        """Return the article that has, or had, that id; None if there is no such article."""
        ...

    async def article_read_at(self, addresses: Sequence[str]) -> StoredArticle | None:
        """Return the article whose page was read at one of `addresses` while it stands at another
        that it claims; None if there is no such article. Reads through all articles."""
        ...

    async def story_copies(self, story_id: str) -> list[StoredArticle]:
        """Return the articles of the story that has, or had, that id; none if nothing is left of
        it."""
        ...

    async def revisions(self, article_id: str) -> list[Revision]:
        """Return the older texts of an article, oldest first."""
        ...

    async def resolve_story(self, story_id: str) -> str | None:
        """Return the present id of the story that has, or had, the id `story_id`; None if there is
        no such story.

        The ids of stories are ids of articles, so the id of each article is an alias of the story
        that the article is in. So is an id that an article had before its address was read better.
        """
        ...

    async def outlets(self) -> list[str]:
        """Return the names of the outlets that have articles, sorted."""
        ...

    async def source_names(self) -> list[str]:
        """Return the sources of all articles, sorted: gazetteer ids, printed names where there is
        no id."""
        ...

    async def place_names(self) -> list[str]:
        """Return the places of all articles as printed, sorted. Reads through all articles."""
        ...

    async def story_counts(self) -> dict[str, int]:
        """Return, by outlet, the number of stories of which it has a copy; outlets without stories
        are left out."""
        ...


class StoryStore(StoryReader, Protocol):
    """Articles, and the stories that they tell."""

    async def save(self, article: Article) -> Saved:
        """Store one article, which is durable when this returns. Saving it again changes nothing.

        `crawler.stories.versions` decides which of several texts of one address is the current one,
        `crawler.stories.addresses` at which address the article stands.
        """
        ...

    async def save_many(self, articles: Iterable[Article]) -> list[Saved]:
        """Store several articles in order, cheaper than one by one.

        When it raises, some of them may be stored; save all of them again.
        """
        ...


class RemovalReader(Protocol):
    """What was removed, and is kept out (`crawler.stories.tombstones`)."""

    async def tombstone(self, article_id: str) -> Tombstone | None:
        """Return the tombstone of the article that has, or had, that id; None if it was not
        removed, or its tombstone is lifted."""
        ...

    def tombstones(self) -> AsyncIterator[Tombstone]:
        """Yield the tombstones that are not lifted, newest first."""
        ...

    async def retentions(self) -> list[Retention]:
        """Return the retentions, by outlet."""
        ...


class RemovalStore(RemovalReader, Protocol):
    """Removing articles for good, and keeping them out (`crawler.stories.tombstones`)."""

    async def forget(self, article_id: str, reason: str) -> Tombstone | None:
        """Remove the article that has, or had, that id, with its older texts, and return its
        tombstone; None if there is no such article.

        The tombstone of an article that was removed before is returned as it stands. What a crash
        has left undone is done by the next call, or by the next who opens the store.
        """
        ...

    async def forget_before(self, outlet: str, before: datetime, reason: str) -> int:
        """Refuse the articles of `outlet` older than `before` from now on, and remove some of those
        that are stored; return how many, 0 when none is left.

        An article is as old as it stands in lists. A retention that reaches further stays.
        """
        ...

    async def lift_tombstone(self, article_id: str) -> bool:
        """Take the article of a tombstone again when it comes; return False if there is no such
        tombstone. Its text stays removed."""
        ...

    async def lift_retention(self, outlet: str) -> bool:
        """Take old articles of `outlet` again; return False if it has no retention."""
        ...

    async def purge(self, *, compact: bool = False) -> list[str]:
        """Take the bytes of what was removed out of the store's files, as far as it can; return in
        words where they may still stand.

        compact: write the files anew, which takes long and needs as much space again.
        """
        ...


class FrontierReader(Protocol):
    """The addresses that crawls go on from, as they are read."""

    async def tracked_urls(self, outlet: str, addresses: Sequence[str]) -> dict[str, TrackedUrl]:
        """Return what is stored of `addresses`, by address; those never announced are missing.

        Instants that the clock of this machine shows to lie ahead are not believed
        (`crawler.frontier.with_credible_instants`).
        """
        ...

    def due_urls(self, outlet: str, now: datetime) -> AsyncIterator[TrackedUrl]:
        """Yield the articles (no documents) that are due by `now`, longest due first; then those
        whose due date cannot be believed."""
        ...


class FrontierStore(FrontierReader, Protocol):
    """The addresses that crawls go on from (`crawler.frontier`)."""

    async def put_tracked_urls(self, tracked_urls: Sequence[TrackedUrl]) -> None:
        """Store each over what was stored of its address; durable when this returns."""
        ...

    async def forget_documents(self, outlet: str, before: datetime) -> None:
        """Delete the feeds, sitemaps and listings that were last checked before `before`."""
        ...


class LeaseReader(Protocol):
    """Which leases are held."""

    async def held_lease(self, name: str) -> Lease | None:
        """Return the lease `name` as it is held now; None when nobody holds it."""
        ...


class LeaseStore(LeaseReader, Protocol):
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


class WatchStore(Protocol):
    """The articles that watches have told of (`crawler.watches`)."""

    async def told(self, watch: str, article_ids: Sequence[str]) -> dict[str, Told]:
        """Return what the watch `watch` noted of articles, by article id; those of which it noted
        nothing are missing."""
        ...

    async def put_told(self, watch: str, notes: Sequence[Told]) -> None:
        """Store each note over that of its article; durable when this returns."""
        ...


class RunReader(Protocol):
    """The summaries of runs, as they are read."""

    def runs(
        self,
        *,
        outlet: str | None = None,
        before: tuple[datetime, str] | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[Run]:
        """Yield run summaries, newest first by (started, id): of all outlets or one, at most
        `limit`.

        before: the started instant and the id of a run, behind which the list goes on; so it stays
        right while runs are added.
        """
        ...


class RunStore(RunReader, Protocol):
    """The summaries of runs."""

    async def record_run(self, run: Run) -> None:
        """Store a run's summary, over an earlier one with the same id."""
        ...


class TallyReader(Protocol):
    """The numbers of days (`crawler.stories.tallies`), as they were last counted."""

    def tallies(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        outlet: str | None = None,
    ) -> AsyncIterator[DayTally]:
        """Yield the numbers of the days from `since` on and before `until`, oldest first. Days of
        which nothing is stored, and those that were never counted, are missing.

        outlet: read only what the days have of this outlet (many times cheaper): of all together,
        and of other outlets, they tell nothing.
        """
        ...

    async def stale_days(self) -> list[StaleDay]:
        """Return the days that have changed since they were counted, newest first."""
        ...

    async def count_day(self, day: date) -> DayTally:
        """Return the numbers of a day, counted now from its stories; nothing is written."""
        ...


class TallyStore(TallyReader, Protocol):
    """Counting days afresh, and keeping their numbers."""

    async def recount(self, day: date) -> DayTally:
        """Count a day from its stories, and keep the numbers. A day that changes meanwhile stays
        stale."""
        ...


class Reader(
    StoryReader,
    GroupingReader,
    RemovalReader,
    FrontierReader,
    LeaseReader,
    RunReader,
    TallyReader,
    Protocol,
):
    """What a store tells, of all its concerns."""

    async def counts(self) -> dict[str, int]:
        """Return the numbers of "stories", "articles", "revisions" and "runs"."""
        ...

    async def size(self) -> int:
        """Return the bytes that the store takes on the disk."""
        ...


class Store(
    Reader,
    StoryStore,
    GroupingStore,
    ReaddressingStore,
    RemovalStore,
    FrontierStore,
    LeaseStore,
    WatchStore,
    RunStore,
    TallyStore,
    TransferStore,
    MaintenanceStore,
    Protocol,
):
    """A collection of stories, and all that crawls of it go on from."""

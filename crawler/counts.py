"""The counts of a crawl. Each is declared in one line here: its name, its key in Scrapy's stats,
and, by its class, whether it is stored with the run."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

from crawler.causes import Cause, Kind

PREFIX = "khabar/"


def _number(key: str, *foreign: str) -> int:
    """Declare a number, which stands at `key` in the stats; Scrapy's own numbers at the `foreign`
    keys are added, and at all keys below one that ends in "/"."""
    keys = (PREFIX + key, *(name for name in foreign if not name.endswith("/")))
    folders = tuple(name for name in foreign if name.endswith("/"))

    def read(stats: Mapping[str, Any]) -> int:
        return sum(
            value for name, value in stats.items() if name in keys or name.startswith(folders)
        )

    return field(default=0, metadata={"key": PREFIX + key, "read": read})


def _by_name(
    key: str, *, stored_as: str | None = None, foreign: Mapping[str, str] | None = None
) -> Mapping[str, int]:
    """Declare numbers by name, which stand below `key` in the stats. `foreign`: names that are
    counted by Scrapy, with its keys."""
    folder = f"{PREFIX}{key}/"

    def read(stats: Mapping[str, Any]) -> Mapping[str, int]:
        own = {
            name.removeprefix(folder): value
            for name, value in sorted(stats.items())
            if name.startswith(folder)
        }
        others = {name: stats[key] for name, key in (foreign or {}).items() if stats.get(key)}
        return own | others

    metadata = {"key": folder, "read": read, "stored_as": stored_as}
    return field(default_factory=dict, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The counts of one crawl that are stored with its run."""

    # article addresses announced, each once, also by documents that had not changed
    found: int = _number("found")
    # article pages received, those that were due unannounced among them
    fetched: int = _number("fetched")
    new_stories: int = _number("outcome/new_story")
    copies: int = _number("outcome/new_copy")
    revisions: int = _number("outcome/revision")
    # articles that stood in the store as they were read
    unchanged: int = _number("outcome/unchanged")
    # stored articles that lack something, by what: date, body, headline
    gaps: Mapping[str, int] = _by_name("gap")
    # pages and documents that could not be read, by cause. Scrapy itself drops what leads off the
    # outlet's hosts, redirects included, and tells nobody else.
    failures: Mapping[str, int] = _by_name("failure", foreign={Cause.OFFSITE: "offsite/filtered"})
    # found addresses that were not due for another visit
    known: int = _number("known")
    # known addresses that no run has read yet: they failed, and are not due for another try
    put_off: int = _number("put_off")
    # articles asked for that no run had asked for before, and those of them that failed
    first_visits: int = _number("first_visits")
    first_failures: int = _number("first_failures")
    # fetched pages that had not changed since the last visit
    unmodified: int = _number("unmodified")
    # articles asked for, each once
    asked: int = _number("asked")
    # articles whose address redirects to that of another article that was read in the same crawl
    twins: int = _number("twins")
    # articles that were due and not read before the end of the crawl
    left: int = _number("left")
    # articles with a dateline, a byline or an agency
    credited: int = _number("credited")
    # feeds, sitemaps and listings that announced articles or had not changed
    discovered: int = _number("discovered")
    # feeds, sitemaps and listings that could not be read
    discovery_failed: int = _number("discovery_failed")
    # announced addresses that are no article address of the outlet
    off_pattern: int = _number("off_pattern")
    # pages that were read and not stored, by reason: empty, excluded, outside_span
    dropped: Mapping[str, int] = _by_name("dropped")
    # stored articles of which something on the page disagrees, by what: future_date, drift/body
    warnings: Mapping[str, int] = _by_name("doubt", stored_as="doubts")
    # articles read that the store refused, because they were removed from it for good
    forgotten: int = _number("outcome/forgotten")

    @classmethod
    def of(cls, stats: Mapping[str, Any]) -> Self:
        """Return the counts that Scrapy's stats (`crawler.stats.get_stats()`) hold."""
        return cls(**{column.name: column.metadata["read"](stats) for column in fields(cls)})

    def for_run(self) -> dict[str, Any]:
        """Return the counts that are stored with a run, by name."""
        return {name: getattr(self, name) for name in STORED_NAMES}

    @property
    def has_read(self) -> bool:
        """True if the crawl has read a page, or was told that nothing is new by documents of which
        an article has been read before."""
        return bool(self.stored or self.unmodified) or self.known > self.put_off

    @property
    def stored(self) -> int:
        """The number of articles that the crawl gave to the store: those that stand in it, changed
        by the crawl or not, and those that it refused as forgotten."""
        kept = self.new_stories + self.copies + self.revisions + self.unchanged
        return kept + self.forgotten


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlCounts(Counts):
    """All counts of one crawl: also those that its exit status and its table go by and that are not
    stored."""

    # names that the gazetteer does not know, as printed
    unknown_sources: Mapping[str, int] = _by_name("unknown_source")
    # items of spiders that are not ours, and that are no articles
    other_items: int = _number("other_items")
    # articles written to the spool because the store was away
    spooled: int = _number("spooled")
    # articles of an earlier run stored from the spool
    unspooled: int = _number("unspooled")
    # exceptions in our own code
    errors: int = _number("errors", "spider_exceptions/count", "feedexport/failed_count/")
    # 1 when the store could not be reached
    store_down: int = _number("store_down")
    # 1 when STORE_URI or SPOOL names what can be no store or spool
    store_unusable: int = _number("store_unusable")
    # 1 when another run, or the site's last refusal, let the crawl not begin
    not_started: int = _number("not_started")


STORED_NAMES = {
    column.name: column.metadata.get("stored_as") or column.name for column in fields(Counts)
}
"""The name under which each count of a run is stored, and shown by `scrapy runs --json`."""

_COLUMNS = {
    Kind.FAILURE: "failures",
    Kind.REFUSAL: "failures",
    Kind.GAP: "gaps",
    Kind.WARNING: "warnings",
    Kind.DROP: "dropped",
}

_KEYS = {column.name: column.metadata["key"] for column in fields(CrawlCounts)}


def stats_key(count: str) -> str:
    """Return the key in Scrapy's stats of a count: "found", or "failures/dns" for one of those by
    name. Raises KeyError for a count that is not declared."""
    column, _, name = count.partition("/")
    return f"{_KEYS[column]}{name}"


def cause_count(cause: Cause) -> str:
    """Return the count of a cause, by its kind: "failures/dns", "gaps/date". Raises KeyError for
    an alarm, which is judged and not counted."""
    return f"{_COLUMNS[cause.kind]}/{cause.removeprefix('gap_')}"

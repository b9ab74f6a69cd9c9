"""The counts of one crawl, kept in Scrapy's stats under one prefix and read back as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PREFIX = "khabar/"
FOUND = PREFIX + "found"  # article addresses announced, each counted once
KNOWN = PREFIX + "known"  # of these, such as are stored and not due to be looked at again
FETCHED = PREFIX + "fetched"  # article pages received
UNMODIFIED = PREFIX + "unmodified"  # of these, such as have not changed since the last look
OUTCOME = PREFIX + "outcome/"  # + new_story, new_copy, revision, unchanged
GAP = PREFIX + "gap/"  # + date, body, headline, ...: stored, but this could not be read
CREDITED = PREFIX + "credited"  # articles with a dateline, a byline or an agency
FAILURE = (
    PREFIX + "failure/"
)  # + dns, timeout, http_403, challenge, not_recorded, not_article/listing, ...
DISCOVERED = (
    PREFIX + "discovered"
)  # feeds, sitemaps and listings that announced articles, or had not changed
DISCOVERY_FAILED = (
    PREFIX + "discovery_failed"
)  # feeds, sitemaps and listings that could not be read
OFF_PATTERN = PREFIX + "off_pattern"  # links that are no article address of the outlet
DROPPED = PREFIX + "dropped/"  # + why: items that are no article at all
DOUBT = PREFIX + "doubt/"  # + what: read, stored, but something on the page disagrees
UNKNOWN_SOURCE = (
    PREFIX + "unknown_source/"
)  # + the name as printed: whom the gazetteer does not know
SPOOLED = PREFIX + "spooled"  # articles written to the spool because the store was away
UNSPOOLED = PREFIX + "unspooled"  # articles of an earlier run stored from the spool
STORE_UNUSABLE = (
    PREFIX + "store_unusable"
)  # set when what STORE_URI or SPOOL names can be no store or spool
STORE_DOWN = PREFIX + "store_down"  # set when the store could not be reached
KEPT_AWAY = (
    PREFIX + "kept_away"
)  # set when another run, or the site's last refusal, let the run not begin
ERRORS = PREFIX + "errors"  # exceptions in our own code


@dataclass(frozen=True, slots=True)
class Tally:
    """What one crawl found, fetched and stored; `gaps`, `failures` and sources nobody knows by
    name."""

    found: int = 0
    fetched: int = 0
    new_stories: int = 0
    copies: int = 0
    revisions: int = 0
    unchanged: int = 0
    gaps: Mapping[str, int] = field(default_factory=dict)
    failures: Mapping[str, int] = field(default_factory=dict)
    unknown_sources: Mapping[str, int] = field(default_factory=dict)
    discovery_failed: int = 0
    spooled: int = 0
    errors: int = 0
    discovered: int = 0
    known: int = 0
    unmodified: int = 0
    credited: int = 0
    off_pattern: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)
    doubts: Mapping[str, int] = field(default_factory=dict)
    store_down: bool = False
    store_unusable: bool = False
    kept_away: bool = False

    @property
    def stored(self) -> int:
        """Articles that are in the store after the run, changed by it or not."""
        return self.new_stories + self.copies + self.revisions + self.unchanged

    @classmethod
    def of(cls, stats: Mapping[str, Any]) -> "Tally":
        """The tally that Scrapy's stats (`crawler.stats.get_stats()`) hold."""

        def under(prefix: str) -> dict[str, int]:
            return {
                k.removeprefix(prefix): v for k, v in sorted(stats.items()) if k.startswith(prefix)
            }

        return cls(
            found=stats.get(FOUND, 0),
            fetched=stats.get(FETCHED, 0),
            new_stories=stats.get(OUTCOME + "new_story", 0),
            copies=stats.get(OUTCOME + "new_copy", 0),
            revisions=stats.get(OUTCOME + "revision", 0),
            unchanged=stats.get(OUTCOME + "unchanged", 0),
            gaps=under(GAP),
            # Scrapy itself drops what leads off the outlet's hosts, redirects included, and tells
            # nobody else.
            failures=under(FAILURE)
            | ({"offsite": offsite} if (offsite := stats.get("offsite/filtered")) else {}),
            unknown_sources=under(UNKNOWN_SOURCE),
            discovery_failed=stats.get(DISCOVERY_FAILED, 0),
            spooled=stats.get(SPOOLED, 0),
            errors=sum(
                count
                for name, count in stats.items()
                if name in (ERRORS, "spider_exceptions/count")
                or name.startswith("feedexport/failed_count/")
            ),
            discovered=stats.get(DISCOVERED, 0),
            known=stats.get(KNOWN, 0),
            unmodified=stats.get(UNMODIFIED, 0),
            credited=stats.get(CREDITED, 0),
            off_pattern=stats.get(OFF_PATTERN, 0),
            dropped=under(DROPPED),
            doubts=under(DOUBT),
            store_down=bool(stats.get(STORE_DOWN)),
            store_unusable=bool(stats.get(STORE_UNUSABLE)),
            kept_away=bool(stats.get(KEPT_AWAY)),
        )

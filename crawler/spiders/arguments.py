"""The `-a` arguments of a crawl, read and checked before it starts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from urllib.parse import urlsplit

FIRST_YEAR, LAST_YEAR = 1995, 2100
INSTANT = timedelta(microseconds=1)
LENGTHS = {"day": timedelta(days=1), "month": timedelta(days=31), "year": timedelta(days=366)}


class ArgumentError(ValueError):
    """An argument that no crawl takes, or a value that it cannot use; the message names it."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """`since` and `until`: aware instants, the span is [since, until). `url`: one article instead
    of discovery."""

    since: datetime | None = None
    until: datetime | None = None
    url: str | None = None

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Arguments":
        """The arguments as given on the command line. Raises ArgumentError."""
        if unknown := sorted(given.keys() - {"since", "until", "url"}):
            raise ArgumentError(
                f"unknown argument {unknown[0]!r}: a crawl takes since, until and url"
            )
        since, until = (
            read_instant(name, given[name]) if name in given else None
            for name in ("since", "until")
        )
        if since and until and since >= until:
            raise ArgumentError("since is not before until")
        url = given.get("url")
        if url is not None:
            if since or until:
                raise ArgumentError("url names one article; since and until do not go with it")
            try:
                parts = urlsplit(url)
                usable = (
                    parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
                )
            except ValueError:
                usable = False
            if not usable:
                raise ArgumentError(f"url: {url!r} is not an http(s) address")
        return cls(since, until, url)

    @property
    def scope(self) -> str:
        """What of the outlet the crawl looks at: "all" that it announces, a "span" of it, or one
        "url"."""
        if self.url:
            return "url"
        return "span" if self.since or self.until else "all"

    @property
    def span(self) -> bool:
        """Whether a span of days is asked for."""
        return bool(self.since or self.until)

    def span_holds(self, instant: datetime, precision: str | None = None) -> bool:
        """Whether [since, until) may hold what is dated `instant`: the first moment of a day, a
        month or a year where `precision` says that no more is known."""
        after_since = self.since is None or self.since < instant + LENGTHS.get(
            precision or "", INSTANT
        )
        return after_since and (self.until is None or instant < self.until)

    def days(self, zone: tzinfo) -> tuple[date | None, date | None]:
        """The first and last day of the span on the outlet's calendar, for dated discovery."""
        first = self.since and self.since.astimezone(zone).date()
        last = self.until and (self.until - timedelta(microseconds=1)).astimezone(zone).date()
        return first, last


def read_instant(name: str, text: str) -> datetime:
    """`text` (ISO 8601) as an aware instant; a bare date is its midnight in UTC. Raises
    ArgumentError."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentError(
            f"{name}: {text!r} is not a date such as 2021-08-25 or 2021-08-25T09:00+03:00"
        ) from None
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise ArgumentError(f"{name}: {text!r} lies before or after all news on the web")
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)

"""The `-a` arguments of a crawl, read and checked before it starts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from urllib.parse import urlsplit

FIRST_YEAR, LAST_YEAR = 1995, 2100  # all news on the web, with room to come
SMALLEST_STEP = timedelta(microseconds=1)
# The most that a date of each precision can span.
PRECISION_LENGTHS = {
    "day": timedelta(days=1),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}


class ArgumentError(ValueError):
    """An argument that no crawl takes, or a value that it cannot use; the message names it."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of one crawl. since, until: aware instants; the span is [since, until). url:
    the address of one article to read instead of discovery."""

    since: datetime | None = None
    until: datetime | None = None
    url: str | None = None

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Arguments":
        """Return the arguments `given` on the command line. Raises ArgumentError."""
        if unknown := sorted(given.keys() - {"since", "until", "url"}):
            raise ArgumentError(
                f"unknown argument {unknown[0]!r}: a crawl takes since, until and url"
            )
        since = read_instant("since", given["since"]) if "since" in given else None
        until = read_instant("until", given["until"]) if "until" in given else None
        if since and until and since >= until:
            raise ArgumentError("since is not before until")
        url = given.get("url")
        if url is not None:
            if since or until:
                raise ArgumentError("url names one article; since and until do not go with it")
            if not _is_web_address(url):
                raise ArgumentError(f"url: {url!r} is not an http(s) address")
        return cls(since, until, url)

    @property
    def scope(self) -> str:
        """How much of the outlet the crawl looks at: "all" that it announces, a "span" of days, or
        one "url"."""
        if self.url:
            return "url"
        return "span" if self.span else "all"

    @property
    def span(self) -> bool:
        """True if a span of days is asked for."""
        return bool(self.since or self.until)

    def span_holds(self, instant: datetime, precision: str | None = None) -> bool:
        """Return False if [since, until) certainly does not hold an article dated `instant`.

        precision: "day", "month" or "year" if no more of the date is known; `instant` is its first
        moment then.
        """
        is_before_until = self.until is None or instant < self.until
        return is_before_until and self.since_holds(instant, precision)

    def since_holds(self, instant: datetime, precision: str | None = None) -> bool:
        """Return False if an article dated `instant` certainly lies before `since`."""
        length = PRECISION_LENGTHS.get(precision or "", SMALLEST_STEP)
        return self.since is None or self.since < instant + length

    def days(self, zone: tzinfo) -> tuple[date | None, date | None]:
        """Return the first and the last day of the span in `zone`, for dated discovery."""
        first = self.since and self.since.astimezone(zone).date()
        last = self.until and (self.until - SMALLEST_STEP).astimezone(zone).date()
        return first, last


def read_instant(name: str, text: str, *, zone: tzinfo = UTC) -> datetime:
    """Return the value `text` (ISO 8601) of the argument `name` as an aware instant; a bare date is
    its midnight in `zone`. Raises ArgumentError."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentError(
            f"{name}: {text!r} is not a date such as 2021-08-25 or 2021-08-25T09:00+03:00"
        ) from None
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise ArgumentError(f"{name}: {text!r} lies before or after all news on the web")
    return instant if instant.tzinfo else instant.replace(tzinfo=zone)


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for one that is no number
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)

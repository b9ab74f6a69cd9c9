"""The dates that discovery documents print beside their links. Pure."""

from datetime import datetime

from crawler.dates import DateError, ParsedDate, parse_date
from crawler.discovery import Link
from crawler.outlet import Outlet
from crawler.spiders.arguments import Arguments


def announced_date(text: str | None, outlet: Outlet, now: datetime) -> ParsedDate | None:
    """Return the date that `text` prints; None where there is none that can be read. now: the
    instant that relative dates count from."""
    if not text:
        return None
    try:
        return parse_date(text, zone=outlet.zone, now=now, order=outlet.date_order)
    except DateError:
        return None


def announced_instant(text: str | None, outlet: Outlet, now: datetime) -> datetime | None:
    """Return the instant of such a date."""
    parsed = announced_date(text, outlet, now)
    return parsed.instant if parsed else None


def is_wanted(link: Link, arguments: Arguments, outlet: Outlet, now: datetime) -> bool:
    """Return False if the dates of `link` rule its article out of the span in `arguments`.

    A change comes after publication, so one before `since` rules the article out and a late one
    rules out nothing. A link without a readable date is wanted: the article itself will tell.
    """
    if not arguments.span:
        return True
    if published := announced_date(link.published_raw, outlet, now):
        return arguments.span_holds(published.instant, published.precision)
    if changed := announced_date(link.changed, outlet, now):
        return arguments.since_holds(changed.instant, changed.precision)
    return True

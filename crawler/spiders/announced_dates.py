"""The dates beside announced links, and what these add to the dates of pages. Pure."""

import re
from datetime import date, datetime, time, timedelta
from urllib.parse import unquote, urlsplit

from crawler.causes import Cause
from crawler.dates import DateError, ParsedDate, parse_date, parse_day
from crawler.dates.zones import to_instant
from crawler.dedup.evidence import FIRST_CREDIBLE_YEAR
from crawler.discovery import Link
from crawler.frontier import TrackedUrl
from crawler.items import Article
from crawler.outlet import Outlet
from crawler.spiders.arguments import Arguments

_WITH_CLOCK = ("second", "minute")
_MIDNIGHT = time()
_HOUR = timedelta(hours=1)
_MOST_HOURS_OFF = timedelta(hours=14)
"""The largest offset from UTC in use: two clocks further apart differ by more than their zones."""
_MONTH_NAME = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY_IN_ADDRESS = re.compile(
    r"(?<=/)(?:\d{4}[/-]\d{1,2}/\d{1,2}|\d{4}-\d{1,2}-\d{1,2}"
    rf"|\d{{1,2}}-{_MONTH_NAME}-\d{{4}})(?=/|$)"
    r"|(?<=/)\d{4}-\d\d-\d\d(?!\d)|(?<!\d)\d{8}(?!\d)",
    re.I,
)
"""2024/11/22 and its like as segments of a path, 2024-11-22 before a title, 20241122 anywhere."""


def published_instant(
    announced: Link | TrackedUrl, outlet: Outlet, now: datetime
) -> datetime | None:
    """Return the announced instant of publication; None where none can be read.

    now: the instant that relative dates count from.
    """
    published = _published(announced, outlet, now)
    return published.instant if published else None


def changed_instant(link: Link, outlet: Outlet, now: datetime) -> datetime | None:
    """Return the announced instant of the last change; None where none can be read."""
    changed = _read(link.changed, outlet, now, wall_clock=link.wall_clock)
    return changed.instant if changed else None


def is_wanted(link: Link, arguments: Arguments, outlet: Outlet, now: datetime) -> bool:
    """Return False if the dates of `link` rule its article out of the span in `arguments`.

    A change comes after publication, so one before `since` rules the article out and a late one
    rules out nothing. A link without a readable date is wanted: the article itself will tell.
    """
    if not arguments.span:
        return True
    if published := _published(link, outlet, now):
        return arguments.span_holds(published.instant, published.precision)
    if changed := _read(link.changed, outlet, now, wall_clock=link.wall_clock):
        return arguments.since_holds(changed.instant, changed.precision)
    return True


def is_too_old(link: Link, arguments: Arguments, outlet: Outlet, now: datetime) -> bool:
    """Return True if `link` dates its article before `since`."""
    published = _published(link, outlet, now)
    if published is None:
        return False
    return not arguments.since_holds(published.instant, published.precision)


def complete_date(
    article: Article, tracked: TrackedUrl | None, outlet: Outlet, now: datetime
) -> Cause | None:
    """Give the article the date of publication that its page lacks, and return the warning to
    count; None where the page's date stands unquestioned.

    An undated page takes the date of its announcement, else the day in its address. A page that
    gives only the day takes the minute of that day from the announcement. tracked: the article as
    it was last announced. now: the instant that relative dates count from.
    """
    announced = _published(tracked, outlet, now) if tracked else None
    if article.published is None and article.published_raw:
        return None
    if article.published is None:
        if announced:
            return _take(article, announced)
        # A text that cannot be read is kept, and counted by the dates step.
        article.published_raw = tracked.published_raw if tracked else None
        return None if article.published_raw else _take_day_of_address(article, outlet, now)
    if announced is None or announced.precision not in _WITH_CLOCK:
        return None
    if _adds_minute(article, announced, outlet, now):
        return _take(article, announced)
    if _is_hours_off(article, announced, outlet, now):
        return Cause.FEED_HOURS_OFF
    return None


def day_in_address(url: str, newest: date) -> tuple[str, date] | None:
    """Return the day that an address names and its text; None without one, with several, with one
    before the web or after `newest`."""
    days: dict[date, str] = {}
    for text in _DAY_IN_ADDRESS.findall(unquote(urlsplit(url).path)):
        try:
            day = parse_day(text.replace("/", "-"), order="YMD")
        except DateError:
            continue
        if day.year >= FIRST_CREDIBLE_YEAR and day <= newest:
            days.setdefault(day, text)
    if len(days) != 1:
        return None
    day, text = days.popitem()
    return text, day


def _published(announced: Link | TrackedUrl, outlet: Outlet, now: datetime) -> ParsedDate | None:
    return _read(announced.published_raw, outlet, now, wall_clock=announced.wall_clock)


def _read(
    text: str | None, outlet: Outlet, now: datetime, *, wall_clock: bool
) -> ParsedDate | None:
    """Return the date that `text` prints; None where none can be read. wall_clock: True if the zone
    in the text is false, and the clock is the outlet's own."""
    if not text:
        return None
    try:
        return parse_date(
            text, zone=outlet.zone, now=now, order=outlet.date_order, wall_clock=wall_clock
        )
    except DateError:
        return None


def _take(article: Article, announced: ParsedDate) -> Cause:
    article.published = announced.instant
    article.published_raw = announced.text
    article.published_precision = announced.precision
    article.zone = announced.zone
    return Cause.DATE_FROM_FEED


def _take_day_of_address(article: Article, outlet: Outlet, now: datetime) -> Cause | None:
    found = day_in_address(article.url, now.astimezone(outlet.tzinfo).date())
    if found is None:
        return None
    article.published_raw, day = found
    article.published, _ = to_instant(datetime.combine(day, _MIDNIGHT), outlet.zone)
    article.published_precision = "day"
    article.zone = outlet.zone
    return Cause.DATE_FROM_ADDRESS


def _adds_minute(article: Article, announced: ParsedDate, outlet: Outlet, now: datetime) -> bool:
    """Return whether the page gives only a day, and the announcement a minute of it. A clock at
    midnight stands for a day."""
    assert article.published is not None
    printed = _wall(article.published_raw, outlet, now)
    wall = printed or article.published.astimezone(outlet.tzinfo)
    at_midnight = article.published_precision in _WITH_CLOCK and wall.time() == _MIDNIGHT
    if article.published_precision != "day" and not at_midnight:
        return False
    announced_wall = _wall(announced.text, outlet, now)
    if announced_wall is None or announced_wall.time() == _MIDNIGHT:
        return False
    return announced.instant.astimezone(outlet.tzinfo).date() == wall.date()


def _is_hours_off(article: Article, announced: ParsedDate, outlet: Outlet, now: datetime) -> bool:
    """Return whether two dates with clocks differ by whole hours, or show the same clock in
    different zones."""
    if article.published is None or article.published_precision not in _WITH_CLOCK:
        return False
    off = abs(_to_minute(article.published) - _to_minute(announced.instant))
    if not off or off > _MOST_HOURS_OFF:
        return False
    printed = _wall(article.published_raw, outlet, now)
    shows_same_clock = printed is not None and printed == _wall(announced.text, outlet, now)
    return shows_same_clock or off % _HOUR == timedelta()


def _wall(text: str | None, outlet: Outlet, now: datetime) -> datetime | None:
    """Return date and clock to the minute as `text` prints them, whatever their zone."""
    date_on_wall = _read(text, outlet, now, wall_clock=True)
    return _to_minute(date_on_wall.instant.astimezone(outlet.tzinfo)) if date_on_wall else None


def _to_minute(instant: datetime) -> datetime:
    return instant.replace(second=0, microsecond=0)

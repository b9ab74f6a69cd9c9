"""The dates of publication and modification: every date on the page is read, machine and printed,
and these are reconciled by stated rules.

1. The first reader that gives a readable date is believed (JSON-LD, OpenGraph, microdata,
   selectors, or as the outlet's layout orders them); a printed date only when none does.
2. Of the same day, a date with a clock replaces one without.
3. The zone of a machine date is false, however it is spelled, when the page prints the same digits
   on the outlet's clock and that means another instant ("GMT" put behind a local clock, summer time
   forgotten): the clock is the outlet's own. The same holds for the page's other machine dates, and
   for all where the layout declares it. UTC so found out is worth nothing where the outlet's zone
   is not known.
4. A machine date of midnight beside a printed day without a clock is a day, not a minute.
5. A page whose only stamp is its last update was published by then: the stamp stands for both.
Without a zone an unzoned date stays raw, without `now` a relative one and one without a year.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from crawler.discovery.kinds import MachineDates
from crawler.extraction.claims import Claims
from crawler.extraction.date_text import (
    DateContext,
    PageDate,
    is_epoch,
    read_date,
    read_printed_date,
)
from crawler.extraction.values import distinct, first
from crawler.text.letters import ascii_digits, fold, fold_words

_MIDNIGHT = time()
_ONLY_YEAR = re.compile(r"\D*\d{4}\D*")
_UPDATE = re.compile(fold("آخر تحديث|تحديث|محدث|حدثت|تعديل|اپ ڈیٹ|اپڈیٹ|ترمیم|update|modified"))


@dataclass(frozen=True, slots=True)
class PageDates:
    """A page's dates of publication and modification. The raw texts are kept where no date could be
    read."""

    published: PageDate | None = None
    published_raw: str | None = None
    modified: PageDate | None = None
    modified_raw: str | None = None


def reconcile_dates(
    machine: Sequence[Claims],
    printed: Sequence[str],
    context: DateContext,
    machine_dates: MachineDates = "true",
    headline: str = "",
) -> PageDates:
    """Return the page's dates. `machine`: the readers' claims in the order of belief; `printed`:
    lines near the headline that may hold a date, likeliest first; `machine_dates`: "local" where
    the layout declares that the clock of machine dates is the outlet's, whatever their zone;
    `headline`: a line that is no date where none can be read in it."""
    published_texts = distinct(text for claims in machine for text in claims.published)
    modified_texts = distinct(text for claims in machine for text in claims.modified)
    shown_published, shown_modified = _read_printed(printed, context)

    published = _most_precise(_read_all(published_texts, context))
    modified = first(_read_all(modified_texts, context))
    shown = [*shown_published, *shown_modified]
    prints_same_digits = any(
        _prints_same_digits(machine_date, shown, context) for machine_date in (published, modified)
    )
    if machine_dates == "local" or prints_same_digits:
        published = _on_outlets_clock(published, context)
        modified = _on_outlets_clock(modified, context)
    if published is None:
        published = first(shown)
    else:
        near_published = (date for date in shown_published if may_be_same_day(published, date))
        published = _most_precise([published, *near_published])
        published = _day_only(published, shown_published)
    if modified is None:
        modified = first(shown_modified)
    unread = (line for line in printed if _may_be_date(line, headline))
    return PageDates(
        published,
        published.text if published else first([*published_texts, *unread]),
        modified,
        modified.text if modified else first(modified_texts),
    )


def _may_be_date(line: str, headline: str) -> bool:
    """Return False for the headline, and for a line whose only number has four digits: a kicker
    ("World Cup 2026"), or the number of an issue."""
    is_headline = fold_words(line) == fold_words(headline)
    return not is_headline and not _ONLY_YEAR.fullmatch(ascii_digits(line))


def may_be_same_day(date: PageDate, other: PageDate) -> bool:
    """Return whether two dates may be of the same day, whatever their zones."""
    return abs(date.wall.date() - other.wall.date()) <= timedelta(days=1)


def speaks_of_update(text: str) -> bool:
    """Return whether a label or line speaks of an update."""
    return _UPDATE.search(fold(text)) is not None


def _read_all(texts: Iterable[str], context: DateContext) -> Iterable[PageDate]:
    """Yield the dates that can be read, each when it is asked for."""
    return (date for text in texts if (date := read_date(text, context)) is not None)


def _read_printed(
    lines: Iterable[str], context: DateContext
) -> tuple[list[PageDate], list[PageDate]]:
    """Return the dates in printed lines: those of publication, and those whose line speaks of an
    update."""
    published: list[PageDate] = []
    modified: list[PageDate] = []
    for line in lines:
        for part in _split_at_update(line, context):
            date = read_printed_date(part, context)
            if date is not None:
                (modified if speaks_of_update(part) else published).append(date)
    return published, modified


def _split_at_update(line: str, context: DateContext) -> tuple[str, ...]:
    """Return the two parts of a line that prints the date of publication and then that of an
    update; else the line."""
    words = line.split()
    for position in range(1, len(words)):
        if speaks_of_update(words[position]):
            parts = (" ".join(words[:position]), " ".join(words[position:]))
            has_both = all(read_printed_date(part, context) for part in parts)
            return parts if has_both else (line,)
    return (line,)


def _most_precise(dates: Iterable[PageDate]) -> PageDate | None:
    """Return the first date, or a better one of the same day: one with a clock where the first has
    none, one whose instant is known where the first's is not."""
    best: PageDate | None = None
    for date in dates:
        if best is None:
            best = date
        adds_clock = date.has_clock and not best.has_clock
        adds_instant = date.instant is not None and best.instant is None
        if (adds_clock or adds_instant) and may_be_same_day(best, date):
            best = date
        if best.has_clock and best.instant is not None:
            break
    return best


def _prints_same_digits(
    machine: PageDate | None, shown: Iterable[PageDate], context: DateContext
) -> bool:
    """Return whether the page prints the clock of a machine date as the outlet's own: without a
    zone, or with one that agrees with the outlet's."""
    if machine is None or not machine.has_clock:
        return False
    same_digits = (
        date
        for date in shown
        if date.has_clock and _to_minute(date.wall) == _to_minute(machine.wall)
    )
    return any(not date.zoned or _is_on_outlets_clock(date, context) for date in same_digits)


def _to_minute(wall: datetime) -> datetime:
    return wall.replace(second=0, microsecond=0)


def _is_on_outlets_clock(date: PageDate, context: DateContext) -> bool:
    if context.zone is None:
        return False
    return date.instant == _local_instant(date.wall, context.zone)


def _local_instant(wall: datetime, zone: str) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _on_outlets_clock(date: PageDate | None, context: DateContext) -> PageDate | None:
    """Return a machine date with the same digits on the outlet's own clock; a date without a clock
    and an epoch number, which print none, unchanged."""
    if date is None or not date.has_clock or not date.zoned or is_epoch(date.text):
        return date
    if context.zone is None:
        is_utc = date.instant == date.wall.replace(tzinfo=UTC)
        return replace(date, zoned=False, instant=None, zone=None) if is_utc else date
    instant = _local_instant(date.wall, context.zone)
    if instant == date.instant:
        return date
    return replace(date, zoned=False, instant=instant, zone=context.zone)


def _day_only(date: PageDate | None, shown: Iterable[PageDate]) -> PageDate | None:
    """Return a date of midnight as a day when the page prints that day without a clock."""
    if date is None or not date.has_clock or date.wall.time().replace(microsecond=0) != _MIDNIGHT:
        return date
    same_day = [each for each in shown if each.wall.date() == date.wall.date()]
    if not same_day or any(each.has_clock for each in same_day):
        return date
    return replace(date, precision="day")

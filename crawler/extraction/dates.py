"""When it was published: every date on the page is read, machine and printed, and reconciled by
stated rules.

1. The first reader that gives a readable date is believed (JSON-LD, OpenGraph, microdata,
   selectors, or as the outlet's layout orders them); a printed date only when none does.
2. Of the same day, a finer reading (with a clock) replaces a coarser one.
3. The offset of a machine date is false when the page prints the same digits without a zone and the
   outlet's zone says otherwise ("Z" put behind a local clock, summer time forgotten): the clock is
   the outlet's own. The same holds for the page's other machine dates, and for all where the layout
   declares it. A "Z" so found out is worth nothing where the zone is not known.
4. A machine date of midnight beside a printed day without a clock is a day, not a minute.
5. A page whose only stamp is its last update was published by then: the stamp stands for both.
Without a zone an unzoned date stays raw, without `now` a relative one and one without a year.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from crawler.dates import DateError, parse_date
from crawler.dates.names import GREGORIAN_MONTHS, HIJRI_MONTHS, WEEKDAYS
from crawler.dates.parsed_date import Order, ParsedDate, Precision
from crawler.extraction.claims import Claims
from crawler.extraction.values import distinct
from crawler.text.letters import ascii_digits, fold, fold_words

_FINENESS: dict[Precision, int] = {
    "second": 5,
    "minute": 4,
    "hour": 3,
    "day": 2,
    "month": 1,
    "year": 0,
}
_CLOCK = _FINENESS["minute"]
_STAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*?(?P<offset>Z|[+-]\d\d:?\d\d)$", re.I)
_UTC = re.compile(r"Z|[+-]00:?00", re.I)
_ISO = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?$", re.I
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?$")
_UPDATE = re.compile(fold("آخر تحديث|تحديث|محدث|حدثت|تعديل|اپ ڈیٹ|اپڈیٹ|ترمیم|update|modified"))
_DATE_NAMES = (
    name
    for table in (GREGORIAN_MONTHS, HIJRI_MONTHS, WEEKDAYS)
    for names in table
    for name in names
)
_DATE_LABELS = """
    نشر في تاريخ النشر آخر تحديث تم التحديث الموافق هـ ء شائع اشاعت تاریخ اپ ڈیٹ بروز مورخہ
    published updated posted الساعة بتوقيت غرينتش جرينتش القاهرة مكة المكرمة وقت at on gmt utc pkt
    ص م صباحا مساء بجے صبح شام دوپہر am pm
"""
_DATE_WORDS = frozenset(fold_words(" ".join([*_DATE_NAMES, _DATE_LABELS])).split())
# What reads alike under two clocks and in two zones depends on neither.
_NOWS = (datetime(2001, 1, 1, tzinfo=UTC), datetime(2032, 7, 2, tzinfo=UTC))
_ZONE, _OTHER_ZONE = "UTC", "Pacific/Marquesas"  # no place else is 9:30 behind
_DROPPED_WORDS = 6
"""Words before a printed date ("By ... on") that are tried without."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What a page's dates are read with: its zone (None: unknown), the moment of fetching, order of
    D, M and Y."""

    zone: str | None
    now: datetime | None
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A date text, read. `instant` is None when its zone is unknown; `wall` is the clock as
    printed; `zoned` says whether the text itself fixes the instant."""

    text: str
    wall: datetime
    precision: Precision
    zoned: bool
    instant: datetime | None
    zone: str | None

    @property
    def has_clock(self) -> bool:
        return _FINENESS[self.precision] >= _CLOCK


@dataclass(frozen=True, slots=True)
class PageDates:
    """The outcome; `raw` texts stay where no instant could be read."""

    published: Reading | None = None
    published_raw: str | None = None
    modified: Reading | None = None
    modified_raw: str | None = None


def settle(
    machine: Sequence[Claims], printed: Sequence[str], clock: Clock, *, local: bool = False
) -> PageDates:
    """The page's dates. `machine` are the readers' claims in the order of belief, `printed` texts
    near the headline that may hold a date, likeliest first. `local`: offsets in machine dates are
    declared false."""
    stamps = distinct(text for claims in machine for text in claims.published)
    changes = distinct(text for claims in machine for text in claims.modified)
    shown = [(text, reading) for text in printed if (reading := read_printed(text, clock))]
    first_shown = [reading for text, reading in shown if not _UPDATE.search(fold(text))]
    updates = [reading for text, reading in shown if _UPDATE.search(fold(text))]

    published = _finest(reading for text in stamps if (reading := read(text, clock)))
    modified = next((reading for text in changes if (reading := read(text, clock))), None)
    if local or (
        published is not None and _prints_same_digits(published, [reading for _, reading in shown])
    ):
        published, modified = _as_local(published, clock), _as_local(modified, clock)
    if published is not None:
        published = _finest([published, *(each for each in first_shown if near(published, each))])
        published = _day_only(published, first_shown)
    else:
        published = next(iter([*first_shown, *updates]), None)
    if modified is None:
        modified = next(iter(updates), None)
    return PageDates(
        published,
        published.text if published else next(iter([*stamps, *printed]), None),
        modified,
        modified.text if modified else next(iter(changes), None),
    )


def read(text: str, clock: Clock) -> Reading | None:
    """One date text, read; None when it holds no date, or one that needs the clock when there is
    none."""
    epoch = _EPOCH.match(text.strip())
    if epoch:
        instant = datetime.fromtimestamp(int(text.strip()[:10]), UTC)
        return Reading(text, instant.replace(tzinfo=None), "second", True, instant, "UTC")
    first = _parse(text, clock.zone or _ZONE, clock)
    if first is None:
        return None
    zoned = _prints_zone(text, first, clock)
    if zoned is None:
        return None
    known = zoned or clock.zone is not None
    return Reading(
        text,
        _wall(first),
        first.precision,
        zoned,
        first.instant if known else None,
        first.zone if known else None,
    )


def _parse(text: str, zone: str, clock: Clock, now: datetime | None = None) -> ParsedDate | None:
    try:
        return parse_date(text, zone=zone, now=now or clock.now or _NOWS[0], order=clock.order)
    except (DateError, OverflowError):
        return None


def _prints_zone(text: str, first: ParsedDate, clock: Clock) -> bool | None:
    """Whether `text` fixes its instant without our zone; None when it needs a `now` that nobody
    gave."""
    iso = _ISO.match(text.strip())
    if iso:
        return iso.group(1) is not None
    if clock.now is None:
        later = _parse(text, clock.zone or _ZONE, clock, _NOWS[1])
        if later is None or later.instant != first.instant:
            return None
    again = _parse(text, _OTHER_ZONE, clock)
    return again is not None and again.instant == first.instant


def _wall(parsed: ParsedDate) -> datetime:
    found = re.fullmatch(r"(?:UTC)?([+-])(\d\d):?(\d\d)", parsed.zone)
    if found:
        shift = timedelta(hours=int(found[2]), minutes=int(found[3]))
        return parsed.instant.astimezone(timezone(shift if found[1] == "+" else -shift)).replace(
            tzinfo=None
        )
    try:
        return parsed.instant.astimezone(ZoneInfo(parsed.zone)).replace(tzinfo=None)
    except (ValueError, OSError):
        return parsed.instant.replace(tzinfo=None)


def read_printed(text: str, clock: Clock) -> Reading | None:
    """A printed text, whole or without words before and behind the date."""
    for attempt in _attempts(text):
        reading = read(attempt, clock)
        if reading:
            return replace(reading, text=attempt)
    return None


def _attempts(text: str) -> Iterator[str]:
    yield text
    for part in re.split(r"\s*[|•·]\s*|\n", text):
        if part != text and re.search(r"\d", ascii_digits(part)):
            yield part
    words = text.split()
    glued = re.search(r"\d", text)
    if glued and glued.start():
        yield text[glued.start() :]
    for dropped in range(1, min(_DROPPED_WORDS, len(words) - 1) + 1):
        yield " ".join(words[dropped:])


def _finest(readings: Iterable[Reading]) -> Reading | None:
    """The first reading, or a finer one of the same day: with a clock where it has none, with a
    zone likewise."""
    best: Reading | None = None
    for other in readings:
        if best is None:
            best = other
        is_finer = other.has_clock and not best.has_clock
        is_known = other.instant is not None and best.instant is None
        if (is_finer or is_known) and near(best, other):
            best = other
        if best.has_clock and best.instant is not None:
            break
    return best


def is_only_date(text: str) -> bool:
    """Whether a line is a date and nothing else, its label and clock apart."""
    words = fold_words(text).split()
    return any(word.isdigit() for word in words) and all(
        word.isdigit() or word in _DATE_WORDS for word in words
    )


def near(one: Reading, other: Reading) -> bool:
    """Whether two readings may be of the same day, whatever their zones."""
    return abs(_day(one) - _day(other)) <= timedelta(days=1)


def _day(reading: Reading) -> date:
    return reading.wall.date()


def _prints_same_digits(stamp: Reading, shown: Sequence[Reading]) -> bool:
    minute = stamp.wall.replace(second=0, microsecond=0)
    return stamp.has_clock and any(
        each.has_clock and not each.zoned and each.wall.replace(second=0, microsecond=0) == minute
        for each in shown
    )


def _as_local(reading: Reading | None, clock: Clock) -> Reading | None:
    """The same digits on the outlet's own clock."""
    stamp = _STAMP.match(reading.text.strip()) if reading else None
    if reading is None or stamp is None:
        return reading
    if clock.zone is None:
        is_utc = _UTC.fullmatch(stamp["offset"])
        return replace(reading, zoned=False, instant=None, zone=None) if is_utc else reading
    instant = reading.wall.replace(tzinfo=ZoneInfo(clock.zone)).astimezone(UTC)
    return (
        reading
        if instant == reading.instant
        else replace(reading, zoned=False, instant=instant, zone=clock.zone)
    )


def _day_only(reading: Reading | None, shown: Sequence[Reading]) -> Reading | None:
    if (
        reading is None
        or not reading.has_clock
        or (reading.wall.hour, reading.wall.minute, reading.wall.second) != (0, 0, 0)
    ):
        return reading
    same_day = [each for each in shown if _day(each) == _day(reading)]
    if same_day and not any(each.has_clock for each in same_day):
        return replace(reading, precision="day")
    return reading

"""The reading of one date text: a machine's stamp, or a printed line with words around a date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from crawler.dates import DateError, DateText, read_date_text, resolve_date
from crawler.dates.names import GREGORIAN_MONTHS, HIJRI_MONTHS, WEEKDAYS
from crawler.dates.parsed_date import Order, ParsedDate, Precision
from crawler.text.letters import ascii_digits, fold_words

_WITH_CLOCK: frozenset[Precision] = frozenset(("second", "minute"))
_ISO = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?$", re.I
)
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?$")
"""Seconds, or milliseconds, since 1970."""
_OFFSET = re.compile(r"(?:UTC)?([+-])(\d\d):?(\d\d)")
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
# A text that means the same instant at two moments depends on no `now`, in two zones on no zone.
_MOMENT, _OTHER_MOMENT = datetime(2001, 1, 1, tzinfo=UTC), datetime(2032, 7, 2, tzinfo=UTC)
_ZONE, _OTHER_ZONE = "UTC", "Pacific/Marquesas"  # no place else is 9:30 behind
_MAX_DROPPED_WORDS = 6
"""Words before a printed date ("By ... on") that are tried without."""
_DIGIT = re.compile(r"\d")
_LINE_SEPARATOR = re.compile(r"\s*[|•·]\s*|\n")


@dataclass(frozen=True, slots=True)
class DateContext:
    """The outlet and the moment that a page's date texts are read for.

    `zone`: the zone of the page's clock (IANA name), None when unknown. `now`: the moment of
    fetching, None when unknown. `order`: the order of day, month and year in all-number dates.
    """

    zone: str | None
    now: datetime | None
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class PageDate:
    """A date text and its meaning.

    `wall`: date and clock as printed, without a zone. `zoned`: True when the text itself fixes the
    instant. `instant`: aware, in UTC; None when the zone is unknown. `zone`: the printed zone, else
    that of the context.
    """

    text: str
    wall: datetime
    precision: Precision
    zoned: bool
    instant: datetime | None
    zone: str | None

    @property
    def has_clock(self) -> bool:
        """True when the text gives a time of day to the minute."""
        return self.precision in _WITH_CLOCK


def read_date(text: str, context: DateContext) -> PageDate | None:
    """Return the date in `text`; None when there is none, or one that needs `context.now` and that
    is None."""
    epoch = _EPOCH.match(text.strip())
    if epoch:
        instant = datetime.fromtimestamp(int(epoch.group(1)), UTC)
        return PageDate(text, instant.replace(tzinfo=None), "second", True, instant, "UTC")
    try:
        date_text = read_date_text(text, order=context.order)
    except (DateError, OverflowError):
        return None
    parsed = _resolved(date_text, context)
    if parsed is None or _needs_missing_now(date_text, parsed, context):
        return None
    zoned = _is_zoned(date_text, parsed, context)
    has_zone = zoned or context.zone is not None
    return PageDate(
        text,
        _wall(parsed),
        parsed.precision,
        zoned,
        parsed.instant if has_zone else None,
        parsed.zone if has_zone else None,
    )


def read_printed_date(text: str, context: DateContext) -> PageDate | None:
    """Return the date in a printed line, read whole or without the words around it; None when there
    is none. The date's `text` is the part that was read."""
    for attempt in _attempts(text):
        date = read_date(attempt, context)
        if date is not None:
            return replace(date, text=attempt)
    return None


def is_epoch(text: str) -> bool:
    """Return whether `text` is a number of seconds or milliseconds since 1970."""
    return _EPOCH.match(text.strip()) is not None


def is_only_date(text: str) -> bool:
    """Return whether a line is nothing but a date with its label and clock."""
    words = fold_words(text).split()
    has_number = any(word.isdigit() for word in words)
    return has_number and all(word.isdigit() or word in _DATE_WORDS for word in words)


def _resolved(
    date_text: DateText,
    context: DateContext,
    zone: str | None = None,
    now: datetime | None = None,
) -> ParsedDate | None:
    """Return the date that a text means; `zone` and `now` replace those of the context."""
    zone = zone or context.zone or _ZONE
    now = now or context.now or _MOMENT
    try:
        return resolve_date(date_text, zone, now)
    except (DateError, OverflowError):
        return None


def _needs_missing_now(date_text: DateText, parsed: ParsedDate, context: DateContext) -> bool:
    if context.now is not None or _ISO.match(date_text.text.strip()):
        return False
    later = _resolved(date_text, context, now=_OTHER_MOMENT)
    return later is None or later.instant != parsed.instant


def _is_zoned(date_text: DateText, parsed: ParsedDate, context: DateContext) -> bool:
    """Return whether a text fixes its instant without the context's zone."""
    iso = _ISO.match(date_text.text.strip())
    if iso:
        return iso.group(1) is not None
    elsewhere = _resolved(date_text, context, zone=_OTHER_ZONE)
    return elsewhere is not None and elsewhere.instant == parsed.instant


def _wall(parsed: ParsedDate) -> datetime:
    """Return date and clock as printed, without a zone."""
    return parsed.instant.astimezone(_tzinfo(parsed.zone)).replace(tzinfo=None)


def _tzinfo(zone: str) -> tzinfo:
    """Return the zone that an IANA name or an offset names."""
    offset = _OFFSET.fullmatch(zone)
    if offset:
        sign, hours, minutes = offset.groups()
        shift = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(shift if sign == "+" else -shift)
    try:
        return ZoneInfo(zone)
    except (ValueError, OSError):
        return UTC


def _attempts(text: str) -> Iterator[str]:
    """Yield `text`, then parts of it that may be a date alone."""
    yield text
    for part in _LINE_SEPARATOR.split(text):
        if part != text and _DIGIT.search(ascii_digits(part)):
            yield part
    first_digit = _DIGIT.search(text)
    if first_digit and first_digit.start():
        yield text[first_digit.start() :]
    words = text.split()
    for dropped in range(1, min(_MAX_DROPPED_WORDS, len(words) - 1) + 1):
        yield " ".join(words[dropped:])

"""Read clocks and zones from the tokens that a pattern of the grammar matched.

Hours and minutes with a colon are a 24-hour clock unless a part of the day says otherwise; "م"
beside 15:30 is redundant, "ص" beside it a contradiction. A part of the day leaves exactly one of h
and h + 12, or the clock is impossible. An hour without minutes needs its part of the day (7 بجے
alone can be morning or evening).
"""

from crawler.dates.date_elements import Clock, PrintedZone
from crawler.dates.parsed_date import DateError, Order
from crawler.dates.tokeniser import Span, Tokens
from crawler.dates.word_kinds import (
    DAY_PART,
    DAY_UNIT,
    DAYTIME_WORD,
    FRACTION,
    HOUR_WORD,
    LETTER_M,
    LOCAL,
    MINUS,
    NUMBER_WORD,
    OCLOCK,
    PAST_THE_HOUR,
    PLACE,
    ZONE,
)
from crawler.dates.words import DAYTIME
from crawler.dates.zones import Zone, offset_minutes
from crawler.text import fold

_DAYTIME = fold(DAYTIME_WORD)
_PM = range(12, 24)
_SAYS_TWELVE_HOURS = frozenset((OCLOCK, PAST_THE_HOUR, HOUR_WORD))
_FOUR_DIGITS = "457"
_TIME_DIGITS = "02345678"
_COUNTS = "2" + NUMBER_WORD + HOUR_WORD
Hours = range | tuple[int, ...]


def colon_clock(tokens: Tokens, span: Span, order: Order | None) -> Clock | None:
    """10:30, 10:42:57, 13:52:13.299, مساء 10:30, 10:30 م, 02:21 +0400, 10:30 بجے شام."""
    sign_at = tokens.first("+-", span)
    hour_at, *units_at = tokens.positions(_TIME_DIGITS, (span[0], sign_at))
    if any(len(tokens.texts[at]) != 2 for at in units_at[:2]):
        return None
    clock = Clock(span, tokens.values[hour_at], tokens.values[units_at[0]])
    if len(units_at) > 1:
        clock.second = tokens.values[units_at[1]]
    if len(units_at) > 2:
        clock.microsecond = int(tokens.texts[units_at[2]][:6].ljust(6, "0"))
    _apply_part_of_day(clock, tokens)
    _apply_offset(clock, tokens, sign_at)
    return clock


def dotted_clock(tokens: Tokens, span: Span, order: Order | None) -> Clock | None:
    """الساعة 10.15, 19,00 ت غ, 3.53 صباحا."""
    hour_at, minute_at = tokens.positions("2", span)
    if len(tokens.texts[minute_at]) != 2:
        return None
    clock = Clock(span, tokens.values[hour_at], tokens.values[minute_at])
    _apply_part_of_day(clock, tokens)
    return clock


def weak_clock(tokens: Tokens, span: Span, order: Order | None) -> Clock | None:
    """15.30, 4.15 م beside a date."""
    clock = dotted_clock(tokens, span, order)
    has_letter = tokens.first(LETTER_M, span) < span[1]
    if clock is None or (len(tokens.texts[span[0]]) == 1 and not has_letter):
        return None
    clock.weak = True
    return clock


def four_digits(tokens: Tokens, span: Span, order: Order | None) -> Clock | None:
    """الساعة 0454, 1430 GMT."""
    hour, minute = divmod(tokens.values[tokens.first(_FOUR_DIGITS, span)], 100)
    clock = Clock(span, hour, minute)
    _apply_part_of_day(clock, tokens)
    return clock


def compact_clock(tokens: Tokens, span: Span, order: Order | None) -> Clock:
    """T0930, T093015, the end of 202108250930; perhaps with an offset."""
    sign_at = tokens.first("+-", span)
    digits = tokens.texts[sign_at - 1]
    if len(digits) > 8:
        digits = digits[8:]
    clock = Clock(span, int(digits[:2]), int(digits[2:4]))
    if len(digits) > 4:
        clock.second = int(digits[4:])
    _apply_part_of_day(clock, tokens)
    _apply_offset(clock, tokens, sign_at)
    return clock


def worded_clock(tokens: Tokens, span: Span, order: Order | None) -> Clock | None:
    """شام 6 بجے, رات ساڑھے 7 بجے, 9 بج کر 15 منٹ, الساعة السابعة والنصف صباحا, 5 PM."""
    hour: int | None = None
    minutes: int | None = None
    minutes_alone = 0
    is_before_hour = False
    for at in range(*span):
        kind, value = tokens.kinds[at], tokens.values[at]
        if kind in _COUNTS and hour is None:
            hour = value
        elif kind in _COUNTS:
            minutes = (minutes or 0) + value
        elif kind == MINUS:
            is_before_hour = True
        elif kind == FRACTION:
            minutes_alone, minutes = value
            if is_before_hour:
                minutes = -minutes
    if hour is None:
        hour, minutes = divmod(minutes_alone, 60)
    elif minutes is not None and minutes < 0:
        hour, minutes = hour - 1 or 12, minutes + 60
    if hour > 24:
        return None
    clock = Clock(span, hour, minutes)
    _apply_part_of_day(clock, tokens)
    return clock


def zone(tokens: Tokens, span: Span, order: Order | None) -> PrintedZone:
    """GMT, GMT+3, غرينتش-5, بتوقيت القاهرة, بالتوقيت المحلي, پاکستانی وقت."""
    meanings: tuple[Zone, ...] = ()
    is_local = is_z = False
    error = None
    for at in range(*span):
        kind = tokens.kinds[at]
        if kind in (ZONE, PLACE):
            meanings = tokens.values[at]
            is_z = tokens.texts[at] == "z"
        elif kind == LOCAL:
            is_local = True
        elif kind in "+-":
            try:
                meanings = (offset_at(tokens, at, span[1]),)
            except DateError as impossible:
                error = str(impossible)
            else:
                error = "Z and an offset" if is_z else None
    if not meanings and not is_local:
        error = "a zone is announced, but none that is known"
    return PrintedZone(span, meanings, error)


def offset_at(tokens: Tokens, sign_at: int, end: int) -> int:
    """Return the minutes of the offset (4, 04, 0400 or 04:00) whose sign stands at `sign_at`.

    Raises DateError for an offset that no zone keeps.
    """
    hours_at, *minutes_at = tokens.positions("2" + _FOUR_DIGITS, (sign_at, end))
    hours, minutes = tokens.values[hours_at], 0
    if minutes_at:
        minutes = tokens.values[minutes_at[0]]
    elif tokens.kinds[hours_at] in _FOUR_DIGITS:
        hours, minutes = divmod(hours, 100)
    return offset_minutes(tokens.kinds[sign_at], hours, minutes)


def _apply_part_of_day(clock: Clock, tokens: Tokens) -> None:
    """Bring the hour to 24 hours by the part of the day in the span; sets `error` if it cannot."""
    hours = _part_of_day(tokens, clock.span)
    minute, second = clock.minute or 0, clock.second or 0
    if clock.hour == 24 and not (minute or second or clock.microsecond):
        clock.error = "24:00 belongs to two days"
    elif clock.hour > 23 or minute > 59 or second > 59:
        clock.error = f"no such clock: {clock.hour}:{minute:02}"
    elif hours is None:
        clock.half_day_unknown = _lacks_part_of_day(clock, tokens)
    elif clock.hour not in hours:
        other_half = (clock.hour + 12) % 24
        if clock.hour <= 12 and other_half in hours:
            clock.hour = other_half
        else:
            clock.error = f"the part of the day does not fit {clock.hour}:{minute:02}"


def _lacks_part_of_day(clock: Clock, tokens: Tokens) -> bool:
    """Return True if a clock without a part of the day can be two hours of the day."""
    if not 1 <= clock.hour <= 12:
        return False
    if clock.minute is None:
        return True
    if _SAYS_TWELVE_HOURS.isdisjoint(tokens.kinds[slice(*clock.span)]):
        return False
    # An hour with a leading zero ("07:30 بجے") is one of 24.
    first_at = tokens.first("2", clock.span)
    return first_at == clock.span[1] or not tokens.texts[first_at].startswith("0")


def _apply_offset(clock: Clock, tokens: Tokens, sign_at: int) -> None:
    if sign_at < clock.span[1]:
        try:
            clock.offset = offset_at(tokens, sign_at, clock.span[1])
        except DateError as error:
            clock.error = str(error)


def _part_of_day(tokens: Tokens, span: Span) -> Hours | None:
    """Return the hours that the part of the day allows; None without a part of the day.

    The word after the clock counts before the word in front.
    """
    for at in reversed(range(*span)):
        kind = tokens.kinds[at]
        if kind == DAY_PART:
            hours: Hours = tokens.values[at]
            return hours
        if kind == LETTER_M:
            return _PM
        if kind == DAY_UNIT and tokens.texts[at] == _DAYTIME:
            return DAYTIME
    return None

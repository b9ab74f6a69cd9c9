"""Clocks and zones from the tokens that a pattern of the grammar found.

Hours and minutes with a colon are a 24-hour clock unless a part of the day says otherwise; "م"
beside 15:30 is redundant, "ص" beside it a contradiction. A part of the day leaves exactly one of h
and h + 12, or the clock is none. An hour without minutes needs its part of the day (7 بجے alone can
be morning or evening).
"""

from crawler.dates.elements import Clock, PrintedZone, Span
from crawler.dates.lexicon import DAYTIME_WORD, HOUR_WORD, LETTER_M, OCLOCK, PAST_THE_HOUR
from crawler.dates.model import DateError, Order
from crawler.dates.tokens import Tokens
from crawler.dates.words import DAYTIME
from crawler.dates.zones import Zone, offset_minutes
from crawler.text import fold

_DAYTIME = fold(DAYTIME_WORD)
_PM = range(12, 24)
_SAYS_TWELVE_HOURS = frozenset((OCLOCK, PAST_THE_HOUR, HOUR_WORD))
Hours = range | tuple[int, ...]


def colon_clock(tokens: Tokens, span: Span, order: Order | None) -> Clock | None:
    """10:30, 10:42:57, 13:52:13.299, مساء 10:30, 10:30 م, 02:21 +0400, 10:30 بجے شام."""
    sign_at = _sign_at(tokens, span)
    number_at = [at for at in range(span[0], sign_at) if tokens.kinds[at] in "02345678"]
    hour, minute = tokens.values[number_at[0]], tokens.values[number_at[1]]
    if len(tokens.texts[number_at[1]]) != 2:
        return None
    clock = Clock(span, hour, minute)
    if len(number_at) > 2:
        clock.second = tokens.values[number_at[2]]
        if len(tokens.texts[number_at[2]]) != 2:
            return None
    if len(number_at) > 3:
        clock.microsecond = int(tokens.texts[number_at[3]][:6].ljust(6, "0"))
    _apply_part(clock, tokens)
    _apply_offset(clock, tokens, sign_at)
    return clock


def dotted_clock(tokens: Tokens, span: Span, order: Order | None) -> Clock | None:
    """الساعة 10.15, 19,00 ت غ, 3.53 صباحا."""
    numbers = [at for at in range(*span) if tokens.kinds[at] == "2"]
    if len(tokens.texts[numbers[1]]) != 2:
        return None
    clock = Clock(span, tokens.values[numbers[0]], tokens.values[numbers[1]])
    _apply_part(clock, tokens)
    return clock


def weak_clock(tokens: Tokens, span: Span, order: Order | None) -> Clock | None:
    """15.30, 4.15 م beside a date."""
    clock = dotted_clock(tokens, span, order)
    if clock is not None:
        clock.weak = True
    return (
        clock if len(tokens.texts[span[0]]) == 2 or LETTER_M in tokens.kinds[slice(*span)] else None
    )


def four_digits(tokens: Tokens, span: Span, order: Order | None) -> Clock | None:
    """الساعة 0454, 1430 GMT."""
    value = next(tokens.values[at] for at in range(*span) if tokens.kinds[at] in "457")
    clock = Clock(span, value // 100, value % 100)
    _apply_part(clock, tokens)
    return clock


def compact_clock(tokens: Tokens, span: Span, order: Order | None) -> Clock:
    """T0930, T093015, the end of 202108250930; perhaps with an offset."""
    sign_at = _sign_at(tokens, span)
    digits = tokens.texts[sign_at - 1]
    digits = digits[8:] if len(digits) > 8 else digits
    clock = Clock(span, int(digits[:2]), int(digits[2:4]), int(digits[4:]) if digits[4:] else None)
    _apply_part(clock, tokens)
    _apply_offset(clock, tokens, sign_at)
    return clock


def worded_clock(tokens: Tokens, span: Span, order: Order | None) -> Clock | None:
    """شام 6 بجے, رات ساڑھے 7 بجے, 9 بج کر 15 منٹ, الساعة السابعة والنصف صباحا, 5 PM."""
    hour: int | None = None
    minutes: int | None = None
    minus = False
    alone = 0
    for at in range(*span):
        kind, value = tokens.kinds[at], tokens.values[at]
        if kind in "2qh":
            if hour is None:
                hour = value
            else:
                minutes = (minutes or 0) + value
        elif kind == "m":
            minus = True
        elif kind == "f":
            alone, added = value
            minutes = -added if minus else added
    if hour is None:
        hour, minutes = divmod(alone, 60)
    elif minutes is not None and minutes < 0:
        hour, minutes = (hour - 1 or 12), minutes + 60
    if hour > 24:
        return None
    clock = Clock(span, hour, minutes)
    _apply_part(clock, tokens)
    return clock


def zone(tokens: Tokens, span: Span, order: Order | None) -> PrintedZone:
    """GMT, GMT+3, غرينتش-5, بتوقيت القاهرة, بالتوقيت المحلي, پاکستانی وقت."""
    meanings: tuple[Zone, ...] = ()
    local = is_z = False
    error = None
    for at in range(*span):
        kind = tokens.kinds[at]
        if kind in "zC":
            meanings = tokens.values[at]
            is_z = tokens.texts[at] == "z"
        elif kind == "O":
            local = True
        elif kind in "+-":
            try:
                meanings = (offset_at(tokens, at, span[1]),)
                error = "Z and an offset" if is_z else None
            except DateError as impossible:
                error = str(impossible)
    if not meanings and not local:
        error = "a zone is announced, but none that is known"
    return PrintedZone(span, meanings, error)


def offset_at(tokens: Tokens, sign_at: int, end: int) -> int:
    """The offset after a sign: 4, 04, 0400 or 04:00. Raises DateError for one that no zone
    keeps."""
    numbers = [at for at in range(sign_at, end) if tokens.kinds[at] in "2457"]
    value = tokens.values[numbers[0]]
    if len(numbers) == 2:
        hours, minutes = value, tokens.values[numbers[1]]
    else:
        hours, minutes = (
            (value, 0) if value < 100 and len(tokens.texts[numbers[0]]) < 3 else divmod(value, 100)
        )
    return offset_minutes(tokens.kinds[sign_at], hours, minutes)


def _apply_part(clock: Clock, tokens: Tokens) -> None:
    """Bring the clock's hour to 24 hours by the part of the day in its span, and check it."""
    hours = _part_of_day(tokens, clock.span)
    twelve_hour = clock.minute is None or not _SAYS_TWELVE_HOURS.isdisjoint(
        tokens.kinds[slice(*clock.span)]
    )
    if clock.hour == 24 and not any(clock.reading[1:]):
        clock.error = "24:00 belongs to two days"
    elif clock.hour > 23 or (clock.minute or 0) > 59 or (clock.second or 0) > 59:
        clock.error = f"no such clock: {clock.hour}:{clock.minute or 0:02}"
    elif hours is not None:
        fitting = {h for h in (clock.hour, (clock.hour + 12) % 24) if h in hours}
        if clock.hour > 12:
            fitting &= {clock.hour}
        if fitting:
            clock.hour = fitting.pop()
        else:
            clock.error = f"the part of the day does not fit {clock.hour}:{clock.minute or 0:02}"
    elif twelve_hour and 1 <= clock.hour <= 12 and not _zero_padded(tokens, clock):
        clock.half_day_unknown = True


def _sign_at(tokens: Tokens, span: Span) -> int:
    """Where the sign of an offset stands, or the end of the span."""
    found = max(tokens.kinds.find("+", *span), tokens.kinds.find("-", *span))
    return span[1] if found < 0 else found


def _apply_offset(clock: Clock, tokens: Tokens, sign_at: int) -> None:
    if sign_at < clock.span[1]:
        try:
            clock.offset = offset_at(tokens, sign_at, clock.span[1])
        except DateError as error:
            clock.error = str(error)


def _zero_padded(tokens: Tokens, clock: Clock) -> bool:
    first = next((tokens.texts[at] for at in range(*clock.span) if tokens.kinds[at] == "2"), "")
    return clock.minute is not None and first.startswith("0")


def _part_of_day(tokens: Tokens, span: Span) -> Hours | None:
    """The hours that the part of the day allows; the word after the clock counts before the one in
    front."""
    for at in reversed(range(*span)):
        kind = tokens.kinds[at]
        if kind == "a":
            hours: Hours = tokens.values[at]
            return hours
        if kind == "P":
            return _PM
        if kind == "D" and tokens.texts[at] == _DAYTIME:
            return DAYTIME
    return None

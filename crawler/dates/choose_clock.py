"""Choose the clock and the zone of a day among those that are joined to it.

Several clocks are one if each has its own zone and they are the same instant ("KSA 12:30 - GMT
09:30": the first is read); several zones are one if they are the same. Otherwise the text says two
things, and is refused.
"""

import re
from datetime import timedelta

from crawler.dates.date_elements import Clock, Day, DayElement, Disagreement, PrintedZone
from crawler.dates.parsed_date import DateError
from crawler.dates.tokeniser import Tokens
from crawler.dates.zones import offset_on

_OFFSET_OR_TIME_SPAN = re.compile(r" ?\+ ?[0-9]|-2(?![0-9/.:-]| ?[MIJ])")


def choose_clock(
    tokens: Tokens,
    day: DayElement,
    clocks: list[Clock],
    zones: list[PrintedZone],
    doubts: list[str],
) -> tuple[Clock | None, PrintedZone | None]:
    """Return the clock and the zone of `day`; adds to `doubts`.

    Raises DateError when two of them disagree or one is impossible.
    """
    if not clocks and not zones:
        return None, None
    errors = [c.error for c in clocks if c.error] + [z.error for z in zones if z.error]
    if errors:
        raise DateError(errors[0])
    strong = [c for c in clocks if not c.weak] or clocks
    if len(strong) == len(zones) > 1 and _same_instant(day, strong, zones):
        return strong[0], zones[0]
    zone = _one_zone(zones)
    if not strong:
        return None, zone
    clock = strong[0]
    for other in strong:
        if (other.time_fields, other.offset) != (clock.time_fields, clock.offset):
            raise Disagreement("two clocks beside one date")
    if _OFFSET_OR_TIME_SPAN.match(tokens.kinds, clock.span[1]):
        raise DateError("an offset, or the end of a span of time")
    if clock.half_day_unknown:
        doubts.append("an hour without its part of the day: left out")
        return None, zone
    if clock.offset is not None:
        zone = PrintedZone(clock.span, (clock.offset,))
    return clock, zone


def _one_zone(zones: list[PrintedZone]) -> PrintedZone | None:
    """Return the zone that all agree on, a named zone before "local time"; None for no zone."""
    named = [z for z in zones if z.meanings]
    if any(z.meanings != named[0].meanings for z in named):
        raise DateError("two zones that disagree")
    candidates = named or zones
    return candidates[0] if candidates else None


def _same_instant(day: DayElement, clocks: list[Clock], zones: list[PrintedZone]) -> bool:
    """Return True if the clocks, the nth in the nth zone, show the same instant."""
    if not isinstance(day, Day) or day.first is None:
        return False
    times_utc = set()
    for clock, zone in zip(clocks, zones, strict=True):
        if len(zone.meanings) != 1:
            return False
        hour, minute, second, _ = clock.time_fields
        local = timedelta(hours=hour, minutes=minute, seconds=second)
        times_utc.add((local - offset_on(day.first, zone.meanings[0])) % timedelta(days=1))
    return len(times_utc) == 1

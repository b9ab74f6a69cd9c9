"""The clock and the zone of a day, out of those that are joined to it.

Several clocks are one if each has its own zone and they are the same instant ("KSA 12:30 - GMT
09:30": the first is read); several zones are one if they are the same. Otherwise the text says two
things, and is refused.
"""

import re
from datetime import timedelta

from crawler.dates.elements import Ago, Clock, Day, Disagreement, Named, PrintedZone
from crawler.dates.model import DateError
from crawler.dates.tokens import Tokens
from crawler.dates.zones import offset_on

_OFFSET_OR_SPAN = re.compile(r" ?\+ ?[0-9]|-2(?![0-9/.:-]| ?[MIJ])")


def choose_clock(
    tokens: Tokens,
    day: Day | Ago | Named,
    clocks: list[Clock],
    zones: list[PrintedZone],
    doubts: list[str],
) -> tuple[Clock | None, PrintedZone | None]:
    """The clock and the zone of `day`. Raises DateError when there are two, or one that is
    impossible."""
    if not (clocks or zones):
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
    if any((c.reading, c.offset) != (clock.reading, clock.offset) for c in strong):
        raise Disagreement("two clocks beside one date")
    if _OFFSET_OR_SPAN.match(tokens.kinds, clock.span[1]):
        raise DateError("an offset, or the end of a span of time")
    if clock.half_day_unknown:
        doubts.append("an hour without its part of the day: left out")
        return None, zone
    if clock.offset is not None:
        zone = PrintedZone(clock.span, (clock.offset,))
    return clock, zone


def _one_zone(zones: list[PrintedZone]) -> PrintedZone | None:
    named = [z for z in zones if z.meanings]
    if any(z.meanings != named[0].meanings for z in named):
        raise DateError("two zones that disagree")
    return next(iter(named or zones), None)


def _same_instant(day: Day | Ago | Named, clocks: list[Clock], zones: list[PrintedZone]) -> bool:
    """Whether the clocks, each in the zone printed in the same place, show the same moment."""
    if not isinstance(day, Day) or day.first is None:
        return False
    moments = set()
    for clock, zone in zip(clocks, zones, strict=True):
        if len(zone.meanings) != 1:
            return False
        hour, minute, second, _ = clock.reading
        local = timedelta(hours=hour, minutes=minute, seconds=second)
        moments.add((local - offset_on(day.first, zone.meanings[0])) % timedelta(days=1))
    return len(moments) == 1

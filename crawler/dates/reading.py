"""Which of the elements of a line are its date: one day, its clock, its zone, or the refusal to choose.

The rules, in order:
- Gregorian days that agree are one day; a day in words settles the order of one in figures.
- Days that disagree: the one labelled as published, or not labelled as an update, if only one is left; else none.
- A Gregorian day is trusted before the Hijri or Solar Hijri one beside it, and gets its year from it.
- A clock or zone belongs to the day if no unknown word stands between them.
- A month, a year, today, or a period named from now is a date only where no unknown word stands in the line.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from crawler.dates.elements import Ago, Clock, Day, Element, Named, Other, PrintedZone, make_day
from crawler.dates.grammar import scan
from crawler.dates.lexicon import UNKNOWN
from crawler.dates.model import DateError, Order
from crawler.dates.tokens import Tokens, tokenise

_UNCLEAN = re.compile("[xCQ02345678]")
_TWINS_MAY_DIFFER = timedelta(days=2)
"""A Hijri day printed beside a Gregorian one may follow a local sighting, and begins at sunset."""


@dataclass(slots=True)
class Reading:
    """One date as printed, before any zone or clock of today is asked."""

    day: Day | Ago | Named
    clock: Clock | None
    zone: PrintedZone | None
    weekdays: set[int]
    pointer: str | None
    """"this" or "last" beside a day without a year ("14 مايو الجاري")."""
    doubts: list[str] = field(default_factory=list)


def read(text: str, order: Order | None) -> Reading:
    """The one date of `text`. Raises DateError when there is none, or more than one."""
    tokens = tokenise(text)
    elements = scan(tokens, order)
    try:
        return _read(tokens, elements)
    except _Disagreement as disagreement:
        published = _published_part(tokens, elements)
        if published is None:
            raise DateError(str(disagreement)) from None
        reading = _read(tokens, published)
        reading.doubts.append("an update is printed too: the publication is read")
        return reading


class _Disagreement(DateError):
    """Two dates or two clocks that are not the same."""


def _read(tokens: Tokens, elements: list[Element]) -> Reading:
    doubts: list[str] = []
    day = _choose_day(tokens, elements, doubts)
    joined = [e for e in elements if e is not day and _joined(tokens, day, e)]
    clock = _choose_clock([e for e in joined if isinstance(e, Clock)], tokens, day, doubts)
    zone = _choose_zone([e for e in joined if isinstance(e, PrintedZone)], clock)
    if clock is None and any(isinstance(e, Clock) and not e.weak for e in elements):
        doubts.append("a clock stands apart from the date")
    others = [e for e in joined if isinstance(e, Other)]
    weekdays = {e.value for e in others if e.kind == "weekday" and e.value is not None}
    pointer = next((e.kind for e in others if e.kind in ("coming", "this", "last")), None)
    if isinstance(day, Day) and day.year is not None:
        pointer = None
    if pointer == "coming":
        raise DateError("a day to come is not when something was printed")
    return Reading(day, clock, zone, weekdays, pointer, doubts)


def _choose_day(tokens: Tokens, elements: list[Element], doubts: list[str]) -> Day | Ago | Named:
    days = [e for e in elements if isinstance(e, Day)]
    full = [d for d in days if d.precision == "day" and d.first is not None]
    gregorian = [d for d in full if d.calendar == "gregorian"]
    others = [d for d in full if d.calendar != "gregorian"]
    yearless = [d for d in days if d.precision == "day" and d.year is None and not d.must_be_proved]
    if gregorian:
        chosen = _one_of(gregorian)
        _check_yearless(tokens, chosen, [d for d in yearless if d.calendar == "gregorian"])
        _check_twins(chosen, others, doubts)
    elif others:
        chosen = _one_of([d for d in others if d.calendar == "solar"] or others)
        chosen = _twin_without_year(chosen, yearless) or chosen
    elif yearless:
        chosen = _one_yearless(tokens, elements, yearless)
    else:
        return _coarse(tokens, elements, days)
    if chosen.is_range:
        doubts.append("a range: its first day is read")
    _refuse_before(tokens, chosen)
    return chosen


def _one_of(days: list[Day]) -> Day:
    """The day that all `days` agree on."""
    chosen = next((d for d in days if d.other is None), days[0])
    for day in days:
        if chosen.first not in (day.first, day.other):
            raise _Disagreement(f"two dates that disagree: {chosen.first} and {day.first}")
    if chosen.other is not None and any(d.first != chosen.first for d in days):
        raise _Disagreement("two dates that disagree in their order")
    return chosen


def _check_yearless(tokens: Tokens, chosen: Day, yearless: list[Day]) -> None:
    for day in yearless:
        assert chosen.first is not None
        if (day.month, day.day) != (chosen.first.month, chosen.first.day):
            raise _Disagreement(f"two dates that disagree: {chosen.first} and {day.day}/{day.month}")


def _check_twins(chosen: Day, others: list[Day], doubts: list[str]) -> None:
    assert chosen.first is not None
    for twin in others:
        assert twin.first is not None
        if abs(twin.first - chosen.first) > _TWINS_MAY_DIFFER:
            doubts.append(f"the {twin.calendar} date beside it is {twin.first}")


def _twin_without_year(twin: Day, yearless: list[Day]) -> Day | None:
    """The Gregorian day without a year beside a full `twin`, in the year that brings the two together."""
    assert twin.first is not None
    for day in yearless:
        if day.calendar != "gregorian" or day.month is None or day.day is None:
            continue
        for year in (twin.first.year, twin.first.year - 1, twin.first.year + 1):
            try:
                same = date(year, day.month, day.day)
            except ValueError:
                continue
            if abs(same - twin.first) <= _TWINS_MAY_DIFFER:
                day.year, day.first = year, same
                return day
        raise _Disagreement(f"{day.day}/{day.month} is not near {twin.first}")
    return None


def _one_yearless(tokens: Tokens, elements: list[Element], yearless: list[Day]) -> Day:
    """The one day without a year; a year that stands apart in the same line (a clock between) is its own."""
    gregorian = [d for d in yearless if d.calendar == "gregorian"] or yearless
    chosen = gregorian[0]
    if any((d.calendar, d.month, d.day) != (chosen.calendar, chosen.month, chosen.day) for d in gregorian):
        raise _Disagreement("two dates that disagree, without a year")
    after = tokens.kinds[chosen.span[1] :].lstrip(" ,")
    if after[:1] in ("0", "3", "6", "8"):
        raise DateError("a number that may be a broken year")
    years = [d for d in elements if isinstance(d, Day) and d.precision == "year" and _joined(tokens, chosen, d)]
    loose = {d.year for d in years} | {
        tokens.values[at]
        for at in _left_over(tokens, elements)
        if tokens.kinds[at] in "457"
        and UNKNOWN not in tokens.kinds[min(at, chosen.span[0]) : max(at, chosen.span[1])]
    }
    if not loose:
        return chosen
    if len(loose) > 1 or chosen.calendar is None:
        raise _Disagreement("more than one year beside the date")
    made = make_day(chosen.span, chosen.calendar, loose.pop(), chosen.month, chosen.day)
    made.is_range = chosen.is_range
    return made


def _coarse(tokens: Tokens, elements: list[Element], days: list[Day]) -> Day | Ago | Named:
    """A distance from now, a named period, a month or a year."""
    if distances := [e for e in elements if isinstance(e, Ago)]:
        if any(d.amounts != distances[0].amounts for d in distances):
            raise _Disagreement("two distances from now")
        return distances[0]
    if any(d.calendar is None for d in days):
        raise DateError("a year that could be Hijri or Solar Hijri, without a mark")
    if any(d.precision == "day" for d in days):
        raise DateError("a name that also means something else, without a year")
    named: list[Day | Named] = [e for e in elements if isinstance(e, Named)]
    months: list[Day | Named] = [d for d in days if d.precision == "month"]
    years: list[Day | Named] = [d for d in days if d.precision == "year"]
    candidates = named or months or years
    if not candidates:
        raise DateError("no date")
    if any(_UNCLEAN.match(tokens.kinds[at]) for at in _left_over(tokens, elements)):
        raise DateError("no date: only a word or a number that may mean something else")
    if len({_meaning(c) for c in candidates}) > 1 or (named and months):
        raise _Disagreement("two dates that disagree")
    return candidates[0]


def _meaning(element: Day | Named) -> object:
    return element.first if isinstance(element, Day) else (element.unit, element.back)


def _left_over(tokens: Tokens, elements: list[Element]) -> list[int]:
    taken = {at for e in elements for at in range(*e.span)}
    return [at for at in range(len(tokens.kinds)) if at not in taken]


def _joined(tokens: Tokens, day: Element, other: Element) -> bool:
    """No unknown word stands between the two."""
    between = tokens.kinds[day.span[1] : other.span[0]] or tokens.kinds[other.span[1] : day.span[0]]
    if isinstance(other, Clock) and other.weak and between.strip(" ,|-"):
        return False
    return UNKNOWN not in between


def _refuse_before(tokens: Tokens, day: Day) -> None:
    """ "Before 25 August" and "since 2021" are not the day they name."""
    if tokens.kinds[: day.span[0]].rstrip().endswith("p"):
        raise DateError("before or since a day is not that day")


def _choose_clock(clocks: list[Clock], tokens: Tokens, day: Element, doubts: list[str]) -> Clock | None:
    strong = [c for c in clocks if not c.weak] or clocks
    if not strong:
        return None
    chosen = strong[0]
    for clock in strong:
        if clock.error:
            raise DateError(clock.error)
        if (clock.reading, clock.offset) != (chosen.reading, chosen.offset):
            raise _Disagreement("two clocks beside one date")
    if chosen.half_day_unknown:
        doubts.append("an hour without its part of the day: left out")
        return None
    return chosen


def _choose_zone(zones: list[PrintedZone], clock: Clock | None) -> PrintedZone | None:
    """The zone that is printed; of several, one that says the same."""
    for zone in zones:
        if zone.error:
            raise DateError(zone.error)
    named = [z for z in zones if z.meanings]
    if any(z.meanings != named[0].meanings for z in named):
        raise DateError("two zones that disagree")
    if clock is not None and clock.offset is not None:
        return PrintedZone(clock.span, (clock.offset,))
    return (named or zones or [None])[0]


_LABELS = {"edited", "published"}


def _published_part(tokens: Tokens, elements: list[Element]) -> list[Element] | None:
    """The elements that a label does not make an update; None when no label tells."""
    parts: dict[str, list[Element]] = {"": [], "edited": [], "published": []}
    label = ""
    for element in elements:
        if isinstance(element, Other) and element.kind in _LABELS:
            label = element.kind
        else:
            parts[label].append(element)
    if not parts["edited"]:
        return None
    for label in ("published", ""):
        if any(isinstance(e, Day | Ago | Named) for e in parts[label]):
            return parts[label]
    return None

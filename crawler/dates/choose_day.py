"""The one day of a line, out of all that it prints.

- Gregorian days that agree are one; a day in words settles the order of one in figures.
- A Gregorian day is trusted before the Hijri or Solar Hijri one beside it, and gets its year from
  it if it has none. Solar Hijri, reckoned, is trusted before Hijri, sighted.
- A day without a year takes the one year that stands apart in the same date ("Aug 25 09:23:13
  2021").
- Before, since, until and after a day are not that day.
- A month, a year, today, or another period named from now is a date only where nothing unknown
  stands in the line.
"""

import re
from datetime import date, timedelta

from crawler.dates.elements import Ago, Day, Disagreement, Element, Named, make_day
from crawler.dates.lexicon import AGO, BEYOND, UNKNOWN
from crawler.dates.model import DateError
from crawler.dates.tokens import Tokens

_MAY_STAND_BESIDE = frozenset(" :./,-+()|?kEAaDnPGHSLlc&")
"""Kinds that change nothing about a month, a year or a day named from now: signs, labels, marks."""
_TWINS_MAY_DIFFER = timedelta(days=2)
"""A Hijri day printed beside a Gregorian one may follow a local sighting, and begins at sunset."""
_ENDS = r"(?= ?(?:$|[|,.)-]))"
_STRAY_YEAR = re.compile(rf"4{_ENDS}")
_BROKEN_YEAR = re.compile(rf"[ ,]*(?:[0368]|2{_ENDS})")
_NOT_THE_DAY_BEFORE = re.compile(rf"[{AGO}{BEYOND}] ?$")
_NOT_THE_DAY_BEHIND = re.compile(rf" ?(?:R|k)? ?(?P<word>[{AGO}{BEYOND}])")


def choose_day(tokens: Tokens, elements: list[Element], doubts: list[str]) -> Day | Ago | Named:
    """The day; of a range the first. Adds to `doubts`. Raises DateError when there is none, or
    two."""
    days = [e for e in elements if isinstance(e, Day)]
    full = [d for d in days if d.day is not None]
    gregorian = [d for d in full if d.first is not None and d.calendar == "gregorian"]
    twins = [d for d in full if d.first is not None and d.calendar != "gregorian"]
    yearless = [d for d in full if d.year is None and not d.must_be_proved]
    if gregorian:
        chosen: Day | Ago | Named = _checked(_one_of(gregorian), yearless, twins, doubts)
    elif twins:
        chosen = _one_of([d for d in twins if d.calendar == "solar"] or twins)
        chosen = _dated_by_twin(chosen, yearless) or chosen
    elif yearless:
        chosen = _with_stray_year(tokens, elements, _one_yearless(yearless))
    else:
        chosen = _coarse(tokens, elements, days)
    if isinstance(chosen, Day):
        _refuse_before_and_after(tokens, elements, chosen)
        if chosen.is_range:
            doubts.append("a range: its first day is read")
    return chosen


def _refuse_before_and_after(tokens: Tokens, elements: list[Element], day: Day) -> None:
    before = _NOT_THE_DAY_BEFORE.search(tokens.kinds, 0, day.span[0])
    behind = _NOT_THE_DAY_BEHIND.match(tokens.kinds, day.span[1])
    if before or (behind and behind.start("word") in _left_over(tokens, elements)):
        raise DateError("before, since, until or after a day is not that day")


def _one_of(days: list[Day]) -> Day:
    """The day that all `days` agree on."""
    if len(days) == 1:
        return days[0]
    chosen = next((d for d in days if d.other is None), days[0])
    for day in days:
        agree = chosen.first in (day.first, day.other) and (
            chosen.other is None or chosen.first == day.first
        )
        if not agree:
            raise Disagreement(f"two dates that disagree: {chosen.first} and {day.first}")
    return chosen


def _checked(chosen: Day, yearless: list[Day], twins: list[Day], doubts: list[str]) -> Day:
    """`chosen`, after a look at what stands beside it in another form."""
    assert chosen.first is not None
    for day in yearless:
        if day.calendar == "gregorian" and (day.month, day.day) != (
            chosen.first.month,
            chosen.first.day,
        ):
            raise Disagreement(f"two dates that disagree: {chosen.first} and {day.day}/{day.month}")
    for twin in twins:
        assert twin.first is not None
        if abs(twin.first - chosen.first) > _TWINS_MAY_DIFFER:
            doubts.append(f"the {twin.calendar} date beside it is {twin.first}")
    return chosen


def _dated_by_twin(twin: Day, yearless: list[Day]) -> Day | None:
    """The Gregorian day without a year beside a full `twin`, in the year that brings the two
    together."""
    assert twin.first is not None
    for day in yearless:
        if day.calendar != "gregorian" or day.month is None or day.day is None:
            continue
        for year in range(twin.first.year - 1, twin.first.year + 2):
            try:
                same = date(year, day.month, day.day)
            except ValueError:
                continue
            if abs(same - twin.first) <= _TWINS_MAY_DIFFER:
                return make_day(day.span, "gregorian", year, day.month, day.day)
        raise Disagreement(f"{day.day}/{day.month} is not near {twin.first}")
    return None


def _one_yearless(yearless: list[Day]) -> Day:
    days = [d for d in yearless if d.calendar == "gregorian"] or yearless
    if any((d.month, d.day) != (days[0].month, days[0].day) for d in days):
        raise Disagreement("two dates that disagree, without a year")
    return days[0]


def _with_stray_year(tokens: Tokens, elements: list[Element], day: Day) -> Day:
    if _BROKEN_YEAR.match(tokens.kinds, day.span[1]):
        raise DateError("a number that may be a broken year")
    own = {e.year for e in elements if isinstance(e, Day) and e.precision == "year"}
    doubtful = False
    for at in _left_over(tokens, elements):
        if tokens.kinds[at] == "4":
            leads = not tokens.kinds[at + 1 : day.span[0]].strip(" ,-") and at < day.span[0]
            if leads or _STRAY_YEAR.match(tokens.kinds, at):
                own.add(tokens.values[at])
            else:
                doubtful |= UNKNOWN not in (
                    tokens.kinds[day.span[1] : at] or tokens.kinds[at : day.span[0]]
                )
    if not own and not doubtful:
        return day
    if len(own) != 1 or doubtful or UNKNOWN in tokens.kinds or day.calendar != "gregorian":
        raise DateError("a day, and a year that may not be its own")
    made = make_day(day.span, day.calendar, own.pop(), day.month, day.day)
    made.is_range = day.is_range
    return made


def _coarse(tokens: Tokens, elements: list[Element], days: list[Day]) -> Day | Ago | Named:
    """A distance from now, a named period, a month or a year."""
    if distances := [e for e in elements if isinstance(e, Ago)]:
        if any(d.amounts != distances[0].amounts for d in distances):
            raise Disagreement("two distances from now")
        return distances[0]
    if any(d.calendar is None for d in days):
        raise DateError("a year that could be Hijri or Solar Hijri, without a mark")
    if any(d.precision == "day" for d in days):
        raise DateError("a name that also means something else, without a year")
    named: list[Day | Named] = [e for e in elements if isinstance(e, Named)]
    months: list[Day | Named] = [d for d in days if d.precision == "month"]
    years: list[Day | Named] = [d for d in days if d.precision == "year"]
    if not (named or months or years):
        raise DateError("no date")
    if not _MAY_STAND_BESIDE.issuperset(tokens.kinds[at] for at in _left_over(tokens, elements)):
        raise DateError("no date: only a word or a number that may mean something else")
    candidates = named + (months or years)
    if any(_meaning(c) != _meaning(candidates[0]) for c in candidates):
        raise Disagreement("two dates that disagree")
    return candidates[0]


def _meaning(element: Day | Named) -> object:
    return element.first if isinstance(element, Day) else (element.unit, element.back)


def _left_over(tokens: Tokens, elements: list[Element]) -> list[int]:
    taken = {at for e in elements for at in range(*e.span)}
    return [at for at in range(len(tokens.kinds)) if at not in taken]

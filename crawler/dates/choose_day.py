"""Choose the one day of a text among its elements.

- Gregorian days that agree are one; a day in words settles the order of a day in figures.
- A Gregorian day is trusted before the Hijri or Solar Hijri day beside it, and gets its year from
  it if it has none. Solar Hijri, reckoned, is trusted before Hijri, sighted.
- A day without a year takes the one year that stands apart in the same date ("Aug 25 09:23:13
  2021").
- Before, since, until and after a day are not that day.
- A month, a year, today, or another period named from now is a date only where nothing unknown
  stands in the text.
"""

import re
from datetime import date, timedelta

from crawler.dates.date_elements import (
    Day,
    DayElement,
    Disagreement,
    Distance,
    Element,
    NamedPeriod,
    make_day,
)
from crawler.dates.parsed_date import DateError
from crawler.dates.tokeniser import Tokens
from crawler.dates.word_kinds import AGO, BEYOND, UNKNOWN

_MAY_STAND_BESIDE = frozenset(" :./,-+()|?kEAaDnPGHSLlc&")
"""Kinds that change nothing about a month, a year or a day named from now: signs, labels, marks."""
_TWINS_MAY_DIFFER = timedelta(days=2)
"""A Hijri day printed beside a Gregorian one may follow a local sighting, and begins at sunset."""
_ENDS = r"(?= ?(?:$|[|,.)-]))"
_STRAY_YEAR = re.compile(rf"4{_ENDS}")
_BROKEN_YEAR = re.compile(rf"[ ,]*(?:[0368]|2{_ENDS})")
_NOT_THE_DAY_BEFORE = re.compile(rf"[{AGO}{BEYOND}] ?$")
_NOT_THE_DAY_BEHIND = re.compile(rf" ?(?:R|k)? ?(?P<word>[{AGO}{BEYOND}])")


def choose_day(tokens: Tokens, elements: list[Element], doubts: list[str]) -> DayElement:
    """Return the day of the text, of a range the first; adds to `doubts`.

    Raises DateError when there is no day or more than one.
    """
    full = [e for e in elements if isinstance(e, Day) and e.day is not None]
    gregorian = [d for d in full if d.first is not None and d.calendar == "gregorian"]
    twins = [d for d in full if d.first is not None and d.calendar != "gregorian"]
    yearless = [d for d in full if d.year is None and not d.needs_year]
    if gregorian:
        day = _agreed(gregorian)
        _check_yearless(day, yearless)
        _check_twins(day, twins, doubts)
    elif twins:
        solar = [d for d in twins if d.calendar == "solar"]
        day = _agreed(solar or twins)
        day = _dated_by_twin(day, yearless) or day
    elif yearless:
        day = _with_stray_year(tokens, elements, _agreed_yearless(yearless))
    else:
        coarse = _coarse(tokens, elements)
        if not isinstance(coarse, Day):
            return coarse
        day = coarse
    _refuse_before_and_after(tokens, elements, day)
    if day.is_range:
        doubts.append("a range: its first day is read")
    return day


def _refuse_before_and_after(tokens: Tokens, elements: list[Element], day: Day) -> None:
    before = _NOT_THE_DAY_BEFORE.search(tokens.kinds, 0, day.span[0])
    behind = _NOT_THE_DAY_BEHIND.match(tokens.kinds, day.span[1])
    if before or (behind and behind.start("word") in _left_over(tokens, elements)):
        raise DateError("before, since, until or after a day is not that day")


def _agreed(days: list[Day]) -> Day:
    """Return the day that all `days` can mean, in words if possible. Raises Disagreement."""
    if len(days) == 1:
        return days[0]
    chosen = next((d for d in days if d.swapped is None), days[0])
    in_words = chosen.swapped is None
    for day in days:
        agrees = chosen.first == day.first or (in_words and chosen.first == day.swapped)
        if not agrees:
            raise Disagreement(f"two dates that disagree: {chosen.first} and {day.first}")
    return chosen


def _check_yearless(chosen: Day, yearless: list[Day]) -> None:
    """Raise Disagreement for a Gregorian day without a year that is another day than `chosen`."""
    assert chosen.first is not None
    month_and_day = (chosen.first.month, chosen.first.day)
    for day in yearless:
        if day.calendar == "gregorian" and (day.month, day.day) != month_and_day:
            raise Disagreement(f"two dates that disagree: {chosen.first} and {day.day}/{day.month}")


def _check_twins(chosen: Day, twins: list[Day], doubts: list[str]) -> None:
    """Add a doubt for each day of another calendar that is not near `chosen`."""
    assert chosen.first is not None
    for twin in twins:
        assert twin.first is not None
        if abs(twin.first - chosen.first) > _TWINS_MAY_DIFFER:
            doubts.append(f"the {twin.calendar} date beside it is {twin.first}")


def _dated_by_twin(twin: Day, yearless: list[Day]) -> Day | None:
    """Return the first Gregorian day of `yearless`, in the year that brings it near `twin`.

    None when there is no such day. Raises Disagreement when no year brings the two together.
    """
    assert twin.first is not None
    for day in yearless:
        if day.calendar != "gregorian" or day.month is None or day.day is None:
            continue
        for year in range(twin.first.year - 1, twin.first.year + 2):
            try:
                dated = date(year, day.month, day.day)
            except ValueError:
                continue
            if abs(dated - twin.first) <= _TWINS_MAY_DIFFER:
                return make_day(day.span, "gregorian", year, day.month, day.day)
        raise Disagreement(f"{day.day}/{day.month} is not near {twin.first}")
    return None


def _agreed_yearless(yearless: list[Day]) -> Day:
    days = [d for d in yearless if d.calendar == "gregorian"] or yearless
    if any((d.month, d.day) != (days[0].month, days[0].day) for d in days):
        raise Disagreement("two dates that disagree, without a year")
    return days[0]


def _with_stray_year(tokens: Tokens, elements: list[Element], day: Day) -> Day:
    """Return `day`, which has no year, with the one year that stands apart from it.

    Without such a year `day` itself. Raises DateError when a year may or may not belong to it.
    """
    if _BROKEN_YEAR.match(tokens.kinds, day.span[1]):
        raise DateError("a number that may be a broken year")
    years = {e.year for e in elements if isinstance(e, Day) and e.precision == "year"}
    doubtful = False
    for at in _left_over(tokens, elements):
        if tokens.kinds[at] != "4":
            continue
        between = tokens.between(day.span, (at, at + 1))
        leads = at < day.span[0] and not between.strip(" ,-")
        if leads or _STRAY_YEAR.match(tokens.kinds, at):
            years.add(tokens.values[at])
        elif UNKNOWN not in between:
            doubtful = True
    if not years and not doubtful:
        return day
    if len(years) != 1 or doubtful or UNKNOWN in tokens.kinds or day.calendar != "gregorian":
        raise DateError("a day, and a year that may not be its own")
    dated = make_day(day.span, day.calendar, years.pop(), day.month, day.day)
    dated.is_range = day.is_range
    return dated


def _coarse(tokens: Tokens, elements: list[Element]) -> DayElement:
    """Return a distance from now, a named period, a month or a year. Raises DateError."""
    distances = [e for e in elements if isinstance(e, Distance)]
    if distances:
        if any(d.amounts != distances[0].amounts for d in distances):
            raise Disagreement("two distances from now")
        return distances[0]
    days = [e for e in elements if isinstance(e, Day)]
    if any(d.calendar is None for d in days):
        raise DateError("a year that could be Hijri or Solar Hijri, without a mark")
    if any(d.precision == "day" for d in days):
        raise DateError("a name that also means something else, without a year")
    periods: list[Day | NamedPeriod] = [e for e in elements if isinstance(e, NamedPeriod)]
    months = [d for d in days if d.precision == "month"]
    # All that are left are months and years, and a month is the finer of the two.
    candidates = periods + (months or days)
    if not candidates:
        raise DateError("no date")
    if not _MAY_STAND_BESIDE.issuperset(tokens.kinds[at] for at in _left_over(tokens, elements)):
        raise DateError("no date: only a word or a number that may mean something else")
    if any(_meaning(c) != _meaning(candidates[0]) for c in candidates):
        raise Disagreement("two dates that disagree")
    return candidates[0]


def _meaning(element: Day | NamedPeriod) -> object:
    return element.first if isinstance(element, Day) else (element.unit, element.back)


def _left_over(tokens: Tokens, elements: list[Element]) -> list[int]:
    """Return the positions of the tokens that belong to no element."""
    taken = {at for e in elements for at in range(*e.span)}
    return [at for at in range(len(tokens.kinds)) if at not in taken]

"""Choose the date of a text among its elements: one day, its clock and its zone; or refuse.

- Days that disagree: the day that a label says was published, or that no label says is an update;
  else the text is refused.
- A clock, a zone or a weekday belongs to the day if no unknown word stands between them.
- A day that points ahead ("19 نونبر المقبل") is not when something was printed.
See `choose_day` and `choose_clock` for the rest.
"""

from contextlib import suppress
from dataclasses import dataclass, field

from crawler.dates.choose_clock import choose_clock
from crawler.dates.choose_day import choose_day
from crawler.dates.date_elements import (
    Clock,
    ContextWord,
    Day,
    DayElement,
    Disagreement,
    Distance,
    Element,
    NamedPeriod,
    PrintedZone,
)
from crawler.dates.grammar import find_elements
from crawler.dates.parsed_date import DateError, Order
from crawler.dates.tokeniser import Tokens, tokenise
from crawler.dates.word_kinds import EDITED, ISO_T, LETTER_M, UNKNOWN

_BETWEEN_DAY_AND_WEAK_CLOCK = " ,|-"


@dataclass(slots=True)
class DateParts:
    """The parts of one printed date, before a zone is applied or the present instant is needed."""

    day: DayElement
    clock: Clock | None
    zone: PrintedZone | None
    weekdays: set[int]
    pointer: str | None
    """"this" or "last" beside a day without a year ("14 مايو الجاري")."""
    doubts: list[str] = field(default_factory=list)


def choose_date(text: str, order: Order | None) -> DateParts:
    """Return the parts of the one date in `text`.

    Raises DateError when there is no date or more than one.
    """
    tokens = tokenise(text)
    elements = find_elements(tokens, order)
    published = _published_part(elements) if EDITED in tokens.kinds else None
    if published is None:
        return _choose(tokens, elements)
    if not _label_parts_days(elements):
        with suppress(Disagreement):
            return _choose(tokens, elements)
    parts = _choose(tokens, published)
    parts.doubts.append("an update is printed too: the publication is read")
    return parts


def _choose(tokens: Tokens, elements: list[Element]) -> DateParts:
    doubts: list[str] = []
    day = choose_day(tokens, elements, doubts)
    joined = [e for e in elements if e is not day and _is_joined(tokens, day, e)]
    clocks = [e for e in joined if isinstance(e, Clock)]
    zones = [e for e in joined if isinstance(e, PrintedZone)]
    clock, zone = choose_clock(tokens, day, clocks, zones, doubts)
    if not clocks and any(isinstance(e, Clock) and not e.weak for e in elements):
        doubts.append("a clock stands apart from the date")
    if clock is None and tokens.kinds.startswith(ISO_T, day.span[1]):
        raise DateError("no clock after the T")
    if clock is not None and _letter_m_between(tokens, day, clock):
        doubts.append("م between year and clock: read as the mark of the year")
    words = [e for e in joined if isinstance(e, ContextWord)]
    weekdays = {e.value for e in words if e.role == "weekday" and e.value is not None}
    return DateParts(day, clock, zone, weekdays, _pointer(day, words), doubts)


def _is_joined(tokens: Tokens, day: Element, other: Element) -> bool:
    """Return True if no unknown word, and before a weak clock nothing but signs, stands between."""
    between = tokens.between(day.span, other.span)
    if isinstance(other, Clock) and other.weak and between.strip(_BETWEEN_DAY_AND_WEAK_CLOCK):
        return False
    return UNKNOWN not in between


def _letter_m_between(tokens: Tokens, day: Element, clock: Clock) -> bool:
    """Return True if the day ends with the letter م and the clock follows it at once."""
    tokens_between = clock.span[0] - day.span[1]
    return tokens_between in (0, 1) and tokens.kinds[day.span[1] - 1] == LETTER_M


def _pointer(day: DayElement, words: list[ContextWord]) -> str | None:
    """Return "this" or "last" if such a word stands beside a day without a year, else None.

    Raises DateError for a word that points ahead.
    """
    if isinstance(day, Day) and day.year is not None:
        return None
    for word in words:
        if word.role == "coming":
            raise DateError("a day to come is not when something was printed")
        if word.role in ("this", "last"):
            return word.role
    return None


def _published_part(elements: list[Element]) -> list[Element] | None:
    """Return the elements that no label makes part of an update.

    None when no update is printed, or no date beside it.
    """
    parts: dict[str, list[Element]] = {"": [], "edited": [], "published": []}
    label = ""
    for element in elements:
        if isinstance(element, ContextWord) and element.role in ("edited", "published"):
            label = element.role
        else:
            parts[label].append(element)
    if not parts["edited"]:
        return None
    for label in ("published", ""):
        if any(isinstance(e, Day | Distance | NamedPeriod) for e in parts[label]):
            return parts[label]
    return None


def _label_parts_days(elements: list[Element]) -> bool:
    """Return True if a full day stands on both sides of the label of an update."""
    labels = (e for e in elements if isinstance(e, ContextWord) and e.role == "edited")
    label_at = next(labels).span[0]
    sides = {e.span[0] < label_at for e in elements if isinstance(e, Day) and e.precision == "day"}
    return len(sides) == 2

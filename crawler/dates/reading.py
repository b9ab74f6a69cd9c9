"""Which of the elements of a line are its date: one day, its clock, its zone; or the refusal to
choose.

- Days that disagree: the one that a label says was published, or that no label says is an update;
  else none.
- A clock, a zone or a weekday belongs to the day if no unknown word stands between them.
- A day that points ahead ("19 نونبر المقبل") is not when something was printed.
See `choose_day` and `choose_clock` for the rest.
"""

from dataclasses import dataclass, field

from crawler.dates.choose_clock import choose_clock
from crawler.dates.choose_day import choose_day
from crawler.dates.elements import Ago, Clock, Day, Disagreement, Element, Named, Other, PrintedZone
from crawler.dates.grammar import scan
from crawler.dates.lexicon import EDITED, ISO_T, LETTER_M, UNKNOWN
from crawler.dates.model import DateError, Order
from crawler.dates.tokens import Tokens, tokenise


@dataclass(slots=True)
class Reading:
    """One date as printed, before any zone or the clock of today is asked."""

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
    published = _published_part(elements) if EDITED in tokens.kinds else None
    if published is None:
        return _read(tokens, elements)
    try:
        if not _label_parts_days(elements):
            return _read(tokens, elements)
    except Disagreement:
        pass
    reading = _read(tokens, published)
    reading.doubts.append("an update is printed too: the publication is read")
    return reading


def _read(tokens: Tokens, elements: list[Element]) -> Reading:
    doubts: list[str] = []
    day = choose_day(tokens, elements, doubts)
    joined = [e for e in elements if e is not day and _joined(tokens, day, e)]
    clocks = [e for e in joined if isinstance(e, Clock)]
    zones = [e for e in joined if isinstance(e, PrintedZone)]
    clock, zone = choose_clock(tokens, day, clocks, zones, doubts)
    if not clocks and any(isinstance(e, Clock) and not e.weak for e in elements):
        doubts.append("a clock stands apart from the date")
    if clock is None and tokens.kinds[day.span[1] : day.span[1] + 1] == ISO_T:
        raise DateError("no clock after the T")
    if (
        clock is not None
        and clock.span[0] - day.span[1] in (0, 1)
        and tokens.kinds[day.span[1] - 1] == LETTER_M
    ):
        doubts.append("م between year and clock: read as the mark of the year")
    others = [e for e in joined if isinstance(e, Other)]
    weekdays = {e.value for e in others if e.kind == "weekday" and e.value is not None}
    pointer = None
    if not isinstance(day, Day) or day.year is None:
        pointer = next((e.kind for e in others if e.kind in ("coming", "this", "last")), None)
    if pointer == "coming":
        raise DateError("a day to come is not when something was printed")
    return Reading(day, clock, zone, weekdays, pointer, doubts)


def _joined(tokens: Tokens, day: Element, other: Element) -> bool:
    """No unknown word stands between the two; nothing but signs before a weak clock."""
    between = tokens.kinds[day.span[1] : other.span[0]] or tokens.kinds[other.span[1] : day.span[0]]
    if isinstance(other, Clock) and other.weak and between.strip(" ,|-"):
        return False
    return UNKNOWN not in between


def _published_part(elements: list[Element]) -> list[Element] | None:
    """The elements that no label makes part of an update; None when no update or no such date is
    printed."""
    parts: dict[str, list[Element]] = {"": [], "edited": [], "published": []}
    label = ""
    for element in elements:
        if isinstance(element, Other) and element.kind in ("edited", "published"):
            label = element.kind
        else:
            parts[label].append(element)
    if not parts["edited"]:
        return None
    for label in ("published", ""):
        if any(isinstance(e, Day | Ago | Named) for e in parts[label]):
            return parts[label]
    return None


def _label_parts_days(elements: list[Element]) -> bool:
    """A full day stands on both sides of the label of an update."""
    label_at = next(e.span[0] for e in elements if isinstance(e, Other) and e.kind == "edited")
    sides = {e.span[0] < label_at for e in elements if isinstance(e, Day) and e.precision == "day"}
    return len(sides) == 2

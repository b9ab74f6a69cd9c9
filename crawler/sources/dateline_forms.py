"""How sure a prefix is a dateline. Cutting a true sentence is the worst error here, so every form
has its price.

Strength: 4 a form that nothing else has (a city and an agency in parentheses, a source and a date);
3 a city and a source between separators; 2 one of them with its separator, in a form that hardly
any sentence has; 1 a form that only an outlet which prints datelines may be believed; 0 none. How
strong it must be is the outlet's doing: the house decides, not the language (`MIN_STRENGTH`).
"""

import re
from dataclasses import replace

from crawler.sources import lexicon
from crawler.sources.elements import Element, folded_run
from crawler.sources.gazetteer import gazetteer
from crawler.sources.places import places
from crawler.sources.prefix import Prefix
from crawler.sources.tokens import Token

MIN_STRENGTH = {"always": 1, "often": 1, "rarely": 2, "never": 3, "": 2}
"""How often the outlet's stories open with a dateline -> the strength that is believed."""

_AGENCIES = gazetteer().by_id["unnamed-agencies"].source
_CLOSING = frozenset({"dash", "spaced dash", "colon", "newline", "slash", "slashes", "ellipsis"})
_LISTING = frozenset({"slash", "comma"})


def strength(prefix: Prefix, text: str) -> int:
    """0 to 4; `prefix` must be settled (see `resolve_ambiguous`)."""
    if not prefix.rest or prefix.rest[0].key in lexicon.POSTPOSITIONS:
        return 0
    kinds = {element.kind for element in prefix.elements}
    if "unknown" in kinds:
        return 0
    if any(element.enclosed == "(" for element in prefix.elements):
        return _grouped(prefix, text)
    return _bare(prefix)


def extends(shorter: Prefix, longer: Prefix) -> bool:
    """Whether what `longer` has more than a dateline already found is a dateline's too.

    Behind a colon or a line break the story may have begun: only names that are known go on then.
    """
    more = longer.elements[len(shorter.elements) :]
    begun = shorter.separators[-1] & {"colon", "newline", "ellipsis"}
    return (
        all(element.weight != "weak" or element.kind == "source" for element in more)
        if begun
        else True
    )


def _bare(prefix: Prefix) -> int:
    """Forms in which nothing but a place's country stands in parentheses."""
    if not prefix.separators[-1] & _CLOSING and not _ends_open(prefix):
        return 0
    kinds = {element.kind for element in prefix.elements}
    if kinds & {"source", "desk"}:
        return _attributed(prefix)
    if kinds & {"label", "person"}:
        return _signed(prefix)
    return _placed(prefix)


def resolve_ambiguous(prefix: Prefix) -> Prefix:
    """The prefix with its doubtful words read from where they stand: a place's name that is an
    outlet's too is the outlet beside another place; an unknown name before a source in parentheses
    is a place, any other between a dateline's parts a person."""
    elements = list(prefix.elements)
    for at, element in enumerate(elements):
        outlet = element.alternative
        if (
            outlet
            and (outlet.weight == "own" or element.weight != "strong")
            and _another_place(elements, at)
        ):
            elements[at] = replace(outlet, enclosed=element.enclosed)
    attributed = any(element.kind in ("source", "desk") for element in elements)
    attributed_inside = any(
        element.kind in ("source", "desk") and element.enclosed == "(" for element in elements
    )
    for at in reversed(range(len(elements))):
        element = elements[at]
        if element.kind not in ("unknown", "person"):
            continue
        if element.enclosed:
            if at and elements[at - 1].kind == "label":
                elements[at] = replace(element, kind="person", weight="strong")
            elif element.kind == "unknown" and attributed_inside:
                elements[at] = replace(element, kind="source")
            continue
        listed = at == 0 or (
            elements[at - 1].kind == "place" and bool(prefix.separators[at - 1] & _LISTING)
        )
        if listed and _before_group(elements, prefix, at):
            elements[at] = replace(element, kind="place", weight="weak")
        elif element.kind == "unknown":
            lone = (
                attributed
                and element.source is not None
                and re.fullmatch(r"\w+", element.source.name)
            )
            elements[at] = replace(element, kind="place" if lone else "person", weight="weak")
    return replace(prefix, elements=tuple(elements))


def _another_place(elements: list[Element], at: int) -> bool:
    return any(element.kind == "place" for other, element in enumerate(elements) if other != at)


def _before_group(elements: list[Element], prefix: Prefix, at: int) -> bool:
    """Whether the name at a position is followed, over more places and a date, by a source in
    parentheses."""
    for following in range(at + 1, len(elements)):
        element = elements[following]
        if element.enclosed == "(" and element.kind in ("source", "desk"):
            return not prefix.separators[following - 1] & {"newline"}
        if element.kind not in ("place", "date"):
            return False
        if (
            element.kind == "place"
            and not element.enclosed
            and not prefix.separators[following - 1] & _LISTING
        ):
            return False
    return False


def _grouped(prefix: Prefix, text: str) -> int:
    """Forms with parentheses: place (source), (source) -, place (reporter), place (country):."""
    elements = prefix.elements
    inside = [element for element in elements if element.enclosed == "("]
    sources = [element for element in elements if element.kind in ("source", "desk")]
    closed = bool(prefix.separators[-1] & _CLOSING)
    if all(element.kind == "place" for element in inside):
        return _bare(prefix)
    dated = any(element.kind == "date" for element in elements)
    named = [element for element in elements if element.kind == "place" and not element.enclosed]
    attributed = any(element.kind in ("source", "desk") for element in inside)
    if elements[0].enclosed == "(":
        if not attributed:
            return 0
        if dated:
            return 4
        firm = any(element.weight != "weak" for element in sources)
        if closed:
            return 3 if firm else 1
        return 2 if firm and _urdu(text, inside) and not _reports(prefix.rest[0]) else 0
    if attributed and named:
        if any(place.weight == "strong" for place in named) or dated:
            return 4 if all(source.weight != "weak" for source in sources) else 3
        firm = any(source.weight != "weak" for source in sources)
        if _guessed_well(named, text) and firm and (closed or not _reports(prefix.rest[0])):
            return 3 if closed or _urdu(text, inside) else 1
        return 0
    if attributed:
        return 3 if closed and sources else 0
    if not named or elements[0].kind != "place":
        return 0
    if all(element.kind in ("label", "person") for element in inside):
        known = any(place.weight == "strong" for place in named)
        firm = any(element.kind == "person" and element.weight == "strong" for element in inside)
        return (3 if closed or _urdu(text, inside) else 0) if (known or dated) and firm else 0
    return 3 if closed and (sources or dated) else 0


def _attributed(prefix: Prefix) -> int:
    """Forms with a source or desk between separators, with or without a place, a date and
    reporters."""
    elements, last = prefix.elements, prefix.separators[-1]
    sources = [element for element in elements if element.kind in ("source", "desk")]
    people = [element for element in elements if element.kind == "person"]
    own = any(element.weight == "own" for element in sources)
    firm = own or any(element.weight == "strong" for element in sources)
    placed = any(element.kind == "place" for element in elements)
    dated = any(element.kind == "date" for element in elements)
    if elements[-1].enclosed == "«" and not last & _CLOSING:
        return (3 if own else 2) if placed and not _reports(prefix.rest[0]) else 0
    if people and not placed and not dated and any(person.weight == "weak" for person in people):
        return (2 if own else 1) if "newline" in last else 1 if own else 0
    if _continues(prefix) or (prefix.rest[0].kind == "number" and not placed):
        return 1 if own else 0
    if placed or dated:
        if firm or (placed and dated):
            return 3
        glued = not any("spaced dash" in separators for separators in prefix.separators)
        apart = glued or any(_agency(element) or element.enclosed == "«" for element in sources)
        return 2 if apart or last & {"newline", "colon"} else 1
    if not firm and len(sources) > 1:
        return 2 if last & {"newline", "colon"} else 0
    if not firm:
        return 1 if "newline" in last else 0
    if last & {"newline", "dash", "spaced dash", "slash", "slashes", "ellipsis"}:
        if len(elements) == 1 and elements[0].word:
            return 2 if "newline" in last else 1
        return 3 if own else 2
    # A source and a colon: desks sign so, an agency or a paper may as well be the speaker.
    signed = all(element.kind == "desk" or element.source == _AGENCIES for element in sources)
    return 2 if signed or len(sources) > 1 else 1 if own else 0


def _signed(prefix: Prefix) -> int:
    """Forms with a reporter and no source: place - name, name - place, كتب name."""
    elements, last = prefix.elements, prefix.separators[-1]
    people = [element for element in elements if element.kind == "person"]
    named = [element for element in elements if element.kind == "place"]
    firm = bool(people) and all(person.weight == "strong" for person in people)
    if any(element.kind == "label" for element in elements):
        return 2 if people and "newline" in last else 1 if firm else 0
    if not named:
        return 1 if firm and "newline" in last and not prefix.separators[0] - {"newline"} else 0
    known = any(place.weight == "strong" for place in named)
    if elements[-1].enclosed == "«" and not last & _CLOSING:
        return 2 if known and firm else 0
    if any(element.kind == "date" for element in elements):
        return 2 if known else 1
    if not known:
        return 2 if firm and "newline" in last else 0
    if "newline" in last:
        return 2 if firm or len(people) == 1 else 1
    if _continues(prefix):
        return 1 if firm else 0
    if "colon" in last:
        return 2 if firm and elements[0].kind == "place" else 1
    return 2 if firm and len(elements) == 2 and elements[0].kind == "person" else 1 if firm else 0


def _placed(prefix: Prefix) -> int:
    """Forms with nothing but places and a date."""
    elements, last = prefix.elements, prefix.separators[-1]
    known = all(
        element.weight == "strong"
        for element in elements
        if element.kind == "place" and not element.enclosed
    )
    if any(element.kind == "date" for element in elements):
        return 3 if known and elements[0].kind == "place" and last & _CLOSING else 0
    if all(element.weight == "country" for element in elements) and "newline" not in last:
        return 0
    if "colon" in last:
        return 2 if known and len(elements) < 3 else 0
    if last & {"stop", "slashes", "dash", "spaced dash"} and not last & {"dot"}:
        if _continues(prefix) or prefix.rest[0].kind == "number" or _opens_with_place(prefix.rest):
            return 0
        return 2 if known else 0
    return 1 if known and last & {"newline", "ellipsis"} else 0


def _ends_open(prefix: Prefix) -> bool:
    """Whether the prefix may end without one of the closing separators: after a quotation, after a
    city and a source with a full stop, or after a city with an Urdu one."""
    last = prefix.elements[-1]
    if last.enclosed == "«":
        return True
    if last.kind == "source" and prefix.elements[0].kind == "place":
        return bool(prefix.separators[-1] & {"stop", "dot"})
    return "stop" in prefix.separators[-1] and all(
        element.kind in ("place", "date") for element in prefix.elements
    )


def _continues(prefix: Prefix) -> bool:
    """Whether the separator is not the dateline's end: a dash that a second one answers ("القاهرة -
    عاصمة مصر - تستضيف"), or one with another name of the same kind behind it."""
    if not prefix.separators[-1] & {"spaced dash"}:
        return False
    for token in prefix.rest[1:9]:
        if token.kind == "dash":
            return True
        if token.kind in ("stop", "comma", "colon", "newline"):
            return False
    return False


def _opens_with_place(rest: tuple[Token, ...]) -> bool:
    """Whether the story begins with a place: "دبي - أبوظبي" is a road or a match."""
    return any(folded_run(rest[:length]) in places() for length in (1, 2, 3))


def _guessed_well(named: list[Element], text: str) -> bool:
    """Whether names that are in no table can be places: few words each."""
    return all(len(text[place.start : place.end].split()) <= 3 for place in named)


def _reports(token: Token) -> bool:
    return token.key in lexicon.REPORTING


def _agency(element: Element) -> bool:
    return element.source is not None and element.source.kind == "agency"


def _urdu(text: str, elements: list[Element]) -> bool:
    """Whether the elements are printed in letters that only Urdu has."""
    return any(
        letter in _URDU_ONLY for element in elements for letter in text[element.start : element.end]
    )


_URDU_ONLY = frozenset("ٹڈڑںھہےیکپچگژۂۃئ")

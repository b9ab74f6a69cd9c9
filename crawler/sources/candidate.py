"""A possible dateline, described by the facts that the dateline forms ask for."""

from typing import Literal

from crawler.gazetteer import gazetteer
from crawler.gazetteer.tables import key
from crawler.sources import lexicon
from crawler.sources.elements import folded_run
from crawler.sources.people import NAMES
from crawler.sources.places import places
from crawler.sources.prefix import Prefix

Shape = Literal[
    "parentheses first",
    "source in parentheses",
    "name in parentheses",
    "source",
    "labelled name",
    "name",
    "place and date",
    "place",
]
"""The part of a candidate that says most about it; a dateline form belongs to one shape."""

_AGENCIES = gazetteer().by_id["unnamed-agencies"].source

# Separators that end a dateline; the others only part its elements.
_CLOSING = frozenset({"dash", "spaced dash", "colon", "newline", "slash", "slashes", "ellipsis"})
_CLOSING_BUT_COLON = _CLOSING - {"colon"}
_AFTER_PLACE = frozenset({"stop", "slashes", "dash", "spaced dash"})
_DASHES = frozenset({"dash", "spaced dash"})
_FULL_STOPS = frozenset({"stop", "dot"})
_ENDS_OF_CLAUSE = ("stop", "comma", "colon", "newline")

_URDU_ONLY = frozenset("ٹڈڑںھہےیکپچگژۂۃئ")
_MAX_PLACE_WORDS = 3  # of a place's name that is in no table, or that begins a story
_MAX_ASIDE_TOKENS = 8  # between the two dashes of an aside


class Candidate:
    """A prefix whose ambiguous elements are decided, and facts about it and the story behind it.

    A source is firm when its name is nothing else, or is the printing outlet's own. A place is
    known when its name is nothing else, a person when a label or a given or family name says so
    (see `Element.weight`). `places` leaves out those that share parentheses with a source, a name
    or a date.
    """

    def __init__(self, prefix: Prefix, text: str) -> None:
        elements = prefix.elements
        self._text = text
        self.prefix = prefix
        self.elements = elements
        self.inside = [element for element in elements if element.enclosed == "("]
        self.grouped = any(element.kind != "place" for element in self.inside)
        self.sources = [element for element in elements if element.names_source]
        self.people = [element for element in elements if element.kind == "person"]
        self.places = [
            element
            for element in elements
            if element.kind == "place" and not (self.grouped and element.enclosed)
        ]
        kinds = {element.kind for element in elements}
        self.labelled = "label" in kinds
        self.dated = "date" in kinds
        self.separators = prefix.separators[-1]
        self.closed = bool(self.separators & _CLOSING)
        self.colon = "colon" in self.separators
        self.ellipsis = "ellipsis" in self.separators
        self.newline = "newline" in self.separators

    @property
    def shape(self) -> Shape:
        if self.grouped:
            return self._shape_of_group()
        if self.sources:
            return "source"
        if self.labelled:
            return "labelled name"
        if self.people:
            return "name"
        return "place and date" if self.dated else "place"

    def _shape_of_group(self) -> Shape:
        if self.elements[0].enclosed == "(":
            return "parentheses first"
        if self.source_inside:
            return "source in parentheses"
        return "name in parentheses"

    @property
    def is_of_a_sentence(self) -> bool:
        """True if a word of the candidate, or an Urdu postposition behind it, makes a sentence."""
        if any(element.kind == "unknown" for element in self.elements):
            return True
        return self.prefix.rest[0].key in lexicon.POSTPOSITIONS

    # Sources

    @property
    def firm_source(self) -> bool:
        return any(source.weight != "weak" for source in self.sources)

    @property
    def only_firm_sources(self) -> bool:
        return all(source.weight != "weak" for source in self.sources)

    @property
    def own_source(self) -> bool:
        """True if the outlet that printed the text names itself."""
        return any(source.weight == "own" for source in self.sources)

    @property
    def several_sources(self) -> bool:
        return len(self.sources) > 1

    @property
    def agency_or_quoted_source(self) -> bool:
        return any(source.is_agency or source.enclosed == "«" for source in self.sources)

    @property
    def only_desks(self) -> bool:
        """True if every source is a desk or the unnamed agencies (وكالات)."""
        return all(source.kind == "desk" or source.source == _AGENCIES for source in self.sources)

    @property
    def only_a_word(self) -> bool:
        """True if the candidate is a single name of a source that is an ordinary word as well."""
        return len(self.elements) == 1 and self.elements[0].word

    # Places

    @property
    def placed(self) -> bool:
        return bool(self.places)

    @property
    def placed_or_dated(self) -> bool:
        return self.placed or self.dated

    @property
    def known_place(self) -> bool:
        return any(place.weight == "strong" for place in self.places)

    @property
    def only_known_places(self) -> bool:
        """True if every place outside parentheses is known.

        A country in parentheses with nothing before it counts on a line of its own only.
        """
        if not self.newline and all(place.weight == "country" for place in self.elements):
            return False
        return all(place.weight == "strong" for place in self.places if not place.enclosed)

    @property
    def short_places(self) -> bool:
        """True if names that no table has are short enough for places."""
        names = (self._text[place.start : place.end] for place in self.places)
        return all(len(name.split()) <= _MAX_PLACE_WORDS for name in names)

    @property
    def place_first(self) -> bool:
        return self.elements[0].kind == "place"

    # Persons

    @property
    def known_people(self) -> bool:
        return bool(self.people) and all(person.weight == "strong" for person in self.people)

    @property
    def people_without_title(self) -> bool:
        """True if no name begins with an office: "كتب الوزير محمد" is a sentence."""
        first_words = (key(self._text[p.start : p.end].split()[0]) for p in self.people)
        return all(word.removeprefix("ال") not in lexicon.INSTITUTIONS for word in first_words)

    @property
    def named_first(self) -> bool:
        """True if the first word of every name is a known one."""
        first_words = (self._text[p.start : p.end].split()[0] for p in self.people)
        return bool(self.people) and all(key(word) in NAMES for word in first_words)

    @property
    def one_person(self) -> bool:
        return len(self.people) == 1

    @property
    def doubtful_person(self) -> bool:
        """True if a name that nothing confirms stands with neither a place nor a date."""
        if self.placed_or_dated:
            return False
        return any(person.weight == "weak" for person in self.people)

    # Parentheses

    @property
    def source_inside(self) -> bool:
        return any(element.names_source for element in self.inside)

    @property
    def known_person_inside(self) -> bool:
        return any(e.kind == "person" and e.weight == "strong" for e in self.inside)

    @property
    def only_names_inside(self) -> bool:
        return all(element.kind in ("label", "person") for element in self.inside)

    @property
    def urdu_inside(self) -> bool:
        """True if letters that only Urdu has stand in the parentheses."""
        printed = (self._text[element.start : element.end] for element in self.inside)
        return any(not _URDU_ONLY.isdisjoint(name) for name in printed)

    # The end of the dateline, and the story behind it

    @property
    def ends_in_quotation(self) -> bool:
        """True if a quotation mark alone separates the candidate from the story."""
        return self.elements[-1].enclosed == "«" and not self.closed

    @property
    def separated(self) -> bool:
        """True if a closing separator, or a full stop behind a place and a source, ends it."""
        if self.closed:
            return True
        last = self.elements[-1]
        if not self.place_first or last.kind != "source" or last.enclosed == "«":
            return False
        return bool(self.separators & _FULL_STOPS)

    @property
    def unmarked(self) -> bool:
        """True if nothing separates an agency or the printing outlet from the story behind it.

        Behind any other agency a verb of saying has the agency for its subject.
        """
        last = self.elements[-1]
        if self.separators or last.kind != "source" or last.enclosed or len(self.elements) == 1:
            return False
        if last.weight == "own":
            return last.is_agency or not self.verb_follows
        return last.is_agency and not self.verb_follows

    @property
    def plausibly_separated(self) -> bool:
        """True if it is separated, and neither its names nor the story speak against a dateline."""
        if not self.separated or self.has_aside or self.doubtful_person:
            return False
        return self.placed or not self.number_follows

    @property
    def closed_but_for_colon(self) -> bool:
        return bool(self.separators & _CLOSING_BUT_COLON)

    @property
    def closed_as_place(self) -> bool:
        """True if a separator that stands behind a lone city ends the candidate: - // ۔"""
        return bool(self.separators & _AFTER_PLACE) and "dot" not in self.separators

    @property
    def spaced_dash(self) -> bool:
        return any("spaced dash" in separators for separators in self.prefix.separators)

    @property
    def dash_inside(self) -> bool:
        """True if a dash stands between two elements."""
        return any(_DASHES & separators for separators in self.prefix.separators[:-1])

    @property
    def only_newline_behind_first(self) -> bool:
        return self.prefix.separators[0] <= {"newline"}

    @property
    def full_stop(self) -> bool:
        return bool(self.separators & _FULL_STOPS)

    @property
    def two_calendars(self) -> bool:
        """True if a Hijri and a Gregorian date stand alone on a line."""
        if any(element.kind != "date" for element in self.elements):
            return False
        printed = self._text[self.elements[0].start : self.elements[-1].end]
        return len(self.elements) == 2 or "موافق" in printed

    @property
    def has_aside(self) -> bool:
        """True if a second dash answers the last: "القاهرة - عاصمة مصر - تستضيف"."""
        if "spaced dash" not in self.separators:
            return False
        for token in self.prefix.rest[1 : 1 + _MAX_ASIDE_TOKENS]:
            if token.kind == "dash":
                return True
            if token.kind in _ENDS_OF_CLAUSE:
                return False
        return False

    @property
    def number_follows(self) -> bool:
        return self.prefix.rest[0].kind == "number"

    @property
    def verb_follows(self) -> bool:
        """True if the story begins with a verb of saying: the source is its subject."""
        return self.prefix.rest[0].key in lexicon.REPORTING

    @property
    def place_follows(self) -> bool:
        """True if the story begins with a place: "دبي - أبوظبي" is a road or a match.

        Neither is broken between two lines.
        """
        if self.newline:
            return False
        rest = self.prefix.rest
        lengths = range(1, 1 + _MAX_PLACE_WORDS)
        return any(folded_run(rest[:length]) in places() for length in lengths)

"""The elements of a dateline, and parsing a run of words into them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from crawler.gazetteer import Source, gazetteer
from crawler.gazetteer.names import owners_of
from crawler.sources import lexicon
from crawler.sources.outlet_profile import OutletProfile
from crawler.sources.people import NAMES, names_a_person
from crawler.sources.places import FIRMEST_FIRST, MAX_WORDS, places
from crawler.sources.tokens import Token

# In words. A longer run is a sentence, a longer name is somebody's phrase.
MAX_RUN = 10
MAX_UNKNOWN_NAME = 5
MAX_LABELLED_NAME = 5
MAX_PRESS_NAME = 6
MAX_PLACES_IN_RUN = 3
MAX_PLACE_BEFORE_FROM = 4

_NAMES_BEHIND_FROM = NAMES - lexicon.ELATIVES

Kind = Literal["place", "source", "desk", "person", "date", "label", "unknown"]
Weight = Literal["own", "strong", "country", "weak"]


@dataclass(frozen=True, slots=True)
class Element:
    """One part of a dateline: the text from `start` to `end`.

    `weight`: of a source "own" (the outlet itself), "strong" (a name that is nothing else) or
    "weak" (also a word, or several outlets' name); of a place "strong", "country" or "weak" (see
    `places`); of a person "strong" when a label or a known name says so. `source` of an unknown
    element: the source that it would be. `word`: whether a source's name is also a word.
    `alternative`: the outlet that a place's name is as well (الرياض). `enclosed`: "(" for an
    element in parentheses, "«" for one in quotation marks.
    """

    kind: Kind
    start: int
    end: int
    weight: Weight = "strong"
    source: Source | None = None
    word: bool = False
    alternative: "Element | None" = None
    enclosed: Literal["", "(", "«"] = ""

    @property
    def names_source(self) -> bool:
        return self.kind in ("source", "desk")

    @property
    def is_agency(self) -> bool:
        return self.source is not None and self.source.kind == "agency"


class RunParser:
    """Parses runs of words of one text, as one outlet prints them.

    `reads_any_name`: whether unknown words are somebody's name wherever they stand.
    """

    reads_any_name = False

    def __init__(self, text: str, profile: OutletProfile) -> None:
        self._text = text
        self._profile = profile

    def parse(self, run: Sequence[Token]) -> list[Element] | None:
        """Return the elements that the run is made of, None when some words are a sentence's.

        A run with no known name in it is one "unknown" element: a person, a small town, a headline.
        """
        if len(run) > MAX_RUN:
            return None
        whole = self._place_or_source(run)
        is_label = run[0].key in lexicon.BYLINES
        if whole and not (is_label and whole.kind == "person"):
            return [whole]
        if folded_run(run) in lexicon.DOMAINS:
            return [Element("label", run[0].start, run[-1].end)]
        if is_label:
            return self._byline(run)
        if self._is_of_a_sentence(run):
            return self._correspondent(run)  # من is a word of sentences
        return self._pair(run) or self._unlisted_name(run)

    def source(self, run: Sequence[Token]) -> Element | None:
        """Return the run as one source or desk of the gazetteer, None when it is not there."""
        start, end = run[0].start, run[-1].end
        folded = folded_run(run)
        owners = owners_of(folded)
        if not owners:
            return None
        entry = self._profile.choose(owners, self._text[start:end])
        is_word = any(folded in owner.common for owner in owners)
        weight: Weight = "weak" if is_word else "strong"
        if entry is None:
            return Element("source", start, end, weight, self._unlisted_source(run))
        if entry.source.kind == "desk":
            return Element("desk", start, end, weight, entry.source)
        if entry.source.id in self._profile.family:
            weight = "own"
        return Element("source", start, end, weight, entry.source, word=is_word)

    def source_by_bare_name(self, run: Sequence[Token]) -> Element | None:
        """Return the run as one source by a name that the gazetteer has without any title."""
        return self.source(run) if gazetteer().named(folded_run(run)) else None

    def _place_or_source(self, run: Sequence[Token]) -> Element | None:
        """Return the run as one place, source or desk.

        A name that is a place's and an outlet's is the place with the outlet as its `alternative`,
        for `crawler.sources.ambiguity` to decide.
        """
        place, source = self._place(run), self.source(run)
        if place is None:
            return source or self._desk(run)
        if source is None:
            return place
        return source if source.weight == "strong" else replace(place, alternative=source)

    # Places

    def _place(self, run: Sequence[Token]) -> Element | None:
        """Return the run as one place, or as several with nothing between them."""
        weights = _weights_of_places(run)
        if not 0 < len(weights) <= MAX_PLACES_IN_RUN:
            return None
        firmest = min(weights, key=FIRMEST_FIRST.index)
        if len(weights) > 1 and firmest == "weak" and run[0].key in NAMES:
            return None  # a person with a town's name for a family name: منى الشبلي
        return Element("place", run[0].start, run[-1].end, firmest)

    # Desks

    def _desk(self, run: Sequence[Token]) -> Element | None:
        """Return the run as a desk ("اپنے سٹاف رپورٹر سے"), or as the name beside a desk's word.

        Such a name is an outlet's ("نمائندہ جنگ") or a person's.
        """
        start, end = run[0].start, run[-1].end
        if desk := lexicon.DESKS.get(folded_run(run)):
            return Element("desk", start, end, "weak", _desk_source(desk))
        heads = list(_desk_heads(run))
        if not heads:
            return None
        positions = {position for head in heads for position in head}
        name = [
            word
            for position, word in enumerate(run)
            if position not in positions and word.key not in lexicon.DESK_WORDS
        ]
        if not name:
            last_head = folded_run(run[heads[-1].start : heads[-1].stop])
            weight: Weight = "strong" if len(run) > 1 else "weak"
            source = _desk_source(lexicon.DESK_OF_HEAD[last_head])
            return Element("desk", start, end, weight, source)
        if not _stand_side_by_side(name, run):
            return None
        outlet = self.source(name)
        if outlet:
            weight = "own" if outlet.weight == "own" else "strong"
            return Element("source", start, end, weight, outlet.source)
        return self._person(name)

    # Persons

    def _byline(self, run: Sequence[Token]) -> list[Element] | None:
        """Return a label such as كتب, and the name behind it if there is one."""
        label = Element("label", run[0].start, run[0].end)
        name = run[1:]
        if not name:
            return [label]
        if len(name) > MAX_LABELLED_NAME or self._is_of_a_sentence(name):
            return None
        unknown = Element("person", name[0].start, name[-1].end, "weak")
        return [label, self._person(name) or unknown]

    def _correspondent(self, run: Sequence[Token]) -> list[Element] | None:
        """Return the known person behind من, with the known place before it if there is one:
        "مسقط من NAME". The city may stand in the part before."""
        for index, word in enumerate(run[:MAX_PLACE_BEFORE_FROM]):
            if word.key != lexicon.FROM_ARABIC:
                continue
            place, name = run[:index], run[index + 1 :]
            person = self._person(name) if len(name) <= MAX_LABELLED_NAME else None
            if person is None or name[0].key not in _NAMES_BEHIND_FROM:
                return None
            if self._is_of_a_sentence(name):
                return None
            if not place:
                return [person]
            known = self._place(place)
            return [known, person] if known and known.weight == "strong" else None
        return None

    def _person(self, run: Sequence[Token]) -> Element | None:
        if names_a_person([word.key for word in run]):
            return Element("person", run[0].start, run[-1].end)
        return None

    # Several elements, unknown ones, sentences

    def _pair(self, run: Sequence[Token]) -> list[Element] | None:
        """Return two elements with no separator between them: "برلين رويترز"."""
        for at in range(len(run) - 1, 0, -1):
            pair = self._pair_at(run[:at], run[at:])
            if pair:
                return pair
        return None

    def _pair_at(self, first: Sequence[Token], rest: Sequence[Token]) -> list[Element] | None:
        """Return a place and its companion, or a desk, source or person and a source or desk."""
        source = self.source(rest) or self._desk(rest)
        place = self._place(first)
        if place:
            companion = source or self._person(rest)
            if companion:
                return [place, companion]
        if house_and_place := self._house_and_place(first, rest):
            return house_and_place
        if source is None:
            return None
        if desk := self._desk(first):
            return [desk, source]
        if source.weight == "weak":
            return None
        companion = self.source(first) or self._person(first)
        return [companion, source] if companion else None

    def _house_and_place(
        self, first: Sequence[Token], rest: Sequence[Token]
    ) -> list[Element] | None:
        """Return the printing outlet's own name and the known place behind it: "سبق حائل"."""
        if not self._profile.family:
            return None
        house = self.source_by_bare_name(first)
        if house is None or house.weight != "own":
            return None
        place = self._place(rest)
        return [house, place] if place and place.weight == "strong" else None

    def _unlisted_name(self, run: Sequence[Token]) -> list[Element] | None:
        """Return the run as a source, person or unknown element; None for an institution's name."""
        start, end = run[0].start, run[-1].end
        source = self._unlisted_source(run)
        if run[-1].key in lexicon.PRESS and 2 <= len(run) <= MAX_PRESS_NAME:
            return [Element("source", start, end, "strong", source)]
        if len(run) > MAX_UNKNOWN_NAME:
            return None
        if run[0].key in lexicon.OUTLETS and len(run) >= 2:
            return [Element("source", start, end, "weak", source)]
        if any(word.key in lexicon.OUTLETS or word.key in lexicon.INSTITUTIONS for word in run):
            return None
        person = self._person(run)
        return [person or Element("unknown", start, end, "weak", source)]

    def _unlisted_source(self, run: Sequence[Token]) -> Source:
        return Source(id="", name=self._text[run[0].start : run[-1].end], kind="unknown")

    def _is_of_a_sentence(self, run: Sequence[Token]) -> bool:
        """Return whether a word, alone or behind an Arabic و ("and"), belongs to a sentence."""
        for word in run:
            if word.key in lexicon.SENTENCE:
                return True
            if word.key[:1] == "و" and word.key[1:] in lexicon.SENTENCE:
                return True
        printed = (self._text[word.start : word.end] for word in run[:-1])
        return any(word == lexicon.PREPOSITION_ON for word in printed)


def folded_run(run: Sequence[Token]) -> str:
    """Return the key (see `tables.key`) of the run's text."""
    return "".join([word.key for word in run])


def _weights_of_places(run: Sequence[Token]) -> list[Weight]:
    """Return the weight of each place in the run; none unless the run is places alone.

    Letters printed apart are an abbreviation: "أ ب" is no إب.
    """
    if len(run) > 1 and all(len(word.key) == 1 for word in run):
        return []
    table = places()
    keys = [word.key for word in run]
    weights: list[Weight] = []
    first = 0
    while first < len(keys):
        for last in range(min(len(keys), first + MAX_WORDS), first, -1):
            weight = table.get("".join(keys[first:last]))
            if weight:
                break
        else:
            return []
        weights.append(weight)
        first = last
    return weights


def _desk_heads(run: Sequence[Token]) -> Iterator[range]:
    """Yield the positions of each head word; "نامہ نگار" is printed in one word and in two."""
    keys = [word.key for word in run]
    position = 0
    while position < len(keys):
        for length in (2, 1):
            head = keys[position : position + length]
            if "".join(head) in lexicon.DESK_OF_HEAD:
                yield range(position, position + len(head))
                position += length - 1
                break
        position += 1


def _desk_source(name: str) -> Source:
    """Return the desk of the gazetteer with an id."""
    return gazetteer().by_id[name].source


def _stand_side_by_side(words: Sequence[Token], run: Sequence[Token]) -> bool:
    """Return whether `words`, which are some of the run's, stand side by side in it."""
    first = run.index(words[0])
    return list(run[first : first + len(words)]) == list(words)

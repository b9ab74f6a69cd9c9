"""The parts of a dateline, and reading a run of words as one or several of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from crawler.sources import lexicon
from crawler.sources.gazetteer import gazetteer, owners_of
from crawler.sources.model import Source
from crawler.sources.outlet_profile import OutletProfile
from crawler.sources.people import names_a_person
from crawler.sources.places import LONGEST, places
from crawler.sources.tokens import Token

LONGEST_RUN = 10  # words; a longer run is a sentence

Kind = Literal["place", "source", "desk", "person", "date", "label", "unknown"]
Weight = Literal["own", "strong", "country", "weak"]
_FIRMEST: tuple[Weight, ...] = ("strong", "country", "weak")


@dataclass(frozen=True, slots=True)
class Element:
    """One part of a dateline: the text from `start` to `end`.

    `weight`: of a source "own" (the outlet itself), "strong" (a name that is nothing else) or
    "weak" (also a word, or several houses' name); of a place "strong", "country" or "weak" (see
    `places`); of a person "strong" when a label or a known name says so. `source` of an unknown
    element: what it is if it should be one. `word`: whether a source's name is also a word.
    `alternative`: the outlet that a place's name is as well (الرياض). `enclosed`: how it was
    printed apart, "(" for parentheses, "«" for quotation marks.
    """

    kind: Kind
    start: int
    end: int
    weight: Weight = "strong"
    source: Source | None = None
    word: bool = False
    alternative: "Element | None" = None
    enclosed: Literal["", "(", "«"] = ""


class Words:
    """Reads runs of words of one text, as printed by one outlet."""

    def __init__(self, text: str, profile: OutletProfile) -> None:
        self._text = text
        self._profile = profile

    def read(self, run: Sequence[Token]) -> list[Element] | None:
        """The elements that the whole run is made of, or None when some of its words belong to a
        sentence.

        A run of which nothing is known is one element "unknown": a person, a small town, a
        headline.
        """
        if len(run) > LONGEST_RUN:
            return None
        whole = self._whole(run)
        if whole:
            return [whole]
        if folded_run(run) in lexicon.DOMAINS:
            return [Element("label", run[0].start, run[-1].end)]
        if run[0].key in lexicon.BYLINES:
            return self._byline(run)
        if self._of_a_sentence(run):
            return None
        return self._split(run) or self._unknown(run)

    def _whole(self, run: Sequence[Token]) -> Element | None:
        """The run as one source, place or desk; a name that is a place's and an outlet's is both
        until it is settled (see `dateline_forms.resolve_ambiguous`)."""
        place, source = self.place(run), self.source(run)
        if place and source:
            return source if source.weight == "strong" else replace(place, alternative=source)
        return place or source or self.desk(run)

    def source(self, run: Sequence[Token]) -> Element | None:
        """The run as the name of a source."""
        start, end = run[0].start, run[-1].end
        folded = folded_run(run)
        owners = owners_of(folded)
        if not owners:
            return None
        entry = self._profile.choose(owners, self._text[start:end])
        weight: Weight = "weak" if any(folded in owner.common for owner in owners) else "strong"
        if entry is None:
            return Element("source", start, end, weight, self._unlisted(run))
        if entry.source.kind == "desk":
            return Element("desk", start, end, weight, entry.source)
        own = entry.source.id in self._profile.family
        return Element(
            "source", start, end, "own" if own else weight, entry.source, word=weight == "weak"
        )

    def place(self, run: Sequence[Token]) -> Element | None:
        """The run as one place, or as several with nothing between them."""
        pieces = list(self._places(run))
        if not pieces:
            return None
        weight = next(weight for weight in _FIRMEST if weight in pieces)
        return Element("place", run[0].start, run[-1].end, weight)

    def _places(self, run: Sequence[Token]) -> Iterator[Weight]:
        """The weight of each place that the run is made of; nothing when it is not made of places
        alone."""
        table, first = places(), 0
        weights: list[Weight] = []
        while first < len(run):
            for last in range(min(len(run), first + LONGEST), first, -1):
                weight = table.get(folded_run(run[first:last]))
                if weight:
                    break
            else:
                return
            weights.append(weight)
            first = last
        if len(weights) <= 3:
            yield from weights

    def desk(self, run: Sequence[Token]) -> Element | None:
        """The run as a desk ("اپنے سٹاف رپورٹر سے"), or as an outlet named by its desk ("نمائندہ
        جنگ")."""
        start, end = run[0].start, run[-1].end
        if desk := lexicon.DESKS.get(folded_run(run)):
            return Element("desk", start, end, "weak", _desk(desk))
        heads = list(self._heads(run))
        if not heads:
            return None
        rest = [
            word
            for at, word in enumerate(run)
            if not any(head <= at < head + length for head, length in heads)
            and word.key not in lexicon.DESK_WORDS
        ]
        at, length = heads[-1]
        if not rest:
            weight: Weight = "strong" if len(run) > 1 else "weak"
            return Element(
                "desk",
                start,
                end,
                weight,
                _desk(lexicon.DESK_HEAD[folded_run(run[at : at + length])]),
            )
        if _adjacent(run, rest):
            outlet = self.source(rest)
            if outlet and outlet.source:
                return Element(
                    "source",
                    start,
                    end,
                    "own" if outlet.weight == "own" else "strong",
                    outlet.source,
                )
            if names_a_person([word.key for word in rest]):
                return Element("person", rest[0].start, rest[-1].end)
        return None

    def _heads(self, run: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """Position and length of each head word; "نامہ نگار" is printed in one word and in two."""
        at = 0
        while at < len(run):
            for length in (2, 1):
                if folded_run(run[at : at + length]) in lexicon.DESK_HEAD:
                    yield at, min(length, len(run) - at)
                    at += length - 1
                    break
            at += 1

    def _byline(self, run: Sequence[Token]) -> list[Element] | None:
        """A label such as كتب, with the name behind it or alone."""
        label = Element("label", run[0].start, run[0].end)
        name = run[1:]
        if not name:
            return [label]
        if len(name) > 5 or self._of_a_sentence(name):
            return None
        return [label, self._person(name) or Element("person", name[0].start, name[-1].end, "weak")]

    def _split(self, run: Sequence[Token]) -> list[Element] | None:
        """A place, a source or a desk, and what stands beside it with no mark between ("برلين
        رويترز")."""
        for at in range(len(run) - 1, 0, -1):
            first, rest = run[:at], run[at:]
            place = self.place(first)
            if place:
                other = self.source(rest) or self.desk(rest) or self._person(rest)
                if other:
                    return [place, other]
            last = self.source(rest) or self.desk(rest)
            if last is None:
                continue
            if desk := self.desk(first):
                return [desk, last]
            if last.weight != "weak" and (other := self.source(first) or self._person(first)):
                return [other, last]
        return None

    def _person(self, run: Sequence[Token]) -> Element | None:
        if names_a_person([word.key for word in run]):
            return Element("person", run[0].start, run[-1].end)
        return None

    def _unknown(self, run: Sequence[Token]) -> list[Element] | None:
        start, end = run[0].start, run[-1].end
        if run[-1].key in lexicon.PRESS and 2 <= len(run) <= 6:
            return [Element("source", start, end, "strong", self._unlisted(run))]
        if run[0].key in lexicon.OUTLETS and 2 <= len(run) <= 5:
            return [Element("source", start, end, "weak", self._unlisted(run))]
        if len(run) > 5 or any(
            word.key in lexicon.OUTLETS or word.key in lexicon.INSTITUTIONS for word in run
        ):
            return None
        person = self._person(run)
        return [person or Element("unknown", start, end, "weak", self._unlisted(run))]

    def _of_a_sentence(self, run: Sequence[Token]) -> bool:
        """Whether a word of the run, alone or behind an Arabic و ("and"), belongs to a sentence."""
        return any(
            word.key in lexicon.SENTENCE
            or (word.key[:1] == "و" and word.key[1:] in lexicon.SENTENCE)
            for word in run
        ) or any(self._text[word.start : word.end] == lexicon.PREPOSITION_ON for word in run[:-1])

    def _unlisted(self, run: Sequence[Token]) -> Source:
        return Source(id="", name=self._text[run[0].start : run[-1].end], kind="unknown")


def folded_run(run: Sequence[Token]) -> str:
    """What `tables.key` makes of the run's text."""
    return "".join(word.key for word in run)


def _desk(name: str) -> Source:
    return gazetteer().by_id[name].source


def _adjacent(run: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Whether the words of `rest` stand side by side in `run`."""
    first = run.index(rest[0])
    return list(run[first : first + len(rest)]) == list(rest)

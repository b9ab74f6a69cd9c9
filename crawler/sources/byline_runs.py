"""Parsing the words of a byline, where every name is somebody's: a place, a source, a person.

A line of a story may be a sentence; a byline is none, because the page says so. Its words are read
further than a dateline's: names joined by "and", "NAME من PLACE", a name that no list has.
"""

from collections.abc import Sequence

from crawler.gazetteer import gazetteer
from crawler.sources import lexicon
from crawler.sources.elements import Element, RunParser, folded_run
from crawler.sources.outlet_profile import OutletProfile
from crawler.sources.places import english_names
from crawler.sources.tokens import Token

MAX_LABEL_WORDS = 3
MAX_NAME_WORDS = 6
_PREFIXES = ("لل", "ب", "ل")  # "for", written together with the outlet's name behind it


class BylineRunParser(RunParser):
    """Parses runs of words of one byline."""

    reads_any_name = True

    def __init__(self, text: str, profile: OutletProfile) -> None:
        super().__init__(text, profile)
        self._is_urdu = not lexicon.URDU_LETTERS.isdisjoint(text)

    def parse(self, run: Sequence[Token]) -> list[Element] | None:
        """Return the elements that the run is made of, None for a run too long for a byline.

        Words that name nobody are a "label" element.
        """
        elements: list[Element] = []
        for names in self._split_at_and(run):
            parsed = self._names(names)
            if parsed is None:
                return None
            elements += parsed
        return elements

    def _names(self, run: Sequence[Token]) -> list[Element] | None:
        origin = self._behind_origin(run)
        if origin:
            return [origin]
        behind_label = self._label_end(run)
        if behind_label:
            label = Element("label", run[0].start, run[behind_label - 1].end)
            named = self.parse(run[behind_label:])
            return None if named is None else [label, *named]
        parsed = super().parse(run)
        if parsed and all(element.kind != "unknown" for element in parsed):
            return parsed
        return (
            self._with_place(run)
            or self._exclusive(run)
            or self._team(run)
            or parsed
            or self._any_name(run)
        )

    def _label_end(self, run: Sequence[Token]) -> int:
        """Return the number of words of the label that the run begins with, 0 without one.

        A label that is all of the run, or a desk's or source's name with the words behind it, is
        none.
        """
        if self._place_or_source(run):
            return 0
        if len(run) > 1 and run[1].key in lexicon.FROM:
            return 0
        for length in range(min(MAX_LABEL_WORDS, len(run) - 1), 0, -1):
            if folded_run(run[:length]) in lexicon.BYLINE_LABEL_KEYS:
                return length
        return 0

    def _behind_origin(self, run: Sequence[Token]) -> Element | None:
        """Return the known source behind a label of origin: "نقلا عن رويترز"."""
        if run[0].key not in lexicon.ORIGIN_OPENERS:
            return None
        for length in (2, 1):
            label, rest = run[:length], run[length:]
            if rest and folded_run(label) in lexicon.ORIGINS:
                return self.source(rest)
        return None

    def _split_at_and(self, run: Sequence[Token]) -> list[Sequence[Token]]:
        """Return the names that "and" joins; Arabic writes it together with the name behind it."""
        if self._place_or_source(run) or self._behind_origin(run):
            return [run]
        for index in range(1, len(run)):
            before, behind = run[:index], run[index:]
            if behind[0].key in lexicon.INNER_LABELS:
                return [before, *self._split_at_and(behind)]
            if behind[0].key in lexicon.AND and len(behind) > 1:
                return [before, *self._split_at_and(behind[1:])]
            if self._behind_origin(behind):
                return [before, behind]
            if behind[0].key in lexicon.WITH and len(behind) > 1:
                names = self._split_at_and(behind[1:])
                if self.source(names[0]):
                    return [before, *names]
            joined = self._without_and(behind)
            if joined and self._are_two_names(before, behind, joined):
                return [before, *self._split_at_and(joined)]
        return [run]

    def _without_and(self, run: Sequence[Token]) -> list[Token] | None:
        """Return the run without the "and" that its first word begins with, None without one.

        Urdu writes its "and" apart: وی and وٹو are whole words.
        """
        first = run[0]
        if self._is_urdu or first.key[:1] != "و" or len(first.key) == 1:
            return None
        return [first._replace(start=first.start + 1, key=first.key[1:]), *run[1:]]

    def _are_two_names(
        self, before: Sequence[Token], behind: Sequence[Token], joined: Sequence[Token]
    ) -> bool:
        """Return whether `joined` is a known name, or both sides are full names."""
        if self._place_or_source(behind):
            return False
        known = self._place_or_source(self._split_at_and(joined)[0])
        if known and known.weight != "weak":
            return True
        if behind[0].key in lexicon.W_NAMES:
            return False
        return len(before) > 1 and len(behind) > 1

    def _place(self, run: Sequence[Token]) -> Element | None:
        """Return the run as a place, by its English name too if that has several words.

        One English word may be a given name (Jordan) and is decided by the names around it.
        """
        place = super()._place(run)
        if place is not None or len(run) == 1 or not run[0].key.isascii():
            return place
        if folded_run(run) in english_names():
            return Element("place", run[0].start, run[-1].end)
        return None

    def _with_place(self, run: Sequence[Token]) -> list[Element] | None:
        """Return a name and its place: "NAME من PLACE", "PLACE من NAME", "SOURCE PLACE"."""
        for index, word in enumerate(run):
            if word.key not in lexicon.FROM or index + 1 == len(run):
                continue
            named = self._around_from(run[:index], run[index + 1 :])
            if named:
                return named
        for index in range(1, len(run)):
            first, rest = run[:index], run[index:]
            place = self._place(rest)
            source = self.source(first) or self._desk(first)
            if place and place.weight != "weak" and source:
                return [source, place]
            place = self._place(first)
            if place and place.weight == "strong" and len(rest) > 1:
                name = self._any_name(rest)
                if name and name[0].kind == "unknown":
                    return [place, *name]
        return None

    def _around_from(self, before: Sequence[Token], behind: Sequence[Token]) -> list[Element]:
        """Return the elements around a word such as من, none unless one side is a place."""
        place = self._place(behind)
        if place:
            author = self.parse(before) if before else None
            return [*(author or ()), place]
        if not before:
            return self.parse(behind) or []
        place = self._place(before)
        if place:
            author = self.parse(behind)
            return [place, *author] if author else []
        source = self.source(before)
        if source and len(behind) <= MAX_LABEL_WORDS:
            return [source, Element("place", behind[0].start, behind[-1].end, "weak")]
        return []

    def _exclusive(self, run: Sequence[Token]) -> list[Element] | None:
        """Return the outlet behind "exclusive to", None for other words."""
        if run[0].key not in lexicon.EXCLUSIVE:
            return None
        rest = run[1:]
        if not rest or folded_run(rest) in _PREFIXES:
            return [Element("label", run[0].start, run[-1].end)]
        for prefix in _PREFIXES:
            first = rest[0]
            if not first.key.startswith(prefix):
                continue
            bare_key = first.key[len(prefix) :]
            if bare_key and prefix == "لل":
                bare_key = "ال" + bare_key  # للجزيرة is ل and الجزيرة
            bare = first._replace(start=first.start + len(prefix), key=bare_key)
            source = self.source([bare, *rest[1:]] if bare.key else rest[1:] or rest)
            if source:
                return [source]
        return None

    def _team(self, run: Sequence[Token]) -> list[Element] | None:
        """Return the outlet whose team the run names, else a desk; None for other words."""
        if run[0].key not in lexicon.TEAMS:
            return None
        for index in range(1, len(run)):
            source = self.source(run[index:])
            if source:
                return [source]
        desk = gazetteer().by_id["desk-news"].source
        return [Element("desk", run[0].start, run[-1].end, "weak", desk)]

    def _is_of_a_sentence(self, run: Sequence[Token]) -> bool:
        """Return whether a word belongs to a sentence; a given name may be such a word (شهد)."""
        if len(run) > 1 and run[0].key in lexicon.NAMES_THAT_ARE_WORDS:
            run = run[1:]
        return super()._is_of_a_sentence(run)

    def _any_name(self, run: Sequence[Token]) -> list[Element] | None:
        """Return the run as an unknown name, or as a label where its words name nobody.

        Returns None for a run too long for a name: the line is no byline.
        """
        if len(run) > MAX_NAME_WORDS:
            return None
        start, end = run[0].start, run[-1].end
        if self._is_of_a_sentence(run) or any(word.kind == "number" for word in run):
            return [Element("label", start, end)]
        return [Element("unknown", start, end, "weak", self._unlisted_source(run))]

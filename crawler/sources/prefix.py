"""Parsing the first words of a text into ever longer prefixes that could be its dateline.

A prefix is a row of elements (places, sources, persons, dates) with the separators printed between
and behind them. `crawler.sources.dateline_forms` decides whether a prefix is a dateline.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal, NamedTuple

from crawler.sources import lexicon
from crawler.sources.days import OPENERS, Days
from crawler.sources.elements import Element, RunParser, folded_run
from crawler.sources.outlet_profile import OutletProfile
from crawler.sources.places import places
from crawler.sources.tokens import Token, tokenise

MAX_GROUP_TOKENS = 26  # between parentheses: four Urdu sources with a date have 22
MAX_QUOTED_TOKENS = 7  # between quotation marks
MAX_PARTS = 9  # of one prefix
MAX_FURNITURE_WORDS = 4
MAX_HYPHENATED_WORDS = 4  # of a place's name
MAX_UNMARKED_WORDS = 5  # of a source's name that nothing separates from the story
REST_TOKENS = 16  # of the story, kept with a prefix

# Letters up to which the words around a stop are taken for an abbreviation or a host, in whose
# middle the stop stands: اے۔پی۔پی; أ.ف.ب; العربية.نت.
_MAX_URDU_LETTER_NAME = 3
_MAX_ABBREVIATED = 2
_MAX_HOST_LABEL = 8

Separator = Literal[
    "dash",
    "spaced dash",
    "slash",
    "slashes",
    "colon",
    "comma",
    "stop",
    "dot",
    "ellipsis",
    "newline",
    "mark",
]
Separators = frozenset[Separator]

_SEPARATORS = ("dash", "slash", "colon", "comma", "stop", "newline", "mark", "close")
_WORDS = ("word", "number")
_STORY_OPENERS = (*_WORDS, "quote")
_SINGLE_QUOTES = ("'", "‘", "’", "‛", "`")


@dataclass(frozen=True, slots=True)
class Prefix:
    """A possible dateline.

    `separators`: for each element those printed behind it. `end`: the offset at which the story
    would begin. `rest`: the first tokens of that story, at least one.
    """

    elements: tuple[Element, ...]
    separators: tuple[Separators, ...]
    end: int
    rest: tuple[Token, ...]


class Part(NamedTuple):
    """The elements between two rows of separators, and the index of the token behind them."""

    elements: list[Element]
    end: int


class LineParser:
    """Parses the opening of a text, or a credit line, as one outlet prints it."""

    def __init__(self, text: str, profile: OutletProfile, runs: RunParser | None = None) -> None:
        self.tokens = tokenise(text)
        self._text = text
        self._runs = runs or RunParser(text, profile)
        self.days = Days(text, profile.date_order)

    def prefixes(self) -> Iterator[Prefix]:
        """Yield every prefix that has a story behind it, shortest first."""
        tokens = self.tokens
        elements: list[Element] = []
        separators: list[Separators] = []
        index = self._first_part()
        for _ in range(MAX_PARTS):
            is_behind_place = bool(elements) and elements[-1].kind in ("place", "date")
            if is_behind_place and (unmarked := self._unmarked_source(index)):
                yield self._prefix(
                    [*elements, unmarked.elements[0]], [*separators, frozenset()], unmarked.end
                )
            part = self._part(index)
            if part is None:
                return
            last_separators, index = self._separators(part.end)
            elements += part.elements
            separators += [frozenset()] * (len(part.elements) - 1) + [last_separators]
            if index == len(tokens):
                return
            if tokens[index].kind in _STORY_OPENERS:
                story = index - 1 if self._opens_quotation(index - 1) else index
                yield self._prefix(elements, separators, story)

    def _prefix(
        self, elements: Sequence[Element], separators: Sequence[Separators], story: int
    ) -> Prefix:
        """Return the elements as a prefix of the story that begins at a token."""
        return Prefix(
            elements=tuple(elements),
            separators=tuple(separators),
            end=self.tokens[story].start,
            rest=tuple(self.tokens[story : story + REST_TOKENS]),
        )

    def _opens_quotation(self, index: int) -> bool:
        """Return whether a single quotation mark stands right before the story's first word."""
        mark, word = self.tokens[index : index + 2]
        if self._text[mark.start : mark.end] not in _SINGLE_QUOTES:
            return False
        return mark.end == word.start and not self._text[mark.start - 1].isalnum()

    def _unmarked_source(self, index: int) -> Part | None:
        """Return the firm source that a run begins with and the story goes on behind, unmarked."""
        words: list[Token] = []
        for token in self.tokens[index : index + MAX_UNMARKED_WORDS + 1]:
            if token.kind != "word":
                break
            words.append(token)
        for length in range(len(words) - 1, 0, -1):
            source = self._runs.source_by_bare_name(words[:length])
            if source and source.weight != "weak" and source.kind == "source":
                return Part([source], index + length)
        return None

    def whole_line(self) -> list[Element] | None:
        """Return the elements of the whole text, None when some words of it are a sentence's.

        Stops at an agency's end mark (انتهى): editors' initials and the time stand behind it.
        """
        elements: list[Element] = []
        _, index = self._separators(0)
        while index < len(self.tokens) and not self._is_end_mark(index):
            part = self._part(index)
            if part is not None:
                elements += part.elements
                _, index = self._separators(part.end)
            elif self._runs.reads_any_name and self.tokens[index].kind not in _WORDS:
                index += 1  # a parenthesis or a quotation mark around words that are read alone
            else:
                return None
        return elements

    def _is_end_mark(self, index: int) -> bool:
        """Return whether an end mark stands at a token, or in the parentheses opened there."""
        if self.tokens[index].kind == "open":
            index += 1
        return index < len(self.tokens) and self.tokens[index].key in lexicon.END_MARKS

    # Where the first part begins

    def _first_part(self) -> int:
        """Return the index of the token at which the first part begins.

        The page around the story leaves furniture before it, and a stray sign, letter or digit
        glued to the city.
        """
        tokens = self.tokens
        index = self._behind_furniture()
        while index + 1 < len(tokens) and _is_stray(tokens[index], tokens[index + 1]):
            if self._date(index):
                break
            index += 1
        return index

    def _behind_furniture(self) -> int:
        """Return the index of the token behind words such as "Next Previous", or 0."""
        tokens = self.tokens
        first = tokens[:MAX_FURNITURE_WORDS]
        words = list(takewhile(lambda token: token.kind == "word", first))
        for index in range(len(words), 0, -1):
            if folded_run(words[:index]) in lexicon.FURNITURE:
                while index < len(tokens) and tokens[index].kind in ("number", "colon", "newline"):
                    index += 1
                return index
        return 0

    # Parts

    def _part(self, index: int) -> Part | None:
        """Return the part that begins at a token, None when it is no dateline's."""
        if index >= len(self.tokens):
            return None
        if self.tokens[index].kind == "open":
            return self._group(index)
        if self.tokens[index].kind == "quote":
            return self._quotation(index)
        return self._field(index)

    def _field(self, index: int) -> Part | None:
        """Return the words and dates up to the next separator."""
        elements: list[Element] = []
        while index < len(self.tokens) and self.tokens[index].kind in _WORDS:
            element = self._hyphenated_place(index) or self._date(index)
            if element:
                elements.append(element)
                index = self._behind(element.end, index)
                continue
            end = self._run_end(index)
            run = [token for token in self.tokens[index:end] if token.kind in _WORDS]
            named = self._runs.parse(run)
            if elements and elements[-1].kind == "date" and not _are_known(named or ()):
                unmarked = self._unmarked_source(index)
                if unmarked:
                    return Part([*elements, *unmarked.elements], unmarked.end)
            if named is None:
                return None
            elements += named
            index = end
        return Part(elements, index) if elements else None

    def _group(self, index: int) -> Part | None:
        """Return the elements in parentheses.

        The closing one may be missing, "(CNN--", or turned, "(CNN(--".
        """
        tokens = self.tokens
        limit = min(len(tokens), index + MAX_GROUP_TOKENS)
        close = self._next_of(("close",), index + 1, limit)
        if close is not None:
            elements = self._inside(index + 1, close)
            if elements:
                return Part(elements, close + 1)
        unclosed = self._next_of(("open", "dash", "newline"), index + 1, limit)
        if unclosed is not None:
            elements = self._inside(index + 1, unclosed)
            if elements:
                turned = tokens[unclosed].kind == "open"
                return Part(elements, unclosed + 1 if turned else unclosed)
        return None

    def _inside(self, index: int, end: int) -> list[Element]:
        """Return the elements between two parentheses; none unless all words there are read."""
        elements: list[Element] = []
        _, index = self._separators(index, end)
        while index < end:
            quoted = self.tokens[index].kind == "quote"
            part = self._quotation(index) if quoted else self._field(index)
            if part is None or part.end > end:
                return []
            elements += part.elements
            _, index = self._separators(part.end, end)
        return [replace(element, enclosed="(") for element in elements]

    def _quotation(self, index: int) -> Part | None:
        """Return the source or the person in quotation marks."""
        limit = min(len(self.tokens), index + MAX_QUOTED_TOKENS + 2)
        close = self._next_of(("quote",), index + 1, limit)
        if close is None:
            return None
        run = [token for token in self.tokens[index + 1 : close] if token.kind in _WORDS]
        if not run:
            return None
        source = self._runs.source(run)
        elements = [source] if source else self._runs.parse(run)
        if elements is None or any(e.kind not in ("source", "person") for e in elements):
            return None
        return Part([replace(element, enclosed="«") for element in elements], close + 1)

    # Elements that are no run of words

    def _date(self, index: int) -> Element | None:
        """Return the date that begins at a token."""
        token = self.tokens[index]
        if token.kind != "number" and token.key not in OPENERS:
            return None
        end = self.days.end(token.start)
        return Element("date", token.start, end) if end else None

    def _hyphenated_place(self, index: int) -> Element | None:
        """Return a place whose own name has dashes in it: روستوف-اون-دون."""
        tokens = self.tokens
        if index + 1 == len(tokens) or tokens[index + 1].kind != "dash":
            return None
        words = [tokens[index]]
        while index + 2 < len(tokens) and len(words) < MAX_HYPHENATED_WORDS:
            before, dash, after = tokens[index : index + 3]
            if dash.kind != "dash" or after.kind != "word" or not _are_glued(before, dash, after):
                break
            words.append(after)
            index += 2
        if len(words) == 1:
            return None
        weight = places().get(folded_run(words))
        return Element("place", words[0].start, words[-1].end, weight) if weight else None

    # Tokens

    def _next_of(self, kinds: tuple[str, ...], index: int, limit: int) -> int | None:
        """Return the index of the next token of some kinds, at or behind `index`."""
        for position in range(index, limit):
            if self.tokens[position].kind in kinds:
                return position
        return None

    def _behind(self, offset: int, index: int) -> int:
        """Return the index of the first token at or behind an offset in the text."""
        while index < len(self.tokens) and self.tokens[index].start < offset:
            index += 1
        return index

    def _run_end(self, index: int) -> int:
        """Return the index of the separator or date that ends the run of words at a token."""
        tokens, first = self.tokens, index
        while index < len(tokens):
            token = tokens[index]
            if token.kind in _WORDS:
                may_open_date = token.kind == "number" or token.key in OPENERS
                if may_open_date and index > first and self._date(index):
                    break
            elif index == first or not self._joins_words(index):
                break
            index += 1
        return index

    def _abbreviates(self, index: int) -> bool:
        """Return whether a stop stands inside an abbreviation or a host: أ.ف.ب, العربية.نت."""
        if index + 1 >= len(self.tokens):
            return False
        before, stop, after = self.tokens[index - 1 : index + 2]
        if stop.end - stop.start != 1 or before.kind != "word" or after.kind != "word":
            return False
        shortest, longest = sorted((len(before.key), len(after.key)))
        if self._text[stop.start] == "۔":
            return longest <= _MAX_URDU_LETTER_NAME
        if longest <= _MAX_ABBREVIATED:
            return True
        if not _are_glued(before, stop, after):
            return False
        return shortest <= _MAX_ABBREVIATED or longest <= _MAX_HOST_LABEL

    def _joins_words(self, index: int) -> bool:
        """Return whether a stop or a dash stands inside a name."""
        if self.tokens[index].kind == "stop":
            return self._abbreviates(index)
        return self._runs.reads_any_name and self._hyphenates(index)

    def _hyphenates(self, index: int) -> bool:
        """Return whether a dash stands inside a Latin name of a byline: France-Presse."""
        if self.tokens[index].kind != "dash" or index + 1 >= len(self.tokens):
            return False
        before, dash, after = self.tokens[index - 1 : index + 2]
        return _are_glued(before, dash, after) and (before.key + after.key).isascii()

    # Separators

    def _separators(self, index: int, end: int | None = None) -> tuple[Separators, int]:
        """Return the separators from a token on, and the index of the token behind them."""
        tokens = self.tokens
        limit = len(tokens) if end is None else end
        separators = set[Separator]()
        while index < limit and tokens[index].kind in _SEPARATORS:
            separators.add(self._separator(tokens[index]))
            index += 1
        return frozenset(separators), index

    def _separator(self, token: Token) -> Separator:
        match token.kind:
            case "dash":
                return "spaced dash" if self._is_single_and_spaced(token) else "dash"
            case "slash":
                return "slash" if token.end - token.start == 1 else "slashes"
            case "stop":
                return self._stop(token)
            case "colon" | "comma" | "newline":
                return token.kind
            case _:
                return "mark"

    def _is_single_and_spaced(self, token: Token) -> bool:
        if token.end - token.start > 1:
            return False
        before = self._text[token.start - 1 : token.start]
        after = self._text[token.end : token.end + 1]
        return before.isspace() and after.isspace()

    def _stop(self, token: Token) -> Separator:
        printed = self._text[token.start : token.end]
        if len(printed) > 1 or printed == "…":
            return "ellipsis"
        return "stop" if printed == "۔" else "dot"


def _are_known(elements: Sequence[Element]) -> bool:
    return bool(elements) and all(element.kind != "unknown" for element in elements)


def _is_stray(token: Token, following: Token) -> bool:
    """Return whether a token before the dateline's first word is no part of it."""
    if token.kind in ("mark", "comma", "stop"):
        return True
    if token.kind == "number":
        return token.end == following.start and following.kind == "word"
    return token.kind == "word" and len(token.key) == 1 and token.key.isascii()


def _are_glued(before: Token, sign: Token, after: Token) -> bool:
    """Return whether no space stands on either side of a sign."""
    return before.end == sign.start and sign.end == after.start

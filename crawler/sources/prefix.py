"""Reading the opening of a text into ever longer prefixes that could be its dateline.

A prefix is parts (runs of words, parentheses, quotations, dates) with separators between and behind
them. Whether it is a dateline is not decided here but in `crawler.sources.dateline_forms`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from crawler.sources import lexicon
from crawler.sources.days import OPENERS, Days
from crawler.sources.elements import Element, Words, folded_run
from crawler.sources.outlet_profile import OutletProfile
from crawler.sources.places import places
from crawler.sources.tokens import Token, tokenise

LONGEST_GROUP = 26  # tokens between parentheses: four Urdu sources with a date have 22
LONGEST_QUOTE = 7
MOST_PARTS = 9

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
_SEPARATORS = ("dash", "slash", "colon", "comma", "stop", "newline", "mark", "close")
_WORDS = ("word", "number")


@dataclass(frozen=True, slots=True)
class Prefix:
    """A possible dateline: its elements, and for each the separators printed behind it.

    `end` is the offset at which the story would begin; `rest` are the next tokens there.
    """

    elements: tuple[Element, ...]
    separators: tuple[frozenset[Separator], ...]
    end: int
    rest: tuple[Token, ...]


class Opening:
    """One text's opening, as printed by one outlet."""

    def __init__(self, text: str, profile: OutletProfile) -> None:
        self._text = text
        self._tokens = tokenise(text)
        self._words = Words(text, profile)
        self.days = Days(text, profile.date_order)

    def prefixes(self) -> Iterator[Prefix]:
        """Every prefix that has a story behind it, shortest first."""
        elements: list[Element] = []
        separators: list[frozenset[Separator]] = []
        at = self._lead()
        for _ in range(MOST_PARTS):
            part = self._part(at)
            if part is None:
                return
            found, at = part
            kinds, at = self._between(at)
            elements += found
            separators += [frozenset()] * (len(found) - 1) + [kinds]
            if at == len(self._tokens):
                return
            if self._tokens[at].kind in (*_WORDS, "quote"):
                yield Prefix(
                    tuple(elements),
                    tuple(separators),
                    self._tokens[at].start,
                    tuple(self._tokens[at : at + 16]),
                )

    def line(self) -> list[Element] | None:
        """The elements of the whole text, read as a credit line; None when some of it is a
        sentence's. What stands behind an agency's end mark (editors' initials, the time) is
        nobody's name."""
        elements: list[Element] = []
        at = self._between(0)[1]
        while at < len(self._tokens):
            word = self._tokens[at + (self._tokens[at].kind == "open") :][:1]
            if word and word[0].key in lexicon.END_MARKS:
                break
            part = self._part(at)
            if part is None:
                return None
            elements += part[0]
            at = self._between(part[1])[1]
        return elements

    def _lead(self) -> int:
        """Where the first part begins, behind what the page around the story left there: words of
        its furniture, a stray sign, letter or digit glued to the city."""
        tokens, at = self._tokens, 0
        for length in range(min(4, len(tokens)), 0, -1):
            words = tokens[:length]
            if all(word.kind == "word" for word in words) and folded_run(words) in lexicon.LEADS:
                at = length
                while at < len(tokens) and tokens[at].kind in ("number", "colon", "newline"):
                    at += 1
                break
        while at + 1 < len(tokens) and self._stray(tokens[at], tokens[at + 1]):
            at += 1
        return at

    def _stray(self, token: Token, following: Token) -> bool:
        if token.kind in ("mark", "comma"):
            return True
        if token.kind == "number":
            return token.end == following.start and following.kind == "word"
        return token.kind == "word" and len(token.key) == 1 and token.key.isascii()

    def _part(self, at: int) -> tuple[list[Element], int] | None:
        """The elements that begin at a token, and the token behind them; None when they are no
        dateline's."""
        if at >= len(self._tokens):
            return None
        if self._tokens[at].kind == "open":
            return self._group(at)
        if self._tokens[at].kind == "quote":
            return self._quotation(at)
        return self._field(at)

    def _field(self, at: int) -> tuple[list[Element], int] | None:
        """Words and dates up to the next separator."""
        found: list[Element] = []
        while at < len(self._tokens) and self._tokens[at].kind in _WORDS:
            if element := self._hyphenated(at) or self._date(at):
                found.append(element)
                at = self._behind(element.end, at)
                continue
            end = self._run_end(at)
            run = [token for token in self._tokens[at:end] if token.kind in _WORDS]
            read = self._words.read(run)
            if read is None:
                return None
            found += read
            at = end
        return (found, at) if found else None

    def _date(self, at: int) -> Element | None:
        token = self._tokens[at]
        if token.kind != "number" and token.key not in OPENERS:
            return None
        end = self.days.end(token.start)
        return Element("date", token.start, end) if end else None

    def _hyphenated(self, at: int) -> Element | None:
        """A place whose own name has dashes in it, such as روستوف-اون-دون."""
        words = [self._tokens[at]]
        while at + 2 < len(self._tokens) and self._tokens[at + 1].kind == "dash" and len(words) < 4:
            before, dash, after = self._tokens[at : at + 3]
            if not (before.end == dash.start and dash.end == after.start and after.kind == "word"):
                break
            words.append(after)
            at += 2
        if len(words) > 1 and (weight := places().get(folded_run(words))):
            return Element("place", words[0].start, words[-1].end, weight)
        return None

    def _behind(self, offset: int, at: int) -> int:
        while at < len(self._tokens) and self._tokens[at].start < offset:
            at += 1
        return at

    def _run_end(self, at: int) -> int:
        """The end of the run of words that begins at a token: a separator or a date."""
        tokens, first = self._tokens, at
        while at < len(tokens):
            if tokens[at].kind in _WORDS:
                if at > first and self._date(at):
                    break
                at += 1
            elif self._abbreviates(at, first):
                at += 1
            else:
                break
        return at

    def _abbreviates(self, at: int, first: int) -> bool:
        """Whether the stop at a token stands inside an abbreviation or a host: أ.ف.ب, العربية.نت,
        اے۔پی۔پی."""
        tokens = self._tokens
        if (
            tokens[at].kind != "stop"
            or at == first
            or at + 1 >= len(tokens)
            or tokens[at + 1].kind != "word"
        ):
            return False
        before, stop, after = tokens[at - 1], tokens[at], tokens[at + 1]
        if stop.end - stop.start != 1 or before.kind != "word":
            return False
        shortest, longest = sorted((len(before.key), len(after.key)))
        if self._text[stop.start] == "۔":
            return longest <= 3
        glued = before.end == stop.start and stop.end == after.start
        return longest <= 2 or (glued and (shortest <= 2 or longest <= 8))

    def _group(self, at: int) -> tuple[list[Element], int] | None:
        """What stands in parentheses. The closing one may be missing ("(CNN--") or turned
        ("(CNN(--")."""
        tokens = self._tokens
        limit = min(len(tokens), at + LONGEST_GROUP)
        close = next((i for i in range(at + 1, limit) if tokens[i].kind == "close"), None)
        if close is not None and (found := self._inside(at + 1, close)):
            return found, close + 1
        unclosed = next(
            (i for i in range(at + 1, limit) if tokens[i].kind in ("open", "dash", "newline")), None
        )
        if unclosed is not None and (found := self._inside(at + 1, unclosed)):
            return found, unclosed + (tokens[unclosed].kind == "open")
        return None

    def _quotation(self, at: int) -> tuple[list[Element], int] | None:
        """A source or a name in quotation marks."""
        limit = min(len(self._tokens), at + LONGEST_QUOTE + 2)
        close = next((i for i in range(at + 1, limit) if self._tokens[i].kind == "quote"), 0)
        run = [token for token in self._tokens[at + 1 : close] if token.kind in _WORDS]
        if not run:
            return None
        source = self._words.source(run)
        found = [source] if source else self._words.read(run)
        if found is None or any(element.kind not in ("source", "person") for element in found):
            return None
        return [replace(element, enclosed="«") for element in found], close + 1

    def _inside(self, at: int, end: int) -> list[Element] | None:
        """The elements between two parentheses, all of which must be read."""
        elements: list[Element] = []
        while (at := self._between(at, end)[1]) < end:
            part = self._quotation(at) if self._tokens[at].kind == "quote" else self._field(at)
            if part is None or part[1] > end:
                return None
            elements += part[0]
            at = part[1]
        return [replace(element, enclosed="(") for element in elements] or None

    def _between(self, at: int, end: int | None = None) -> tuple[frozenset[Separator], int]:
        """The separators from a token on, and the token behind them."""
        tokens, kinds = self._tokens, set[Separator]()
        limit = len(tokens) if end is None else end
        while at < limit and tokens[at].kind in _SEPARATORS:
            kinds.add(self._separator(tokens[at]))
            at += 1
        return frozenset(kinds), at

    def _separator(self, token: Token) -> Separator:
        printed = self._text[token.start : token.end]
        match token.kind:
            case "dash":
                spaced = (
                    self._text[token.start - 1 : token.start].isspace()
                    and self._text[token.end : token.end + 1].isspace()
                )
                return "spaced dash" if spaced and len(printed) == 1 else "dash"
            case "slash":
                return "slashes" if len(printed) > 1 else "slash"
            case "stop":
                return (
                    "ellipsis"
                    if len(printed) > 1 or printed == "…"
                    else "stop"
                    if printed == "۔"
                    else "dot"
                )
            case "colon" | "comma" | "newline":
                return token.kind
            case _:
                return "mark"

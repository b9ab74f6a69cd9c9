"""Reading a query as a reader types it.

words                 all of them, each in any of its forms
"word", "some words"  exactly, in order, side by side
-word, -"word"        not in any of its forms; not exactly so
pre*                  words that begin so
A | B, ( )            either; brackets
in:headline           the words beside it stand in the headline
place: source: outlet: language:
                      of an article with that field; a value of several words stands in quotes
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from crawler.search.query import (
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_WORDS,
    MIN_PREFIX,
    And,
    Field,
    FieldName,
    InHeadline,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    QueryError,
    Term,
    Word,
    all_terms_of,
    fields_of,
    terms_of,
)
from crawler.search.words import words_of

FIELD_NAMES: tuple[str, ...] = get_args(FieldName)
_LANGUAGES = ("ar", "ur")

_Kind = Literal["word", "quoted", "field", "minus", "or", "open", "close"]


@dataclass(frozen=True, slots=True)
class _Token:
    """A part of a query. name: of a field. text: a word, or what stands in quotes."""

    kind: _Kind
    text: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class _HeadlineMark:
    """`in:headline` among the parts of a conjunction."""


_QUOTES = {'"': '"', "«": "»", "“": "”", "„": "”", "”": "”"}
_CLOSING = "".join(_QUOTES.values())
_CONTROLS = re.compile(r"[\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\x00-\x08]")
_TOKEN = re.compile(
    r"""
      \s+
    | (?P<field>[A-Za-z_]+):(?=["«“„”]|[^\s()|"])(?!//)
    | (?P<minus>[-\u2212])(?=[^\s|()\-\u2212])
    | (?P<minus_group>[-\u2212])(?=\()
    | (?P<or>[|])
    | (?P<open>[(])
    | (?P<close>[)])
    | (?P<quote>["«“„”])
    | (?P<word>[^\s()|"«»“„”]+)
    | (?P<stray>.)
    """,
    re.VERBOSE | re.DOTALL,
)


_FOREIGN_OPERATORS = {
    "OR": "one of two words is written A | B",
    "AND": "several words must all be there anyway; leave it out",
    "NOT": "a word is excluded by a minus before it, -word",
}
"""Operators of other search engines, which would be looked for as words beside others."""


def parse_query(text: str) -> Node:
    """Return what the query `text` asks for.

    Raises QueryError for a query that is too long, is not closed, has nothing to look for, or names
    an unknown field.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"a query of {len(text)} characters; {MAX_LENGTH} at most")
    tokens = _tokens(_CONTROLS.sub("", text))
    for token in tokens if len(tokens) > 1 else ():
        if token.kind == "word" and token.text in _FOREIGN_OPERATORS:
            raise QueryError(f"{token.text}: {_FOREIGN_OPERATORS[token.text]}")
    node = _Parser(tokens).parse()
    _check_number(sum(map(_number_of_words, all_terms_of(node))))
    return node


def exact_words(text: str) -> Node | None:
    """Return the query of articles that hold all words of `text`, whole and as typed; None for a
    text without words. Raises QueryError for too many words."""
    words = list(dict.fromkeys(words_of(text)))
    _check_number(len(words))
    return _joined(And, [Phrase((word,)) for word in words]) if words else None


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        assert match is not None
        kind, place = match.lastgroup, match.end()
        if kind == "quote":
            quoted, place = _quoted(text, place - 1)
            tokens.append(_Token("quoted", quoted))
        elif kind == "field":
            value, place = _field_value(text, place)
            tokens.append(_Token("field", value, match["field"].lower()))
        elif kind == "word":
            name = match[0].removesuffix(":")
            if name != match[0] and name.lower() in ("in", *FIELD_NAMES):
                raise QueryError(f"{name}: needs a value right behind the colon")
            tokens.append(_Token("word", match[0]))
        elif kind in ("minus", "minus_group"):
            tokens.append(_Token("minus"))
        elif kind in ("or", "open", "close"):
            tokens.append(_Token(kind))  # type: ignore[arg-type]
    return tokens


def _quoted(text: str, start: int) -> tuple[str, int]:
    """Return the text in the quotes that open at `start`, and the place behind them."""
    closing = _QUOTES[text[start]]
    end = text.find(closing, start + 1)
    if end < 0:
        raise QueryError(f"the quotes are not closed: {_excerpt(text[start:])}")
    return text[start + 1 : end], end + 1


def _field_value(text: str, start: int) -> tuple[str, int]:
    """Return the value that begins at `start`, and the place behind it."""
    if text[start] in _QUOTES:
        return _quoted(text, start)
    match = re.compile(r'[^\s()|"]+').match(text, start)
    assert match is not None
    return match[0], match.end()


class _Parser:
    """Recursive descent: alternatives of conjunctions of parts."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0

    def parse(self) -> Node:
        node = self._alternatives()
        if self._peek("close"):
            raise QueryError("a bracket is closed that was not opened")
        return node

    def _alternatives(self) -> Node:
        nodes = [self._conjunction()]
        while self._take("or"):
            nodes.append(self._conjunction())
        return _joined(Or, nodes)

    def _conjunction(self) -> Node:
        parts: list[Node] = []
        is_in_headline = False
        while not self._is_at_end():
            part = self._part()
            if isinstance(part, _HeadlineMark):
                is_in_headline = True
            elif part is not None:
                parts.append(part)
        if not any(_asks_for_something(part) for part in parts):
            raise QueryError(_nothing_to_look_for(parts))
        node = _joined(And, parts)
        if is_in_headline and not any(terms_of(node)):
            raise QueryError("in:headline stands beside no word to look for")
        return InHeadline(node) if is_in_headline else node

    def _part(self) -> Node | _HeadlineMark | None:
        """Return the next part; None for punctuation alone."""
        if self._take("minus"):
            return self._excluded()
        token = self._tokens[self._next]
        self._next += 1
        match token.kind:
            case "open":
                return self._bracket()
            case "quoted":
                return _phrase(token.text)
            case "field":
                return _field(token)
            case _:
                return _word(token.text)

    def _excluded(self) -> Node | None:
        if self._is_at_end():
            return None  # behind the minus stands punctuation alone
        part = self._part()
        if isinstance(part, _HeadlineMark):
            raise QueryError("-in:headline: say -word in:headline, or leave it out")
        if isinstance(part, Not):
            raise QueryError("a part is excluded twice")
        return None if part is None else Not(part)

    def _bracket(self) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryError(f"more than {MAX_DEPTH} brackets in brackets")
        node = self._alternatives()
        if not self._take("close"):
            raise QueryError("a bracket is not closed")
        self._depth -= 1
        return node

    def _is_at_end(self) -> bool:
        """Return True where a conjunction ends."""
        return self._next == len(self._tokens) or self._peek("or") or self._peek("close")

    def _peek(self, kind: _Kind) -> bool:
        return self._next < len(self._tokens) and self._tokens[self._next].kind == kind

    def _take(self, kind: _Kind) -> bool:
        if not self._peek(kind):
            return False
        self._next += 1
        return True


def _joined(kind: type[And] | type[Or], nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else kind(tuple(nodes))


def _word(printed: str) -> Node | None:
    """Return a word, the words that punctuation joins side by side, or a prefix."""
    words = tuple(words_of(printed))
    if not words:
        if "*" in printed:
            raise QueryError(f"{_excerpt(printed)}: a prefix needs {MIN_PREFIX} letters")
        return None
    if printed.endswith("*"):
        if len(words) > 1 or len(words[0]) < MIN_PREFIX:
            raise QueryError(
                f"{_excerpt(printed)}: a prefix is one word of at least {MIN_PREFIX} letters"
            )
        return Prefix(words[0])
    if len(words) > 1:
        return Phrase(words)
    return Word(words[0], printed)


def _phrase(quoted: str) -> Node | None:
    words = tuple(words_of(quoted))
    return Phrase(words) if words else None


def _field(token: _Token) -> Node | _HeadlineMark:
    value = token.text.strip()
    if token.name == "in":
        if value.lower() != "headline":
            raise QueryError(f"in:{_excerpt(value)}: only in:headline")
        return _HeadlineMark()
    for name in get_args(FieldName):
        if name == token.name:
            _check_value(name, value)
            return Field(name, value)
    raise QueryError(
        f"no field {token.name!r}: fields are in, {', '.join(FIELD_NAMES)};"
        f' a word with a colon stands in quotes: "{token.name}:{_excerpt(value)}"'
    )


def _check_value(name: str, value: str) -> None:
    if not value:
        raise QueryError(f"{name}: needs a value")
    if name == "language" and value not in _LANGUAGES:
        raise QueryError(f"language:{_excerpt(value)}: only {' or '.join(_LANGUAGES)}")


def _asks_for_something(node: Node) -> bool:
    return any(terms_of(node)) or (not isinstance(node, Not) and any(fields_of(node)))


def _nothing_to_look_for(parts: Sequence[Node]) -> str:
    if parts:
        return "everything is excluded and there is nothing to look for"
    return "there is no word to look for"


def _check_number(words: int) -> None:
    if words > MAX_WORDS:
        raise QueryError(f"a query of {words} words; {MAX_WORDS} at most")


def _number_of_words(term: Term) -> int:
    return len(term.words) if isinstance(term, Phrase) else 1


def _excerpt(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"

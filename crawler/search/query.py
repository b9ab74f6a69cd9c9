"""What a query asks for: a tree of conditions, the same for both stores."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

FieldName = Literal["place", "source", "outlet", "language"]
"""The fields of an article that a query may name, besides `in:headline`."""

MAX_LENGTH = 2_000  # characters of a query
MAX_WORDS = 32  # in one query
MAX_FORMS = 2_000  # words of the store that one query stands for
MAX_DEPTH = 16  # brackets in brackets
MIN_PREFIX = 2  # letters


class QueryError(ValueError):
    """A query that cannot be meant, or asks for too much. The message says what and where."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in all its forms.

    folded: as `crawler.search.words` folds it. printed: as it was typed, whose hamza may tell a
    letter of the word from an article. known: those of the words by which its forms are told that a
    store has (`crawler.search.with_evidence`); None where no store was asked.
    """

    folded: str
    printed: str
    known: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded words exactly, in order, side by side; a quoted word is a phrase of one."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """All words that begin with these folded letters."""

    letters: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the article that has a value, as it was typed."""

    name: FieldName
    value: str


@dataclass(frozen=True, slots=True)
class InHeadline:
    """What must be met by the headline alone."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be met."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """What must all be met."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Alternatives."""

    nodes: tuple["Node", ...]


Term = Word | Phrase | Prefix
Node = Term | Field | InHeadline | Not | And | Or


def terms_of(node: Node) -> Iterator[Term]:
    """Yield the words, phrases and prefixes that may be in an article which `node` finds; excluded
    ones are passed over."""
    match node:
        case Word() | Phrase() | Prefix():
            yield node
        case InHeadline():
            yield from terms_of(node.node)
        case And() | Or():
            for part in node.nodes:
                yield from terms_of(part)


def all_terms_of(node: Node) -> Iterator[Term]:
    """Yield all words, phrases and prefixes of a query, excluded ones too."""
    match node:
        case Word() | Phrase() | Prefix():
            yield node
        case InHeadline() | Not():
            yield from all_terms_of(node.node)
        case And() | Or():
            for part in node.nodes:
                yield from all_terms_of(part)


def fields_of(node: Node) -> Iterator[Field]:
    """Yield the fields that a query names, excluded ones too."""
    match node:
        case Field():
            yield node
        case InHeadline() | Not():
            yield from fields_of(node.node)
        case And() | Or():
            for part in node.nodes:
                yield from fields_of(part)


def with_fields(node: Node, change: Callable[[Field], Node]) -> Node:
    """Return `node` with each of its fields replaced by what `change` returns for it."""
    match node:
        case Field():
            return change(node)
        case InHeadline() | Not():
            return replace(node, node=with_fields(node.node, change))
        case And() | Or():
            return replace(node, nodes=tuple(with_fields(part, change) for part in node.nodes))
        case _:
            return node


def with_words(node: Node, change: Callable[[Word], Word]) -> Node:
    """Return `node` with each of its words replaced by what `change` returns for it."""
    match node:
        case Word():
            return change(node)
        case InHeadline() | Not():
            return replace(node, node=with_words(node.node, change))
        case And() | Or():
            return replace(node, nodes=tuple(with_words(part, change) for part in node.nodes))
        case _:
            return node


def all_in_headline(node: Node) -> Node | None:
    """Return the query of those that `node` finds for words of their headlines alone.

    What is excluded stays excluded from the whole article. Returns None for a query without words,
    for which nothing is more relevant than anything else.
    """
    return _in_headline(node) if any(terms_of(node)) else None


def with_headline_terms(node: Node, *, in_headline: bool = False) -> Node:
    """Return the same query with InHeadline around single words, phrases and prefixes only."""
    match node:
        case Word() | Phrase() | Prefix():
            return InHeadline(node) if in_headline else node
        case InHeadline():
            return with_headline_terms(node.node, in_headline=True)
        case Not():
            return Not(with_headline_terms(node.node, in_headline=in_headline))
        case And() | Or():
            nodes = (with_headline_terms(part, in_headline=in_headline) for part in node.nodes)
            return replace(node, nodes=tuple(nodes))
        case Field():
            return node


def _in_headline(node: Node) -> Node:
    match node:
        case Word() | Phrase() | Prefix():
            return InHeadline(node)
        case And() | Or():
            return replace(node, nodes=tuple(_in_headline(part) for part in node.nodes))
        case _:
            return node

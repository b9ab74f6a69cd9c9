"""Deciding whether an article meets a query, and marking the printed words that a query means."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from crawler.search.forms import forms_of
from crawler.search.query import (
    And,
    Field,
    InHeadline,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Term,
    Word,
    terms_of,
)
from crawler.search.words import Columns, PrintedWord, printed_words


@dataclass(frozen=True, slots=True)
class Span:
    """The place of a marked word: text[start:end]."""

    start: int
    end: int


class ArticleWords:
    """The searched words of one article, for `matches`. language: of the article."""

    def __init__(self, columns: Columns, language: str | None) -> None:
        self.language = language
        self._headline = f" {columns.headline} "
        self._whole = f"{self._headline}¶ {columns.body} "

    def has(self, term: Term, *, in_headline: bool) -> bool:
        """Return True if `term` is in the headline, or anywhere in the article."""
        text = self._headline if in_headline else self._whole
        match term:
            case Phrase():
                return f" {' '.join(term.words)} " in text
            case Prefix():
                return f" {term.letters}" in text
            case Word():
                return not forms_of(term, self.language).isdisjoint(text.split())


def matches(
    node: Node,
    words: ArticleWords,
    has_field: Callable[[Field], bool],
    *,
    in_headline: bool = False,
) -> bool:
    """Return True if an article meets `node`.

    has_field: tells whether the article has a field. in_headline: look at the headline alone.
    """
    match node:
        case Word() | Phrase() | Prefix():
            return words.has(node, in_headline=in_headline)
        case Field():
            return has_field(node)
        case InHeadline():
            return matches(node.node, words, has_field, in_headline=True)
        case Not():
            return not matches(node.node, words, has_field, in_headline=in_headline)
        case And():
            return all(matches(n, words, has_field, in_headline=in_headline) for n in node.nodes)
        case Or():
            return any(matches(n, words, has_field, in_headline=in_headline) for n in node.nodes)


def marks(text: str, node: Node, language: str | None) -> list[Span]:
    """Return the places of the words in a printed `text` that the query means, in order.

    Each place is one printed word, so that a mark reaches over no space, line or markup between
    two. Phrases are marked where they stand side by side. text: plain, without markup; of a text
    with markup give each piece between two tags by itself.
    """
    words = list(printed_words(text))
    marked: set[int] = set()
    for term in terms_of(node):
        marked.update(_places_of(term, words, language))
    spans = dict.fromkeys(Span(words[i].start, words[i].end) for i in sorted(marked))
    return list(spans)


def with_marks(text: str, spans: Iterable[Span], opening: str, closing: str) -> str:
    """Return `text` with `opening` and `closing` around each of `spans`, which are in order."""
    parts: list[str] = []
    end = 0
    for span in spans:
        parts += [text[end : span.start], opening, text[span.start : span.end], closing]
        end = span.end
    return "".join([*parts, text[end:]])


def _places_of(term: Term, words: Sequence[PrintedWord], language: str | None) -> Iterator[int]:
    match term:
        case Word():
            forms = forms_of(term, language)
            yield from (i for i, word in enumerate(words) if word.folded in forms)
        case Prefix():
            yield from (i for i, word in enumerate(words) if word.folded.startswith(term.letters))
        case Phrase():
            length = len(term.words)
            for start in range(len(words) - length + 1):
                if tuple(word.folded for word in words[start : start + length]) == term.words:
                    yield from range(start, start + length)

"""The forms of a query's words that a store has, by which its index is asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from crawler.search.forms import LANGUAGES, evidence_of, forms_of
from crawler.search.query import MAX_FORMS, Node, Prefix, QueryError, Word, all_terms_of, with_words

OTHER_LANGUAGES = None
"""Stands for all languages in which words have no forms."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """A query's words with the forms that a store has.

    known: all words of the store among the forms. languages: those for which the query has to be
    asked separately, OTHER_LANGUAGES among them; empty where it asks for the same in all.
    by_prefix: the words of the store that begin with each prefix.
    """

    known: frozenset[str]
    languages: tuple[str | None, ...]
    by_prefix: Mapping[str, Sequence[str]]

    def forms(self, word: Word, language: str | None) -> list[str]:
        """Return the forms of `word` to be asked for in articles in `language`, at least the word
        itself."""
        return sorted((forms_of(word, language) & self.known) | {word.folded})


def evidence(node: Node) -> frozenset[str]:
    """Return the words by which the forms of a query's words are told, which a store looks for in
    its vocabulary, for `with_evidence`."""
    words = {term for term in all_terms_of(node) if isinstance(term, Word)}
    return frozenset().union(*map(evidence_of, words))


def with_evidence(node: Node, known: frozenset[str]) -> Node:
    """Return a query whose words have the forms that a store tells.

    known: those of `evidence` that the store has. Whatever looks for the query in that store
    (`wanted_words`, `expand`, `matches`) is to be given what this returns.
    """
    return with_words(node, lambda word: replace(word, known=known & evidence_of(word)))


def wanted_words(node: Node) -> frozenset[str]:
    """Return all forms of the words of a query, which a store looks for in its vocabulary."""
    words = (term for term in all_terms_of(node) if isinstance(term, Word))
    return frozenset(
        form for word in words for language in LANGUAGES for form in forms_of(word, language)
    )


def prefixes(node: Node) -> frozenset[str]:
    """Return the letters of the prefixes of a query."""
    return frozenset(term.letters for term in all_terms_of(node) if isinstance(term, Prefix))


def expand(node: Node, known: Iterable[str], by_prefix: Mapping[str, Sequence[str]]) -> Expansion:
    """Return the expansion of a query.

    known: those of `wanted_words` that the store has. by_prefix: for each of `prefixes` the words
    of the store that begin so, MAX_FORMS + 1 at most. Raises QueryError for more than MAX_FORMS
    forms in all.
    """
    known = frozenset(known)
    for prefix, beginning_so in by_prefix.items():
        if len(beginning_so) > MAX_FORMS:
            raise QueryError(f"{prefix}*: begins more than {MAX_FORMS} words; give more letters")
    number = len(known.union(*by_prefix.values()))
    if number > MAX_FORMS:
        raise QueryError(f"a query of {number} forms of words; {MAX_FORMS} at most")
    words = [term for term in all_terms_of(node) if isinstance(term, Word)]
    differ = any(
        (forms_of(word, language) & known) - {word.folded}
        for word in words
        for language in LANGUAGES
    )
    return Expansion(known, (*LANGUAGES, OTHER_LANGUAGES) if differ else (), by_prefix)

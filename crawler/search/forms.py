"""The forms of a word by language, as searches expand it."""

from functools import lru_cache
from typing import Literal

from crawler.search.arabic import arabic_evidence, arabic_forms
from crawler.search.query import Word
from crawler.search.urdu import urdu_evidence, urdu_forms

SearchLanguage = Literal["ar", "ur"]
"""A language that words have forms in."""

LANGUAGES: tuple[SearchLanguage, ...] = ("ar", "ur")

_MIN_LENGTH = 2  # letters


@lru_cache(maxsize=1024)
def forms_of(word: Word, language: str | None) -> frozenset[str]:
    """Return the folded forms of a word in articles in `language`, the word itself among them.

    Numbers, words of one letter and words of languages that are not known have no other form.
    """
    if not _has_forms(word):
        return frozenset((word.folded,))
    match language:
        case "ar":
            return arabic_forms(word.folded, word.printed, word.known)
        case "ur":
            return urdu_forms(word.folded, word.printed, word.known)
        case _:
            return frozenset((word.folded,))


@lru_cache(maxsize=1024)
def evidence_of(word: Word) -> frozenset[str]:
    """Return the words of a store by which the forms of a word are told, see `Word.known`."""
    if not _has_forms(word):
        return frozenset()
    return arabic_evidence(word.folded, word.printed) | urdu_evidence(word.folded, word.printed)


def _has_forms(word: Word) -> bool:
    return len(word.folded) >= _MIN_LENGTH and not word.folded.isascii()

"""The forms of a word by language, as searches expand it."""

from functools import lru_cache
from typing import Literal

from crawler.search.arabic import arabic_forms
from crawler.search.query import Word
from crawler.search.urdu import urdu_forms

SearchLanguage = Literal["ar", "ur"]
"""A language that words have forms in."""

LANGUAGES: tuple[SearchLanguage, ...] = ("ar", "ur")

_MIN_LENGTH = 2  # letters


@lru_cache(maxsize=1024)
def forms_of(word: Word, language: str | None) -> frozenset[str]:
    """Return the folded forms of a word in articles in `language`, the word itself among them.

    Numbers, words of one letter and words of languages that are not known have no other form.
    """
    if len(word.folded) < _MIN_LENGTH or word.folded.isascii():
        return frozenset((word.folded,))
    match language:
        case "ar":
            return arabic_forms(word.folded, word.printed)
        case "ur":
            return urdu_forms(word.folded, word.printed)
        case _:
            return frozenset((word.folded,))

"""The passage of a text that a query means."""

import re
from dataclasses import dataclass

from crawler.search import Node, marks
from crawler.web.markup import plain

_WORDS_BEFORE = 8
_WORDS = 36
_MAX_LOOKED = 20_000  # letters of a text that are looked through
_PRINTED = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Passage:
    """Some whole words of a text. is_begun: others stand before them. goes_on: others stand behind
    them."""

    text: str
    is_begun: bool
    goes_on: bool


def passage(text: str, query: Node | None, language: str | None) -> Passage | None:
    """Return the words of a text around the first ones that `query` means, or else its first words;
    None of an empty text. language: of the text."""
    shown = plain(text)
    words = [match.span() for match in _PRINTED.finditer(shown)]
    if not words:
        return None
    spans = marks(shown[:_MAX_LOOKED], query, language) if query is not None else []
    meant = spans[0].start if spans else 0
    at = next(number for number, (_, end) in enumerate(words) if end > meant)
    # A passage that would end with the text before it is full begins earlier instead.
    begin = max(0, min(at - _WORDS_BEFORE, len(words) - _WORDS))
    chosen = words[begin : begin + _WORDS]
    return Passage(
        text=" ".join(shown[start:end] for start, end in chosen),
        is_begun=begin > 0,
        goes_on=begin + _WORDS < len(words),
    )

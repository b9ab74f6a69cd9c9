"""Split a printed text into tokens, each with a kind of one character.

Kinds of numbers: "2" one or two digits; "3", "6", "8" so many; "4" a Gregorian year, "5" a Hijri or
Solar year, "7" any other four digits; "0" any other length. Words have the kinds of
`crawler.dates.word_kinds`. Punctuation is its own kind, in one form: all dashes "-", all commas
",", U+060D and the backslash "/"; white space " "; "?" is any other sign. The French h of a clock
(10h30) is a colon.
"""

import re
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote

from crawler.dates.calendars import GREGORIAN_YEARS, SOLAR_YEARS
from crawler.dates.parsed_date import DateError
from crawler.dates.word_kinds import LEXICON, PHRASE_LENGTH, UNKNOWN
from crawler.text import fold

MAX_LENGTH = 2_000
"""Characters of the longest text that is read; a longer one is no line with a date."""

_SIGNS = (
    {c: c for c in ":./,+()|"}
    | dict.fromkeys("-‐‑‒–—―−_", "-")
    | dict.fromkeys("،؛;٫", ",")
    | dict.fromkeys("؍\\⁄∕", "/")
    | {"۔": ".", "[": "(", "]": ")", "{": "(", "}": ")", " ": " ", "h": ":"}
)
_LISTED = LEXICON | {sign: (kind, None) for sign, kind in _SIGNS.items()}

_YEAR_GLUED_TO_CLOCK = r"(?<![0-9])(?:19|20)[0-9]{2}(?=[0-9]{1,2}:)"
"""25/8/202107:45 PM: two elements of a page that lost their space."""
_TOKEN = re.compile(rf"[^\W\d_]+|\s+|{_YEAR_GLUED_TO_CLOCK}|[0-9]+|.", re.DOTALL)
_TATWEEL_AS_DASH = re.compile(r"(?<![^\W\d_])ـ+")
_PROCLITICS = "وبلف"
"""Letters that Arabic writes into the next word: and, in, for, then."""
_MIN_LETTERS_WITH_PROCLITIC = 5
_INSIDE_PHRASE = frozenset(" -.")

Span = tuple[int, int]
"""Position of the first token of an element, and the position after its last."""


class Tokens(NamedTuple):
    """The tokens of a text; the three fields run in parallel."""

    kinds: str
    values: list[Any]
    """Of a number the number, of a word the value in its table."""
    texts: list[str]
    """Folded; the words of a phrase with one space."""

    def positions(self, kinds: str, span: Span) -> list[int]:
        """Return the positions in `span` of the tokens whose kind is among `kinds`."""
        start, end = span
        return [at for at, kind in enumerate(self.kinds[start:end], start) if kind in kinds]

    def first(self, kinds: str, span: Span) -> int:
        """Return the first position in `span` of a kind among `kinds`, or the end of `span`."""
        start, end = span
        for at, kind in enumerate(self.kinds[start:end], start):
            if kind in kinds:
                return at
        return end

    def between(self, a: Span, b: Span) -> str:
        """Return the kinds of the tokens that stand between two spans."""
        return self.kinds[a[1] : b[0]] or self.kinds[b[1] : a[0]]


def tokenise(text: str) -> Tokens:
    """Return the tokens of `text`. Raises DateError when it is longer than `MAX_LENGTH`."""
    if len(text) > MAX_LENGTH:
        raise DateError(f"too long to be a date: {len(text)} characters")
    if "ـ" in text:
        text = _TATWEEL_AS_DASH.sub("-", text)
    if "%" in text:
        text = unquote(text)
    texts = _TOKEN.findall(fold(text).strip())
    if not PHRASE_LENGTH.keys().isdisjoint(texts):
        texts = _join_phrases(texts)
    entries = [_LISTED.get(token) or _unlisted(token) for token in texts]
    return Tokens("".join([kind for kind, _ in entries]), [value for _, value in entries], texts)


def _join_phrases(texts: list[str]) -> list[str]:
    """Return `texts` with each listed phrase as one token."""
    joined = []
    at = 0
    while at < len(texts):
        token, width = texts[at], 1
        if token in PHRASE_LENGTH:
            token, width = _longest_phrase(texts, at)
        joined.append(token)
        at += width
    return joined


def _longest_phrase(texts: list[str], start: int) -> tuple[str, int]:
    """Return the longest listed phrase that begins at `start`, and its number of tokens."""
    phrase = longest = texts[start]
    width = 1
    # Words and the signs between them take turns.
    most_tokens = 2 * PHRASE_LENGTH[phrase] - 1
    for at in range(start + 1, min(start + most_tokens, len(texts) - 1), 2):
        if texts[at] not in _INSIDE_PHRASE:
            break
        phrase += " " + texts[at + 1]
        if phrase in LEXICON:
            longest, width = phrase, at + 2 - start
    return longest, width


@lru_cache(maxsize=4096)
def _unlisted(token: str) -> tuple[str, Any]:
    """Return the kind and the value of a token that stands in no table."""
    first = token[0]
    if "0" <= first <= "9":
        return _number(token)
    if first.isspace():
        return " ", None
    if not first.isalpha():
        return "?", None
    if first in _PROCLITICS and len(token) >= _MIN_LETTERS_WITH_PROCLITIC:
        return LEXICON.get(token[1:], (UNKNOWN, None))
    return UNKNOWN, None


def _number(digits: str) -> tuple[str, Any]:
    length = len(digits)
    if length <= 2:
        return "2", int(digits)
    if length in (3, 6, 8):
        return str(length), int(digits)
    if length != 4:
        return "0", None
    value = int(digits)
    if value in GREGORIAN_YEARS:
        return "4", value
    if value in SOLAR_YEARS:
        return "5", value
    return "7", value

"""A printed text as tokens, each with a kind of one character.

Kinds of numbers: "2" one or two digits; "3", "6", "8" so many; "4" a Gregorian year, "5" a Hijri or
Solar year, "7" any other four digits; "0" any other length. Words have the kinds of
`crawler.dates.lexicon`. Punctuation is its own kind, in one form: all dashes "-", all commas ",",
U+060D and the backslash "/"; white space " "; "?" is any other sign. The French h of a clock
(10h30) is a colon.
"""

import re
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote

from crawler.dates.calendars import GREGORIAN_YEARS, SOLAR_YEARS
from crawler.dates.lexicon import LEXICON, PHRASE_LENGTH, UNKNOWN
from crawler.dates.model import DateError
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
_KNOWN = LEXICON | {sign: (kind, None) for sign, kind in _SIGNS.items()}

_YEAR_GLUED_TO_CLOCK = r"(?<![0-9])(?:19|20)[0-9]{2}(?=[0-9]{1,2}:)"
"""25/8/202107:45 PM: two elements of a page that lost their space."""
_TOKEN = re.compile(_YEAR_GLUED_TO_CLOCK + r"|[0-9]+|[^\W\d_]+|\s+|.", re.DOTALL)
_TATWEEL_AS_DASH = re.compile(r"(?<![^\W\d_])ـ+")
_PROCLITICS = "وبلف"
"""Letters that Arabic writes into the next word: and, in, for, then."""
_INSIDE_PHRASE = frozenset(" -.")


class Tokens(NamedTuple):
    """The tokens of a text; the three fields run in parallel."""

    kinds: str
    values: list[Any]
    """Of a number the number, of a word what its table says."""
    texts: list[str]
    """Folded; the words of a phrase with one space."""


def tokenise(text: str) -> Tokens:
    """`text` as tokens. Raises DateError when it is longer than MAX_LENGTH."""
    if len(text) > MAX_LENGTH:
        raise DateError(f"too long to be a date: {len(text)} characters")
    if "ـ" in text:
        text = _TATWEEL_AS_DASH.sub("-", text)
    if "%" in text:
        text = unquote(text)
    raw = _TOKEN.findall(fold(text).strip())
    if not PHRASE_LENGTH.keys().isdisjoint(raw):
        raw = _with_phrases(raw)
    known = [_KNOWN.get(token) or _unlisted(token) for token in raw]
    return Tokens("".join([kind for kind, _ in known]), [value for _, value in known], raw)


def _with_phrases(raw: list[str]) -> list[str]:
    """`raw` with each listed phrase as one token."""
    joined = []
    at = 0
    while at < len(raw):
        token, width = _longest_phrase(raw, at) if raw[at] in PHRASE_LENGTH else (raw[at], 1)
        joined.append(token)
        at += width
    return joined


def _longest_phrase(raw: list[str], start: int) -> tuple[str, int]:
    """The longest listed phrase that begins at `start`, and how many tokens it takes."""
    joined = longest = raw[start]
    width = 1
    for at in range(start + 1, min(start + 2 * PHRASE_LENGTH[joined] - 1, len(raw) - 1), 2):
        if raw[at] not in _INSIDE_PHRASE:
            break
        joined += " " + raw[at + 1]
        if joined in LEXICON:
            longest, width = joined, at + 2 - start
    return longest, width


@lru_cache(maxsize=4096)
def _unlisted(token: str) -> tuple[str, Any]:
    first = token[0]
    if "0" <= first <= "9":
        return _number(token)
    if first.isalpha():
        if first in _PROCLITICS and len(token) > 4 and (known := LEXICON.get(token[1:])):
            return known
        return UNKNOWN, None
    return (" " if first.isspace() else "?"), None


def _number(digits: str) -> tuple[str, Any]:
    length = len(digits)
    if length <= 2:
        return "2", int(digits)
    if length == 4:
        value = int(digits)
        if value in GREGORIAN_YEARS:
            return "4", value
        return ("5" if value in SOLAR_YEARS else "7"), value
    if length in (3, 6, 8):
        return str(length), int(digits)
    return "0", None

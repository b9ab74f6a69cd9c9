"""The opening of a text as words, numbers and separators.

Spaces and characters that no reader sees (bidi marks, zero widths) belong to no token.
"""

import re
from typing import Literal, NamedTuple

from crawler.gazetteer.tables import key

Kind = Literal[
    "word",
    "number",
    "open",
    "close",
    "quote",
    "dash",
    "slash",
    "colon",
    "comma",
    "stop",
    "newline",
    "mark",
]

HEAD_LENGTH = 320
"""Characters that are read for a dateline: the longest seen (a Hijri and a Gregorian date, three
cities, four sources) have under 200."""

MAX_UNBROKEN = 24
"""Words and numbers in a row behind which no dateline goes on: ten words, a Hijri date and its
Gregorian twin."""

# Harakat, Quranic signs, combining marks and joiners: part of the word that they stand in.
_MARKS = (
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u0300-\u036f\u200c\u200d"
)
_TOKEN = re.compile(
    rf"""
      (?P<word>
          (?<!\w)[هصم]ـ+(?!\w)         # هـ is the Hijri mark: its tatweel is no dash
        | (?!ـ)[^\W\d_]
          (?: [^\W\d_{_MARKS}]++
            | [{_MARKS}]++
            | ـ+(?=[^\W\d_ـ{_MARKS}])  # tatweel inside a word
            | ['’](?=[^\W\d_])
          )*
      )
    | (?P<number> \d+)
    | (?P<newline>\n[\s]*)
    | (?P<open>   [(\[{{﴾（]+)     # also doubled: ((عدن الغد))
    | (?P<close>  [)\]}}﴿）]+)
    | (?P<quote>  [«»"“”„‟])
    | (?P<dash>   [-–—―‒‐‑−_ـ]+)
    | (?P<slash>  [/؍\\|]+)
    | (?P<colon>  [:：])
    | (?P<comma>  [,،;؛+&٫])
    | (?P<stop>   [.۔…·]+)
    | (?P<mark>   [^\s\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff])
    """,
    re.VERBOSE,
)
_SPACE = re.compile(r"\s*")


class Token(NamedTuple):
    """A word, number or separator from offset `start` to `end` of the text.

    `key`: the folded word or number, "" for a separator.
    """

    kind: Kind
    start: int
    end: int
    key: str


# Half of tokenising would be spent in `Token.__new__`, which only names its arguments.
_token = tuple.__new__


def tokenise(text: str) -> list[Token]:
    """Return the tokens of the opening, as far as a dateline can reach.

    These are the tokens among the first `HEAD_LENGTH` characters behind leading white space, up to
    the end of the first `MAX_UNBROKEN` words and numbers in a row.
    """
    begin = _SPACE.match(text).end()  # type: ignore[union-attr]  # it matches the empty string
    tokens, unbroken = list[Token](), 0
    for match in _TOKEN.finditer(text, begin, begin + HEAD_LENGTH):
        kind: Kind = match.lastgroup  # type: ignore[assignment]  # every group is named
        start, end = match.span()
        if kind not in ("word", "number"):
            tokens.append(_token(Token, (kind, start, end, "")))
            unbroken = 0
            continue
        tokens.append(_token(Token, (kind, start, end, key(match[0]))))
        unbroken += 1
        if unbroken == MAX_UNBROKEN:
            break
    return tokens

"""The words of a text as searches see them, and the columns of an article that are searched.

A word is a run of folded letters and digits (`crawler.text.fold`). A number keeps its decimal
point: "٣٫١", "3.1" and "3,1" are the word "3.1"; "1,500" is "1500".
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crawler.items import Article
from crawler.text import fold
from crawler.text.letters import DROPPED

FOLDING = 1
"""The version of `columns_of`. A store keeps it beside the words of each article: an index without
texts forgets the words of an article only when it is told them again, exactly.

Whatever changes the words of any article (`crawler.text.fold`, this module) needs a new version,
and the older ones in `columns_of`.
"""

FIELD_BREAK = "¶"
"""Stands between the parts of a column, so that no phrase reaches from one into the other."""

_POINT = r"(?<=\d)[.,٫٬](?=\d)"
_WORD = re.compile(rf"[^\W_]+(?:{_POINT}[^\W_]+)*")
_PRINTED_LETTER = rf"(?:\d[{DROPPED}]*[.,٫٬](?=[{DROPPED}]*\d)|[^\W_])"
_PRINTED_WORD = re.compile(rf"{_PRINTED_LETTER}(?:{_PRINTED_LETTER}|[{DROPPED}])*")
_CONTROLS = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
_POINTED = re.compile("[.,٫٬]")
_THOUSANDS = re.compile(r"\d{1,3}(?:[,٬]\d{3})+(?![,٬]?\d)")


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word where it is printed: its folded letters, and its place text[start:end]."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Columns:
    """The folded words of an article that searches look at, in order, a space between two.

    body: dateline, text, reporter and the rest; FIELD_BREAK stands between two of them.
    """

    headline: str
    body: str


def words_of(text: str) -> list[str]:
    """Return the folded words of `text`, in order."""
    words: list[str] = _WORD.findall(fold(text))
    return [word if word.isalnum() else _with_plain_number(word) for word in words]


def printed_words(text: str) -> Iterator[PrintedWord]:
    """Yield the words of `text` with their places in it, which begin and end with no control.

    They are those of `words_of`; a letter that folding makes two words of shares its place.
    """
    for match in _PRINTED_WORD.finditer(text):
        printed = match[0].rstrip(_CONTROLS)
        for word in words_of(printed):
            yield PrintedWord(word, match.start(), match.start() + len(printed))


def columns_of(article: Article, folding: int = FOLDING) -> Columns:
    """Return the searched words of an article as the version `folding` of the folding made them.

    Raises ValueError for a version that this program does not know.
    """
    if folding != FOLDING:
        raise ValueError(f"words of folding {folding}; this version knows {FOLDING}")
    body = words_of(article.body or "")
    parts = [
        words_of(article.dateline or ""),
        body,
        _unless_among(words_of(article.description or ""), body),
        *map(words_of, _names(article)),
        *map(words_of, article.tags),
    ]
    joined = f" {FIELD_BREAK} ".join(" ".join(part) for part in parts if part)
    return Columns(" ".join(words_of(article.headline or "")), joined)


def _names(article: Article) -> Iterable[str]:
    """Return the names that an article credits, each once."""
    credited = [attribution.source.name for attribution in article.sources]
    return dict.fromkeys([article.reporter or "", *article.authors, *credited])


def _unless_among(words: list[str], others: list[str]) -> list[str]:
    """Return `words`, or none where they stand side by side among `others`."""
    is_among = f" {' '.join(words)} " in f" {' '.join(others)} "
    return [] if is_among else words


def _with_plain_number(word: str) -> str:
    """Return a word whose numbers have a decimal point and no separators of thousands."""
    plain = _THOUSANDS.sub(lambda number: _POINTED.sub("", number[0]), word)
    return plain.replace(",", ".").replace("٫", ".").replace("٬", "")

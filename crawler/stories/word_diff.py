"""The words in which one text of an article differs from an earlier one, paragraph by paragraph.

Paragraphs are compared first, then the words of those that differ. Words are equal when they are
equal folded (`crawler.text.fold_words`): a mark or a space that changed is no change, as it makes
no revision. Nothing here depends on the writing direction: each piece is a run of whole words in
reading order, to be set in the direction of its language.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from crawler.text import fold_words

MAX_PAIRS = 200_000
"""Pairs of equal words in the two sides of a passage that are compared: the time grows with them.
Other passages are shown as removed and added whole; an article of 3,000 words has some 100,000."""

PieceKind = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, one space between them. text: as the newer text prints it; of what was
    removed, as the older one does."""

    kind: PieceKind
    text: str


Paragraph = tuple[Piece, ...]
"""The pieces of one paragraph in reading order; a removed paragraph is one removed piece."""

_BREAK = "\n"  # the folded word between two paragraphs


@dataclass(frozen=True, slots=True)
class _Word:
    folded: str
    printed: str


def word_diff(older: str, newer: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of both texts in order, each as pieces that are the same, removed or
    added. The "same" and "added" pieces together are the newer text."""
    before, after = _paragraphs(older), _paragraphs(newer)
    paragraphs: list[Paragraph] = []
    matcher = SequenceMatcher(None, _keys(before), _keys(after), autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            paragraphs += [(Piece("same", _printed(words)),) for words in after[c:d]]
        else:
            paragraphs += _compare(before[a:b], after[c:d])
    return tuple(paragraphs)


def is_changed(paragraph: Paragraph) -> bool:
    """Return True if anything in `paragraph` was removed or added."""
    return any(piece.kind != "same" for piece in paragraph)


def _paragraphs(text: str) -> list[list[_Word]]:
    """Return the words of each paragraph, a line of `text` that is not empty."""
    lines = (line.split() for line in text.splitlines())
    return [[_Word(fold_words(word) or word, word) for word in words] for words in lines if words]


def _keys(paragraphs: Sequence[Sequence[_Word]]) -> list[str]:
    return [" ".join(word.folded for word in words) for words in paragraphs]


def _printed(words: Sequence[_Word]) -> str:
    return " ".join(word.printed for word in words)


def _compare(
    before: Sequence[Sequence[_Word]], after: Sequence[Sequence[_Word]]
) -> Iterator[Paragraph]:
    """Yield the paragraphs of a passage that differs."""
    removed, added = _joined(before), _joined(after)
    if not removed or not added or _equal_pairs(removed, added) > MAX_PAIRS:
        yield from ((Piece("removed", _printed(words)),) for words in before)
        yield from ((Piece("added", _printed(words)),) for words in after)
        return
    pieces: list[Piece] = []
    for kind, words in _runs(removed, added):
        for word_run, ends_paragraph in _split(words):
            if word_run:
                pieces.append(Piece(kind, _printed(word_run)))
            if ends_paragraph and pieces:
                yield tuple(pieces)
                pieces = []
    if pieces:
        yield tuple(pieces)


def _equal_pairs(removed: Sequence[_Word], added: Sequence[_Word]) -> int:
    counts = Counter(word.folded for word in removed)
    return sum(counts[word.folded] for word in added)


def _joined(paragraphs: Sequence[Sequence[_Word]]) -> list[_Word]:
    """Return the words of all paragraphs, with a break between two."""
    joined: list[_Word] = []
    for words in paragraphs:
        if joined:
            joined.append(_Word(_BREAK, ""))
        joined += words
    return joined


def _runs(
    removed: Sequence[_Word], added: Sequence[_Word]
) -> Iterator[tuple[PieceKind, Sequence[_Word]]]:
    """Yield the runs of words that are the same, removed or added, in reading order."""
    first = [word.folded for word in removed]
    second = [word.folded for word in added]
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield "same", added[c:d]
        else:
            yield "removed", removed[a:b]
            yield "added", added[c:d]


def _split(words: Sequence[_Word]) -> Iterator[tuple[Sequence[_Word], bool]]:
    """Yield the words of each paragraph in a run, and True where the paragraph ends with them."""
    start = 0
    for end, word in enumerate(words):
        if word.folded == _BREAK:
            yield words[start:end], True
            start = end + 1
    yield words[start:], False

"""Align two texts: find their common runs of letters, and the stretches between these runs.

Letters, not words, because sources lose and add spaces ("عبد العزيز", whole Urdu sentences). Time
and memory are linear in the two lengths.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from crawler.dedup.numbers import is_number, words

MIN_RUN_LETTERS = 12
"""Letters of the shortest common run: two to three words. With 8, formulas and names count as
common text."""

MAX_STRETCH_LETTERS = 80
"""Letters of the longest stretch in which the two texts are taken for replacements of each other,
about 15 words."""

MAX_LETTERS = 60_000
"""Letters of a text that are read, some 12,000 words: a page beyond that is no story, and time
stays bounded."""

_FIRST_STEP_LETTERS = 16


class Run(NamedTuple):
    """`length` equal letters at position `long` of the longer text and `short` of the shorter."""

    long: int
    short: int
    length: int


class Stretch(NamedTuple):
    """The letters between two runs that follow each other: (start, end) in each text."""

    long: tuple[int, int]
    short: tuple[int, int]


@dataclass(frozen=True, slots=True)
class PreparedText:
    """A text ready to be aligned."""

    letters: str
    """Without spaces, at most `MAX_LETTERS`."""
    numbers: tuple[tuple[int, str], ...]
    """(position of its first letter, number) of each number."""


def prepare_text(paragraphs: Iterable[str]) -> PreparedText:
    """Return a PreparedText of folded paragraphs, as `story_paragraphs` gives them."""
    letters: list[str] = []
    numbers: list[tuple[int, str]] = []
    at = 0
    for paragraph in paragraphs:
        for word in words(paragraph):
            if is_number(word):
                numbers.append((at, word))
            letters.append(word)
            at += len(word)
        if at > MAX_LETTERS:
            break
    return PreparedText("".join(letters)[:MAX_LETTERS], tuple(numbers))


def common_runs(long: str, short: str) -> list[Run]:
    """Return the runs of `MIN_RUN_LETTERS` or more that cover `short` from left to right.

    Each is as long as it can be. Of several positions in `long` the next behind the previous run
    is taken, so that order is kept where it can be.
    """
    positions: dict[str, list[int]] = {}
    for at in range(len(long) - MIN_RUN_LETTERS + 1):
        positions.setdefault(long[at : at + MIN_RUN_LETTERS], []).append(at)
    runs: list[Run] = []
    at = end_short = end_long = 0
    while at <= len(short) - MIN_RUN_LETTERS:
        starts = positions.get(short[at : at + MIN_RUN_LETTERS])
        if starts is None:
            at += 1
            continue
        nth = bisect_left(starts, end_long)
        start = starts[nth] if nth < len(starts) else starts[0]
        ahead = _equal_letters_ahead(long, start + MIN_RUN_LETTERS, short, at + MIN_RUN_LETTERS)
        length = MIN_RUN_LETTERS + ahead
        most_back = min(at - end_short, start)
        back = 0
        while back < most_back and short[at - back - 1] == long[start - back - 1]:
            back += 1
        runs.append(Run(start - back, at - back, length + back))
        at = end_short = at + length
        end_long = start + length
    return runs


def stretches_between(runs: list[Run], long: str, short: str) -> list[Stretch]:
    """Return the stretches before, between and behind runs, but not the long ones.

    A stretch of more than `MAX_STRETCH_LETTERS` in one text is no replacement for the other's.
    """
    borders = [Run(0, 0, 0), *runs, Run(len(long), len(short), 0)]
    stretches = []
    for left, right in pairwise(borders):
        in_long = (left.long + left.length, right.long)
        in_short = (left.short + left.length, right.short)
        stretch = Stretch(in_long, in_short)
        # Runs that stand in the other order in the longer text have no stretch between them.
        if all(0 <= end - start <= MAX_STRETCH_LETTERS for start, end in stretch):
            stretches.append(stretch)
    return stretches


def _equal_letters_ahead(long: str, start: int, short: str, at: int) -> int:
    """Return how many letters are equal from the two positions on.

    Steps double while the letters are equal, so that long runs cost little.
    """
    total, step = 0, _FIRST_STEP_LETTERS
    while step:
        piece = long[start + total : start + total + step]
        if piece and short.startswith(piece, at + total):
            total += len(piece)
            step *= 2
        else:
            step //= 2
    return total

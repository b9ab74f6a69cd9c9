"""Where two texts run together: their common runs of letters, and what stands in the same place
between them.

Letters, not words, because sources lose and add spaces ("عبد العزيز", whole Urdu sentences). Time
and memory are linear in the two lengths.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from crawler.dedup.numbers import is_number, words

GRAM = 12
"""Letters that a common run has at least: two to three words. With 8, formulas and names count as
common text."""

SAME_PLACE = 80
"""Letters between two common runs up to which what differs there is taken for a replacement, about
15 words."""

LONGEST = 60_000
"""Letters of a text that are read, some 12,000 words: a page beyond that is no story, and time
stays bounded."""


class Run(NamedTuple):
    """`length` letters that stand at `long` in the longer text and at `short` in the shorter
    one."""

    long: int
    short: int
    length: int


class Place(NamedTuple):
    """A stretch between two runs that follow each other in both texts: (start, end) in each."""

    long: tuple[int, int]
    short: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Text:
    """A text made ready: its letters without spaces, its words, and (start, number) of each number
    in it."""

    letters: str
    words: tuple[str, ...]
    numbers: tuple[tuple[int, str], ...]


def read_text(paragraphs: Iterable[str]) -> Text:
    """A Text from folded paragraphs, as `story_paragraphs` gives them."""
    kept: list[str] = []
    numbers: list[tuple[int, str]] = []
    at = 0
    for paragraph in paragraphs:
        for word in words(paragraph):
            if is_number(word):
                numbers.append((at, word))
            kept.append(word)
            at += len(word)
        if at > LONGEST:
            break
    return Text("".join(kept)[:LONGEST], tuple(kept), tuple(numbers))


def common_runs(long: str, short: str) -> list[Run]:
    """The runs of `GRAM` letters or more that cover `short` from left to right, each as long as it
    can be.

    Of several places in `long` the next one behind the run before is taken, so that order is kept
    where it can be.
    """
    places: dict[str, list[int]] = {}
    for at in range(len(long) - GRAM + 1):
        places.setdefault(long[at : at + GRAM], []).append(at)
    runs: list[Run] = []
    at = end_short = end_long = 0
    while at <= len(short) - GRAM:
        found = places.get(short[at : at + GRAM])
        if found is None:
            at += 1
            continue
        nth = bisect_left(found, end_long)
        start_long = found[nth] if nth < len(found) else found[0]
        length = GRAM + _shared_start(long, start_long + GRAM, short, at + GRAM)
        back = 0
        while (
            back < min(at - end_short, start_long)
            and short[at - back - 1] == long[start_long - back - 1]
        ):
            back += 1
        runs.append(Run(start_long - back, at - back, length + back))
        at = end_short = at + length
        end_long = start_long + length
    return runs


def places_between(runs: list[Run], long: str, short: str) -> list[Place]:
    """The stretches before, between and behind runs that are short enough to be replacements of
    each other."""
    borders = [Run(0, 0, 0), *runs, Run(len(long), len(short), 0)]
    places = []
    for left, right in pairwise(borders):
        place = Place(
            (left.long + left.length, right.long), (left.short + left.length, right.short)
        )
        if all(0 <= end - start <= SAME_PLACE for start, end in place):
            places.append(place)
    return places


def _shared_start(one: str, at: int, other: str, at_other: int) -> int:
    """How many letters are equal from the two places on; by doubled steps, so that long runs cost
    little."""
    total, step = 0, 16
    while step:
        piece = one[at + total : at + total + step]
        if piece and other.startswith(piece, at_other + total):
            total += len(piece)
            step *= 2
        else:
            step //= 2
    return total

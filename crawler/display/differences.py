"""What two printed texts have in common and where they part, word by word, for people to read.
Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from crawler.dedup.numbers import is_number, words
from crawler.text import fold, fold_words

LONGEST = 3_000
"""Words of a text that are looked at: finding differences takes time in the square of them."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch that stands in one text and not, or otherwise, in the other; "" for nothing."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Differences:
    """Two texts side by side, as printed. longest: the longest run of words that they share, and
    how many."""

    longest: str
    longest_words: int
    shared_numbers: tuple[str, ...]
    stretches: tuple[Difference, ...]


def differences(one: str, other: str) -> Differences:
    """Where the texts part. Words are equal as `crawler.text.fold_words` makes them; punctuation is
    none."""
    words_one, words_other = _words(one), _words(other)
    matcher = SequenceMatcher(
        None,
        [folded for folded, _ in words_one],
        [folded for folded, _ in words_other],
        autojunk=False,
    )
    blocks = matcher.get_matching_blocks()
    longest = max(blocks, key=lambda block: block.size)
    return Differences(
        longest=_printed(words_one[longest.a : longest.a + longest.size]),
        longest_words=longest.size,
        shared_numbers=_shared_numbers(one, other),
        stretches=tuple(
            Difference(_printed(words_one[a:b]), _printed(words_other[c:d]))
            for kind, a, b, c, d in matcher.get_opcodes()
            if kind != "equal"
        ),
    )


def _words(text: str) -> list[tuple[str, str]]:
    """The words of a text, each folded and as printed."""
    pairs = ((fold_words(word), word) for word in text.split())
    return [(folded, word) for folded, word in pairs if folded][:LONGEST]


def _printed(pairs: Sequence[tuple[str, str]]) -> str:
    return " ".join(word for _, word in pairs)


def _shared_numbers(one: str, other: str) -> tuple[str, ...]:
    """The numbers that both print, in the order of the first; words for numbers count as
    numbers."""
    there = {word for word in words(fold(other)) if is_number(word)}
    return tuple(
        dict.fromkeys(word for word in words(fold(one)) if is_number(word) and word in there)
    )

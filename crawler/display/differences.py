"""The words that two printed texts share, and those in which they differ, for people to read.
Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from crawler.dedup.numbers import is_number, words
from crawler.text import fold, fold_words

MAX_WORDS = 3_000
"""Words of each text that are compared: the time grows with the square of their number."""

Word = tuple[str, str]
"""A word as `crawler.text.fold_words` makes it, and as printed."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of the first text and what stands in its place in the second; "" for nothing."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Differences:
    """Two texts compared word by word.

    longest: the longest run of words that both texts have, as the first prints it; longest_words:
    how many words it has. shared_numbers: the numbers in both texts. stretches: where they differ.
    """

    longest: str
    longest_words: int
    shared_numbers: tuple[str, ...]
    stretches: tuple[Difference, ...]


def differences(first: str, second: str) -> Differences:
    """Return where two texts differ. Words are equal when they are equal folded; punctuation does
    not count."""
    first_words, second_words = _fold_each(first), _fold_each(second)
    matcher = SequenceMatcher(
        None,
        [folded for folded, _ in first_words],
        [folded for folded, _ in second_words],
        autojunk=False,
    )
    longest = max(matcher.get_matching_blocks(), key=lambda block: block.size)
    return Differences(
        longest=_as_printed(first_words[longest.a : longest.a + longest.size]),
        longest_words=longest.size,
        shared_numbers=_shared_numbers(first, second),
        stretches=tuple(
            Difference(_as_printed(first_words[a:b]), _as_printed(second_words[c:d]))
            for tag, a, b, c, d in matcher.get_opcodes()
            if tag != "equal"
        ),
    )


def _fold_each(text: str) -> list[Word]:
    """Return the words of `text`, without those that are punctuation alone."""
    folded_words = ((fold_words(printed), printed) for printed in text.split())
    return [(folded, printed) for folded, printed in folded_words if folded][:MAX_WORDS]


def _as_printed(words_of_text: Sequence[Word]) -> str:
    return " ".join(printed for _, printed in words_of_text)


def _shared_numbers(first: str, second: str) -> tuple[str, ...]:
    """Return the numbers that both texts print, in the order of the first; words for numbers count
    as numbers."""
    in_second = set(_numbers(second))
    return tuple(dict.fromkeys(number for number in _numbers(first) if number in in_second))


def _numbers(text: str) -> list[str]:
    return [word for word in words(fold(text)) if is_number(word)]

"""Measure how much two articles have in common and where they contradict each other.

The judgement is in `match`.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from crawler.dedup.align import PreparedText, Run, Stretch, common_runs, stretches_between
from crawler.dedup.numbers import is_number, words
from crawler.items import Article
from crawler.text import fold

OPENING_LETTERS = 120
"""Letters of a text that are its opening: about 25 words, a lead."""

USUAL_HEADLINE_SHARE = 0.7
"""Share that a missing headline counts for: copies print 0.7 of each other's headline words
(median)."""

FIRST_CREDIBLE_YEAR = 1995
"""Dates before there was news on the web come from a clock at zero and say nothing."""

_MIN_WORD_LETTERS = 3
_ARTICLE = "ال"
_MIN_LETTERS_WITH_ARTICLE = 5
_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Evidence:
    """Two texts compared, the shorter with the longer. Shares are 0 to 1, lengths letters without
    spaces."""

    shorter: int
    longer: int
    text_shared: float
    """Share of the shorter text that stands in the longer one."""
    own_opening: float
    """Share of the longer text's opening that does not stand in the shorter one."""
    own_headline: float
    """Share of the longer text's headline words that the shorter text does not print."""
    replacements: int
    """Stretches in which both texts print letters, and not the same."""
    numbers_equal: int
    """Numbers that both texts print in the same position between common runs, or in a run."""
    numbers_differing: int
    """Stretches in which each text prints a number that the other does not."""
    numbers_shared: float
    """Share of the shorter text's numbers that the longer one prints anywhere; one half for a text
    without numbers."""
    same_outlet: bool
    days_apart: float | None

    @property
    def own_lead(self) -> float:
        """How much the longer text begins as another story, neither its headline nor its opening
        being shared, 0 to 1."""
        return self.own_headline * self.own_opening

    @property
    def contradiction(self) -> float:
        """Share of the numbers in one position that differ; a single one alone weighs a third."""
        return self.numbers_differing / (2 + self.numbers_equal + self.numbers_differing)


def gather_evidence(a: Article, b: Article, text_a: PreparedText, text_b: PreparedText) -> Evidence:
    """Return the evidence on two articles with these texts, the same in either order."""
    shorter, longer, longer_article = text_a, text_b, b
    if (len(text_a.letters), text_a.letters) > (len(text_b.letters), text_b.letters):
        shorter, longer, longer_article = text_b, text_a, a
    runs = common_runs(longer.letters, shorter.letters)
    stretches = stretches_between(runs, longer.letters, shorter.letters)
    numbers_equal, numbers_differing = _compare_numbers(runs, stretches, shorter, longer)
    return Evidence(
        shorter=len(shorter.letters),
        longer=len(longer.letters),
        text_shared=sum(run.length for run in runs) / max(1, len(shorter.letters)),
        own_opening=1 - _opening_shared(runs, len(longer.letters)),
        own_headline=1 - _headline_shared(longer_article.headline, shorter.letters),
        replacements=sum(map(_is_replacement, stretches)),
        numbers_equal=numbers_equal,
        numbers_differing=numbers_differing,
        numbers_shared=_numbers_shared(shorter, longer),
        same_outlet=a.outlet is not None and a.outlet == b.outlet,
        days_apart=_days_apart(a.published, b.published),
    )


def _is_replacement(stretch: Stretch) -> bool:
    (long_start, long_end), (short_start, short_end) = stretch
    return long_start < long_end and short_start < short_end


def _opening_shared(runs: Iterable[Run], length: int) -> float:
    """Return the share of the opening of a text of `length` letters that runs cover."""
    opening = min(OPENING_LETTERS, length)
    shared = end = 0
    for run in sorted(runs):
        start, stop = max(run.long, end), min(run.long + run.length, opening)
        if start < stop:
            shared += stop - start
            end = stop
    return shared / max(1, opening)


def _headline_shared(headline: str | None, letters: str) -> float:
    """Return the share of the headline's words, by letters, that stand in `letters`.

    Words count with or without the Arabic article.
    """
    shared = total = 0
    for word in words(fold(headline or "")):
        if len(word) < _MIN_WORD_LETTERS and not is_number(word):
            continue
        bare = word
        if len(word) >= _MIN_LETTERS_WITH_ARTICLE:
            bare = word.removeprefix(_ARTICLE)
        total += len(word)
        if bare in letters:
            shared += len(word)
    return shared / total if total else USUAL_HEADLINE_SHARE


def _compare_numbers(
    runs: list[Run], stretches: list[Stretch], shorter: PreparedText, longer: PreparedText
) -> tuple[int, int]:
    """Return how many numbers are equal, and in how many stretches they differ."""
    run_starts = [run.short for run in runs]

    def is_in_run(at: int, number: str) -> bool:
        nth = bisect_right(run_starts, at) - 1
        return nth >= 0 and at + len(number) <= runs[nth].short + runs[nth].length

    equal = sum(is_in_run(at, number) for at, number in shorter.numbers)
    differing = 0
    for stretch in stretches:
        in_short = _numbers_within(shorter, stretch.short)
        here = {number for at, number in in_short if not is_in_run(at, number)}
        there = {number for _, number in _numbers_within(longer, stretch.long)}
        equal += len(here & there)
        differing += bool(here - there and there - here)
    return equal, differing


def _numbers_within(text: PreparedText, stretch: tuple[int, int]) -> list[tuple[int, str]]:
    """Return the numbers of a text that stand in a stretch of it, or reach into it."""
    start, end = stretch
    first = bisect_right(text.numbers, (start, ""))
    if first:
        at, number = text.numbers[first - 1]
        if at + len(number) > start:
            first -= 1
    last = bisect_right(text.numbers, (end, ""))
    return list(text.numbers[first:last])


def _numbers_shared(shorter: PreparedText, longer: PreparedText) -> float:
    here = {number for _, number in shorter.numbers}
    there = {number for _, number in longer.numbers}
    return (len(here & there) + 1) / (len(here) + 2)


def _days_apart(a: datetime | None, b: datetime | None) -> float | None:
    """Return the days between two dates; None where one is missing or not credible."""
    if a is None or b is None or min(a.year, b.year) < FIRST_CREDIBLE_YEAR:
        return None
    if (a.tzinfo is None) != (b.tzinfo is None):
        a, b = a.replace(tzinfo=None), b.replace(tzinfo=None)
    return abs((a - b).total_seconds()) / _SECONDS_A_DAY

"""What two articles have in common and where they contradict each other, measured; the judgement is
in `match`."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from crawler.dedup.align import Place, Run, Text, common_runs, places_between
from crawler.dedup.numbers import is_number, words
from crawler.items import Article
from crawler.text import fold

OPENING = 120
"""Letters of a text that are its opening: about 25 words, a lead."""

UNTOLD = 0.7
"""What a headline that is missing counts for: copies print 0.7 of each other's headline words
(median)."""

FIRST_CREDIBLE_YEAR = 1995
"""Dates before there was news on the web come from a clock at zero and say nothing."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Two texts compared, the shorter against the longer. Shares are 0 to 1, lengths letters
    without spaces."""

    shorter: int
    longer: int
    held: float
    """Share of the shorter text that stands in the longer one."""
    own_opening: float
    """Share of the longer text's opening that does not stand in the shorter one."""
    own_headline: float
    """Share of the longer one's headline that the shorter text does not tell."""
    replaced: int
    """Places where both texts print something, and not the same."""
    numbers_same: int
    """Numbers that both print in the same place."""
    numbers_other: int
    """Places where each of them prints a number that the other does not."""
    numbers_known: float
    """Share of the shorter text's numbers that the longer one prints anywhere; one half where there
    are none."""
    same_outlet: bool
    days_apart: float | None

    @property
    def own_lead(self) -> float:
        """How much the longer text begins as another story: neither its headline nor its opening is
        shared."""
        return self.own_headline * self.own_opening

    @property
    def contradiction(self) -> float:
        """Share of the numbers in the same place that differ; a single one among none weighs a
        third."""
        return self.numbers_other / (2 + self.numbers_same + self.numbers_other)


def gather(one: Article, other: Article, text_one: Text, text_other: Text) -> Evidence:
    """The evidence on two articles and their texts, whichever comes first."""
    if (len(text_one.letters), text_one.letters) <= (len(text_other.letters), text_other.letters):
        short, long, longer_article = text_one, text_other, other
    else:
        short, long, longer_article = text_other, text_one, one
    runs = common_runs(long.letters, short.letters)
    places = places_between(runs, long.letters, short.letters)
    same, different = _numbers_in_place(runs, places, short, long)
    return Evidence(
        shorter=len(short.letters),
        longer=len(long.letters),
        held=sum(run.length for run in runs) / max(1, len(short.letters)),
        own_opening=1 - _opening_shared(runs, len(long.letters)),
        own_headline=1 - _told(longer_article.headline, short.letters),
        replaced=sum(
            place.long[0] < place.long[1] and place.short[0] < place.short[1] for place in places
        ),
        numbers_same=same,
        numbers_other=different,
        numbers_known=_known(short, long),
        same_outlet=one.outlet is not None and one.outlet == other.outlet,
        days_apart=_days_apart(one.published, other.published),
    )


def _opening_shared(runs: Iterable[Run], length: int) -> float:
    size = min(OPENING, length)
    shared = end = 0
    for run in sorted(runs):
        start, stop = max(run.long, end), min(run.long + run.length, size)
        if start < stop:
            shared += stop - start
            end = stop
    return shared / max(1, size)


def _told(headline: str | None, letters: str) -> float:
    """Share of the headline's words, by letters, that the text prints; with or without the Arabic
    article."""
    told = total = 0
    for word in words(fold(headline or "")):
        if len(word) < 3 and not is_number(word):
            continue
        bare = word[2:] if word.startswith("ال") and len(word) > 4 else word
        total += len(word)
        told += len(word) if bare in letters else 0
    return told / total if total else UNTOLD


def _numbers_in_place(
    runs: list[Run], places: list[Place], short: Text, long: Text
) -> tuple[int, int]:
    """How many numbers both texts print in the same place, and in how many places different
    ones."""
    starts = [run.short for run in runs]

    def in_run(at: int, number: str) -> bool:
        nth = bisect_right(starts, at) - 1
        return nth >= 0 and at + len(number) <= runs[nth].short + runs[nth].length

    same = sum(in_run(at, number) for at, number in short.numbers)
    other = 0
    for place in places:
        here = {number for at, number in _between(short, place.short) if not in_run(at, number)}
        there = {number for _, number in _between(long, place.long)}
        same += len(here & there)
        other += bool(here - there and there - here)
    return same, other


def _between(text: Text, stretch: tuple[int, int]) -> list[tuple[int, str]]:
    """The numbers of a text that stand in a stretch of it, or reach into it."""
    start, end = stretch
    first = bisect_right(text.numbers, (start, ""))
    if first and text.numbers[first - 1][0] + len(text.numbers[first - 1][1]) > start:
        first -= 1
    last = bisect_right(text.numbers, (end, ""))
    return list(text.numbers[first:last])


def _known(short: Text, long: Text) -> float:
    here = {number for _, number in short.numbers}
    there = {number for _, number in long.numbers}
    return (len(here & there) + 1) / (len(here) + 2)


def _days_apart(one: datetime | None, other: datetime | None) -> float | None:
    if one is None or other is None or min(one.year, other.year) < FIRST_CREDIBLE_YEAR:
        return None
    if (one.tzinfo is None) != (other.tzinfo is None):
        one, other = one.replace(tzinfo=None), other.replace(tzinfo=None)
    return abs((one - other).total_seconds()) / 86_400

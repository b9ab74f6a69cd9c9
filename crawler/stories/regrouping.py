"""The result of grouping articles anew: stories that were joined, and stories that were parted."""

from collections.abc import Iterable
from dataclasses import dataclass

from crawler.stories.model import Move


@dataclass(frozen=True, slots=True)
class Regrouped:
    """The result of a regrouping.

    article_count: articles regrouped. joined: by new story, the several old ones in it. parted: by
    old story, the several new ones with its articles.
    """

    article_count: int
    joined: dict[str, list[str]]
    parted: dict[str, list[str]]


class Moves:
    """The stories that articles were in at first and are in at last, over many moves."""

    def __init__(self) -> None:
        self._before: dict[str, str] = {}
        self._after: dict[str, str] = {}

    def add(self, moves: Iterable[Move]) -> None:
        """Add moves that came after those added so far."""
        for move in moves:
            self._before.setdefault(move.article_id, move.before)
            self._after[move.article_id] = move.after

    def report(self, article_count: int) -> Regrouped:
        """Return the result for `article_count` articles."""
        pairs = [(self._before[article], after) for article, after in self._after.items()]
        joined = _several((after, before) for before, after in pairs)
        return Regrouped(article_count, joined, _several(pairs))


def _several(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the first parts that stand with more than one second part, and those second parts."""
    partners: dict[str, set[str]] = {}
    for first, second in pairs:
        partners.setdefault(first, set()).add(second)
    return {
        first: sorted(partners[first]) for first in sorted(partners) if len(partners[first]) > 1
    }

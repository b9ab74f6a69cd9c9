"""Measure how well and how fast `crawler.dedup.compare` tells copies from look-alikes.

    python benchmarks/compare.py

Reads the labelled pairs at ../shared/corpus/dedup (not part of this repository) and prints
precision, recall and F1 on the real pairs, all and by half and language, the share of right answers
by kind of the invented stories, and milliseconds per comparison. Halves are drawn by story, so no
text stands in both.
"""

import hashlib
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "dedup"
sys.path.insert(0, str(ROOT))

from crawler.dedup import Match, compare  # noqa: E402
from crawler.items import Article  # noqa: E402

COPIES = ("near", "same_text", "copy")
OWN_LABELS = ("copy", "other", "same_event", "translation")
"""Labels of pairs of articles; revisions stand at one address and are not compared."""


@dataclass(frozen=True)
class Pair:
    """Two articles, and how a person labelled them."""

    a: Article
    b: Article
    is_copy: bool
    language: str
    kind: str
    half: int = 0
    borderline: bool = False


def real_pairs(corpus: Path = CORPUS) -> list[Pair]:
    """Return the pairs of real articles; their half is that of their story."""
    records = _records(corpus / "real_articles.jsonl")
    articles = {record["id"]: _article(record) for record in records}
    pairs = list(_records(corpus / "real_pairs.jsonl"))
    halves = _halves([(pair["id_a"], pair["id_b"]) for pair in pairs])
    return [
        Pair(
            articles[pair["id_a"]],
            articles[pair["id_b"]],
            pair["label"] in COPIES,
            pair["lang"],
            pair["label"],
            halves[pair["id_a"]],
            "borderline" in pair["why"],
        )
        for pair in pairs
    ]


def own_pairs(corpus: Path = CORPUS) -> list[Pair]:
    """Return each base of the invented stories with each of its copies and look-alikes."""
    records = list(_records(corpus / "own_stories.jsonl"))
    bases = {record["group"]: _article(record) for record in records if record["label"] == "base"}
    return [
        Pair(
            bases[record["group"]],
            _article(record),
            record["label"] in COPIES,
            record["lang"],
            record["kind"],
        )
        for record in records
        if record["label"] in OWN_LABELS
    ]


def scores(judged: Iterable[tuple[Pair, Match]]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of "these two join a story"."""
    hits = false = missed = 0
    for pair, match in judged:
        hits += match.joins and pair.is_copy
        false += match.joins and not pair.is_copy
        missed += pair.is_copy and not match.joins
    return (
        hits / max(1, hits + false),
        hits / max(1, hits + missed),
        2 * hits / max(1, 2 * hits + false + missed),
    )


def best_border(judged: list[tuple[Pair, Match]]) -> float:
    """Return the score that divides these pairs best, of several the nearest to a half.

    The border of the code is a score of a half.
    """
    borders = (percent / 100 for percent in range(41, 80))
    return max(borders, key=lambda border: (f1_at(border, judged), -abs(border - 0.5)))


def f1_at(border: float, judged: list[tuple[Pair, Match]]) -> float:
    """Return F1 for pairs that join from a score of `border` on."""
    right = sum(pair.is_copy and match.score >= border for pair, match in judged)
    wrong = sum(pair.is_copy != (match.score >= border) for pair, match in judged)
    return 2 * right / max(1, 2 * right + wrong)


def judge(pairs: list[Pair]) -> list[tuple[Pair, Match]]:
    """Return each pair with the match that `compare` returns."""
    return [(pair, compare(pair.a, pair.b)) for pair in pairs]


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _article(record: dict[str, Any]) -> Article:
    published = record.get("published")
    return Article(
        url=record.get("url") or f"https://example.org/{record['id']}",
        outlet=record["outlet"],
        language=record["lang"],
        headline=record["headline"],
        body=record["body"],
        published=datetime.fromisoformat(published) if published else None,
    )


def _halves(joined: list[tuple[str, str]]) -> dict[str, int]:
    """Return 0 or 1 for each article, the same for all articles that pairs connect."""
    story = {article: article for pair in joined for article in pair}

    def root(article: str) -> str:
        while story[article] != article:
            article = story[article]
        return article

    for a, b in joined:
        story[root(a)] = root(b)
    return {article: hashlib.sha256(root(article).encode()).digest()[0] % 2 for article in story}


def main() -> int:
    """Print the tables; return exit status 2 where the corpus is missing, else 0."""
    if not CORPUS.is_dir():
        print(f"no labelled pairs at {CORPUS}: nothing to measure", file=sys.stderr)
        return 2
    started = time.perf_counter()
    real = judge(real_pairs())
    per_pair = (time.perf_counter() - started) / len(real) * 1000
    first, second = ([judged for judged in real if judged[0].half == half] for half in (0, 1))
    print(f"{'real pairs':28} {'pairs':>5} {'P':>6} {'R':>6} {'F1':>6}")
    for name, part in {
        "all": real,
        "without borderline": [judged for judged in real if not judged[0].borderline],
        "first half of the stories": first,
        "second half": second,
        "Arabic": [judged for judged in real if judged[0].language == "ar"],
        "Urdu": [judged for judged in real if judged[0].language == "ur"],
    }.items():
        print(f"{name:28} {len(part):5} " + " ".join(f"{score:6.3f}" for score in scores(part)))
    for name, chosen_on, confirmed_on in (("first", first, second), ("second", second, first)):
        border = best_border(chosen_on)
        here, there = f1_at(border, chosen_on), f1_at(border, confirmed_on)
        print(f"border chosen on the {name} half: score {border:.2f}, ", end="")
        print(f"F1 {here:.3f} there, {there:.3f} on the other")
    by_kind: dict[tuple[bool, str], list[bool]] = defaultdict(list)
    for pair, match in judge(own_pairs()):
        for kind in ("all", pair.kind):
            by_kind[not pair.is_copy, kind].append(match.joins == pair.is_copy)
    print(f"\n{'own stories: right answers':34} {'of':>5} {'share':>6}")
    for (apart, kind), right in sorted(by_kind.items()):
        name = f"apart: {kind}" if apart else f"joined: {kind}"
        print(f"{name:34} {len(right):5} {sum(right) / len(right):6.1%}")
    print(f"\n{per_pair:.2f} ms per comparison, reading included")
    return 0


if __name__ == "__main__":
    sys.exit(main())

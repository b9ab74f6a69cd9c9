"""Measures how well copies are found, and what that costs as the collection grows.

    python benchmarks/dedup.py [--sizes 10000,100000] [--stores sqlite,mongodb] [--per-day 3000]

1. Quality and speed on labelled stories (../shared/corpus/dedup, left out where it is not there)
   and on generated ones, beside datasketch's MinHashLSH in memory (word 3-grams, 128 permutations,
   threshold 0.4), as it is usually used: what it finds is one story.
2. Each store is filled to each size with generated articles: 70 % stories of their own, 20 % copies
   (whole, cut, with a tail) of a story of the last day, 10 % filled-in forms of 40 kinds. Before
   each size is reached 1,000 articles are saved one by one: their median and 99th percentile, and
   of our own time (this process's CPU, so without the disk and the server) the same; then 1,000
   with 16 at once, as a crawl saves them: our own time an article. Bytes of the story index per
   article; peak memory of the process.

Everything is generated from a seed: words of no language, drawn as often as words of a language
are.
"""

import argparse
import asyncio
import json
import random
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.items import Article  # noqa: E402
from crawler.storage import Store, open_store  # noqa: E402
from crawler.text import fold_words  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus" / "dedup" / "own_stories.jsonl"
LETTERS = "ابتثجحخدذرزسشصضطعغفقكلمنهوي"
START = datetime(2026, 1, 1, tzinfo=UTC)
GENERATED = 5_000  # articles on which both methods are compared
MEASURED = 1_000  # articles that are saved one by one at each size
AT_ONCE = 16  # saves
BATCH = 100  # articles


@dataclass(frozen=True)
class Labelled:
    """An article, and the name of the story that it truly tells."""

    article: Article
    story: str


def generated(per_day: int, seed: int = 1) -> Iterator[Labelled]:
    """Yield articles without end, `per_day` of them a day."""
    chance = random.Random(seed)
    vocabulary = ["".join(chance.choices(LETTERS, k=chance.randint(2, 8))) for _ in range(30_000)]
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))

    def text(words: int) -> list[str]:
        return chance.choices(vocabulary, cum_weights=weights, k=words)

    forms = [text(chance.randint(60, 160)) for _ in range(40)]
    recent: list[tuple[str, list[str]]] = []
    number = 0
    while True:
        kind = chance.random()
        story = f"s{number}"
        if kind < 0.2 and recent:
            story, words = chance.choice(recent)
            words = list(words)
            if chance.random() < 0.5:
                words = words[: int(len(words) * chance.uniform(0.5, 1))]
            words += text(chance.choice((0, 0, 12)))
        elif kind < 0.3:
            words = list(chance.choice(forms))
            for at in chance.sample(range(len(words)), len(words) // 6):
                words[at] = str(chance.randint(2, 9_999))
        else:
            words = text(chance.randint(120, 350))
            recent.append((story, words))
            del recent[:-per_day]
        yield Labelled(_article(number, words, per_day, text(8)), story)
        number += 1


def _article(number: int, words: list[str], per_day: int, headline: list[str]) -> Article:
    paragraphs = [" ".join(words[at : at + 40]) + "." for at in range(0, len(words), 40)]
    published = START + timedelta(days=number / per_day)
    outlet = f"outlet{number % 140}"
    return Article(
        url=f"https://{outlet}.example/{number}",
        outlet=outlet,
        language="ar",
        headline=" ".join(headline),
        body="\n\n".join(paragraphs),
        published=published,
        fetched_at=published,
    )


def corpus() -> list[tuple[Labelled, str]]:
    """Return our own stories with their labels, revisions left out."""
    labelled = []
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["label"] in ("revision", "unchanged"):
            continue
        published = datetime.fromisoformat(record["published"])
        article = Article(
            url=record["url"],
            outlet=record["outlet"],
            language=record["lang"],
            headline=record["headline"],
            body=record["body"],
            published=published,
            fetched_at=published,
        )
        labelled.append((Labelled(article, record["group"]), record["label"]))
    return labelled


async def khabar_stories(articles: list[Article]) -> tuple[list[str], float]:
    """Return the story of each article in the SQLite store, and milliseconds an article."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_store(f"sqlite:///{folder}/khabar.db") as store:
            began = time.perf_counter()
            saved = []
            for start in range(0, len(articles), BATCH):
                saved += await store.save_many(articles[start : start + BATCH])
            spent = (time.perf_counter() - began) * 1000 / len(articles)
            stories = {stored.id: stored.story_id async for stored in store.articles()}
    return [stories[result.article_id] for result in saved], spent


def lsh_stories(articles: list[Article]) -> tuple[list[str], float]:
    """Return the connected component of each article in a MinHashLSH, and milliseconds an
    article."""
    from datasketch import MinHash, MinHashLSH

    began = time.perf_counter()
    lsh = MinHashLSH(threshold=0.4, num_perm=128)
    parent = list(range(len(articles)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for number, article in enumerate(articles):
        words = fold_words(article.body or "").split()
        grams = {" ".join(words[at : at + 3]).encode() for at in range(max(1, len(words) - 2))}
        sketch = MinHash(num_perm=128)
        sketch.update_batch(grams)
        for other in lsh.query(sketch):
            parent[root(other)] = root(number)
        lsh.insert(number, sketch)
    spent = (time.perf_counter() - began) * 1000 / len(articles)
    return [str(root(number)) for number in range(len(articles))], spent


def quality_on_corpus(stories: list[str], labelled: list[tuple[Labelled, str]]) -> str:
    """Say the share of copies that stand with their base, and of other articles that do not."""
    bases = {
        article.story: story
        for (article, label), story in zip(labelled, stories, strict=True)
        if label == "base"
    }
    right: Counter[bool] = Counter()
    all_: Counter[bool] = Counter()
    for (article, label), story in zip(labelled, stories, strict=True):
        if label != "base":
            is_copy = label == "copy"
            all_[is_copy] += 1
            right[is_copy] += (story == bases[article.story]) == is_copy
    joined, apart = right[True] / all_[True], right[False] / all_[False]
    return f"copies joined {joined:.1%}, others apart {apart:.1%}"


def quality_on_generated(stories: list[str], labelled: list[Labelled]) -> str:
    """Say the share of copies that stand with the first article of their story, and of stories
    without strangers."""
    first: dict[str, str] = {}
    truths: dict[str, set[str]] = {}
    copies = joined = 0
    for article, story in zip(labelled, stories, strict=True):
        truths.setdefault(story, set()).add(article.story)
        if article.story in first:
            copies += 1
            joined += first[article.story] == story
        else:
            first[article.story] = story
    pure = sum(len(told) == 1 for told in truths.values()) / len(truths)
    return f"copies joined {joined / copies:.1%}, stories without strangers {pure:.2%}"


def compare_methods(per_day: int) -> None:
    """Print quality and speed of both methods on the same articles."""
    if CORPUS.exists():
        own = corpus()
        articles = [labelled.article for labelled, _ in own]
        _compare("own stories", articles, lambda stories: quality_on_corpus(stories, own))
    made = list(islice(generated(per_day), GENERATED))
    articles = [labelled.article for labelled in made]
    _compare("generated", articles, lambda stories: quality_on_generated(stories, made))


def _compare(name: str, articles: list[Article], quality: Callable[[list[str]], str]) -> None:
    stories, spent = asyncio.run(khabar_stories(articles))
    _print_quality(name, "khabar (sqlite)", len(articles), spent, quality(stories))
    stories, spent = lsh_stories(articles)
    _print_quality(name, "MinHashLSH", len(articles), spent, quality(stories))


def _print_quality(name: str, method: str, count: int, spent: float, quality: str) -> None:
    print(f"{name:12} {count:6}  {method:15}  {spent:6.2f} ms/article  {quality}", flush=True)


async def fill(uri: str, sizes: list[int], per_day: int) -> None:
    """Fill a store to each size in turn, and print what saving costs there."""
    kind = uri.partition(":")[0]
    articles = (one.article for one in generated(per_day))
    async with open_store(uri) as store:
        reached = 0
        for size in sizes:
            began = time.perf_counter()
            while reached < size - 2 * MEASURED:
                batch = list(islice(articles, BATCH))
                await store.save_many(batch)
                reached += len(batch)
            wall, own = await _measured(store, list(islice(articles, MEASURED)))
            at_once = await _measured_at_once(store, list(islice(articles, MEASURED)))
            reached += 2 * MEASURED
            index = _index_bytes(uri) / size
            seconds = time.perf_counter() - began
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{kind:8} {size:9,}  save {statistics.median(wall):6.2f} ms median"
                f" {_percentile_99(wall):7.2f} p99  own CPU {statistics.median(own):5.2f} ms median"
                f" {_percentile_99(own):6.2f} p99, {AT_ONCE} at once {at_once:5.2f}"
                f"  index {index:6,.0f} bytes/article  peak {peak:5.0f} MB  ({seconds:.0f} s)",
                flush=True,
            )


def _percentile_99(values: Sequence[float]) -> float:
    return sorted(values)[len(values) * 99 // 100]


async def _measured(store: Store, articles: Iterable[Article]) -> tuple[list[float], list[float]]:
    """Save articles one by one; return the milliseconds of each, and of this process's CPU."""
    wall, own = [], []
    for article in articles:
        began, cpu = time.perf_counter(), time.process_time()
        await store.save(article)
        wall.append((time.perf_counter() - began) * 1000)
        own.append((time.process_time() - cpu) * 1000)
    return wall, own


async def _measured_at_once(store: Store, articles: Iterable[Article]) -> float:
    """Save articles, `AT_ONCE` at a time; return milliseconds of this process's CPU an article."""
    waiting = list(articles)[::-1]
    number, cpu = len(waiting), time.process_time()

    async def save() -> None:
        while waiting:
            await store.save(waiting.pop())

    await asyncio.gather(*(save() for _ in range(AT_ONCE)))
    return (time.process_time() - cpu) * 1000 / number


def _index_bytes(uri: str) -> int:
    """Return the bytes of the story index: postings, links and stop keys."""
    if uri.startswith("sqlite"):
        with sqlite3.connect(uri.removeprefix("sqlite:///")) as connection:
            query = (
                "SELECT sum(pgsize) FROM dbstat"
                " WHERE name = 'entries' OR name LIKE '%links%' OR name = 'stopped'"
            )
            (size,) = connection.execute(query).fetchone()
        connection.close()
        return int(size)
    from pymongo import MongoClient

    with MongoClient[dict[str, Any]](uri) as client:
        database = client.get_default_database()
        return sum(
            int(database.command("collStats", name)["totalSize"])
            for name in ("entries", "links", "stopped")
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--sizes", default="10000,100000", help="articles, comma-separated, ascending"
    )
    parser.add_argument("--stores", default="sqlite,mongodb")
    parser.add_argument(
        "--per-day", type=int, default=3_000, help="articles a day over all outlets"
    )
    parser.add_argument("--no-quality", action="store_true", help="leave out the first part")
    given = parser.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    if not given.no_quality:
        compare_methods(given.per_day)
    for kind in given.stores.split(","):
        if kind == "sqlite":
            with tempfile.TemporaryDirectory() as folder:
                asyncio.run(fill(f"sqlite:///{folder}/khabar.db", sizes, given.per_day))
        else:
            from tests.mongod import new_mongod, with_database

            server = new_mongod()
            try:
                asyncio.run(fill(with_database(server.uri, "khabar_bench"), sizes, given.per_day))
            finally:
                server.stop()


if __name__ == "__main__":
    main()

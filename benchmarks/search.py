"""Measures what searches find, and what they cost.

    python benchmarks/search.py [--texts FILE] [--size 100000] [--stores sqlite,mongodb]

1. The judged words of tests/search/judged.py over real texts: ../shared/corpus (left out where it
   is not there) and the articles of --texts, JSON lines with `lang`, `headline` and `body`. Recall:
   of the articles that hold the word or a judged form of it, the share that is found, without
   expansion and with it, and where each judged form is typed in the word's place. Precision: of the
   articles found, the share that holds a form which a reader judges to be the word's; every form
   found in the corpora of RESULTS.md was read. The texts' words are the vocabulary. Then what it
   takes to expand the words and their forms, each a query by itself, without asking a store.
2. Each store is filled with generated articles: words of no language, drawn as often as words of a
   language are, with proclitics and endings, and the judged words among them. Then each judged word
   is searched, newest 20: alone in quotes (one token), in all forms, two words, a phrase, by
   relevance. Median and 99th percentile; bytes of the index of words an article.
"""

import argparse
import asyncio
import gc
import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice, pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from pymongo import AsyncMongoClient, MongoClient  # noqa: E402

from crawler.items import Article  # noqa: E402
from crawler.search import (  # noqa: E402
    Word,
    evidence,
    expand,
    forms_of,
    parse_query,
    wanted_words,
    with_evidence,
    words_of,
)
from crawler.search.forms import evidence_of  # noqa: E402
from crawler.storage import Store, open_store  # noqa: E402
from crawler.storage.codec import to_milliseconds  # noqa: E402
from crawler.storage.incoming import prepare  # noqa: E402
from crawler.storage.mongo import word_index as mongo_words  # noqa: E402
from crawler.storage.mongo.documents import new_article_to_document  # noqa: E402
from crawler.storage.sqlite import word_index as sqlite_words  # noqa: E402
from crawler.storage.sqlite.rows import (  # noqa: E402
    CURRENT_COLUMNS,
    LISTED_COLUMNS,
    SIGNATURE_COLUMNS,
    current_to_row,
    signature_to_row,
)
from crawler.storage.sqlite.schema import connect  # noqa: E402
from crawler.stories.signature import Signature  # noqa: E402
from tests.search.judged import ARABIC, URDU, Judged  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus"
LETTERS = "ابتثجحخدذرزسشصضطعغفقكلمنهوي"
START = datetime(2026, 1, 1, tzinfo=UTC)
STEMS = 40_000  # words of no language
WORDS = 240  # of a text, about 180 distinct
HEADLINE = 9  # words
FIRST_RANK, BETWEEN_RANKS = 60, 20  # where the judged words stand among the others
NO_TEXT = Signature(None, (), 0, 0, 0, 1)
BATCH = 500  # articles
ROUNDS = 3  # searches of each word, and expansions, of which the fastest counts

# Found in the corpora of RESULTS.md, but another word's.
WRONG = {"مدرسة": {"المدرسات"}}


@dataclass(frozen=True)
class Text:
    """The distinct words of a text, and its language."""

    language: str
    words: frozenset[str]


def texts(extra: Path | None) -> Iterator[Text]:
    """Yield the texts of the corpora that are there."""
    for path in (CORPUS / "dedup" / "real_articles.jsonl", extra):
        if path is not None and path.exists():
            for line in path.open(encoding="utf-8"):
                row = json.loads(line)
                yield _text(row["lang"], row)
    links = CORPUS / "links" / "dev_links.jsonl"
    if links.exists():
        for line in links.open(encoding="utf-8"):
            row = json.loads(line)
            for language in ("ar", "ur"):
                yield _text(language, row[language])


def _text(language: str, row: dict[str, str | None]) -> Text:
    printed = f"{row['headline'] or ''}\n{row['body'] or ''}"
    return Text(language, frozenset(words_of(printed)))


def measure_forms(given: Sequence[Text]) -> None:
    """Print recall and precision of the judged words in real texts, and what expansion takes."""
    gc.freeze()  # the texts are no part of a store's process
    for language, lists in (("ar", ARABIC), ("ur", URDU)):
        words = [text.words for text in given if text.language == language]
        vocabulary = frozenset().union(*words)
        kinds: dict[str, list[float]] = {}
        for judged in lists:
            for kind, share in _shares(judged, language, words, vocabulary):
                kinds.setdefault(kind, []).append(share)
        print(f"{language}: {len(words)} texts, {len(lists)} words")
        for kind, shares in kinds.items():
            print(
                f"    {kind:22} mean {statistics.mean(shares):.3f}  worst {min(shares):.3f}"
                f"  of {len(shares)} words"
            )
        taken = [
            min(_time_of_expansion(typed, vocabulary) for _ in range(ROUNDS))
            for judged in lists
            for typed in (judged.word, *judged.clitic, *judged.inflected)
        ]
        slow = statistics.quantiles(taken, n=100)[-1]
        print(f"    expansion, ms: median {statistics.median(taken):.2f}, 99th {slow:.2f}")


def _time_of_expansion(typed: str, vocabulary: frozenset[str]) -> float:
    """Return the milliseconds that the words of a query take before a store's index is asked."""
    query = parse_query(typed)
    known = evidence(query) & vocabulary
    forms_of.cache_clear()
    begin = time.perf_counter()
    evidence_of.cache_clear()
    told = with_evidence(query, evidence(query) & known)
    wanted = wanted_words(told)
    told_in = time.perf_counter() - begin
    stored = wanted & vocabulary
    begin = time.perf_counter()
    expand(told, stored, {})
    return (told_in + time.perf_counter() - begin) * 1000


def _forms(typed: str, language: str, vocabulary: frozenset[str]) -> frozenset[str]:
    """Return the forms of a typed word that a store with a vocabulary asks for."""
    (folded,) = words_of(typed)
    word = Word(folded, typed)
    word = replace(word, known=evidence_of(word) & vocabulary)
    return forms_of(word, language)


def _shares(
    judged: Judged, language: str, words: Sequence[frozenset[str]], vocabulary: frozenset[str]
) -> Iterator[tuple[str, float]]:
    (own,) = words_of(judged.word)
    expanded = _forms(judged.word, language, vocabulary)
    clitic = {own, *_folded(judged.clitic)}
    inflected = clitic | _folded(judged.inflected)
    wrong = _folded(judged.others) | _folded(WRONG.get(judged.word, ()))
    for name, wanted in (("clitic", clitic), ("inflected", inflected)):
        holding = [text for text in words if text & wanted]
        if holding:
            yield f"{name}, exact word", sum(own in text for text in holding) / len(holding)
            found = sum(bool(text & expanded) for text in holding)
            yield f"{name}, all forms", found / len(holding)
    holding = [text for text in words if text & inflected]
    for kind in ("clitic", "inflected"):
        for typed in getattr(judged, kind):
            asked = _forms(typed, language, vocabulary)
            if holding and not vocabulary.isdisjoint(_folded([typed])):
                found = sum(bool(text & asked) for text in holding)
                yield f"{kind} form typed", found / len(holding)
    found_texts = [text for text in words if text & expanded]
    if found_texts:
        right = sum(bool(text & (expanded - wrong)) for text in found_texts)
        yield "precision", right / len(found_texts)


def _folded(printed: Iterable[str]) -> set[str]:
    return {word for each in printed for word in words_of(each)}


def generated(seed: int = 1) -> Iterator[Article]:
    """Yield articles without end, one a minute, one in six of them in Urdu."""
    chance = random.Random(seed)
    stems = ["".join(chance.choices(LETTERS, k=chance.randint(3, 6))) for _ in range(STEMS)]
    by_language: dict[str, list[str]] = {}
    for language, lists in (("ar", ARABIC), ("ur", URDU)):
        ranked = list(stems)
        for number, judged in enumerate(lists):
            ranked[FIRST_RANK + BETWEEN_RANKS * number] = judged.word
        by_language[language] = ranked
    weights = list(accumulate(1 / (rank + 3) for rank in range(STEMS)))
    number = 0
    while True:
        number += 1
        language = "ur" if number % 6 == 0 else "ar"
        drawn = chance.choices(by_language[language], cum_weights=weights, k=WORDS + HEADLINE)
        printed = [_printed(word, language, chance) for word in drawn]
        yield Article(
            url=f"https://o{number % 40}.example/{number}",
            outlet=f"o{number % 40}",
            language=language,
            headline=" ".join(printed[:HEADLINE]),
            body=" ".join(printed[HEADLINE:]),
            published=START + timedelta(minutes=number),
            fetched_at=START + timedelta(minutes=number + 5),
        )


def _printed(word: str, language: str, chance: random.Random) -> str:
    """Return a word as a text prints it: as it is, with proclitics, or with an ending."""
    if language == "ar":
        before = chance.choices(("", "ال", "و", "وال", "ب", "بال", "ل"), (40, 30, 8, 6, 6, 5, 5))
        behind = chance.choices(("", "ه", "ها", "ين", "ات"), (80, 7, 5, 4, 4))
        return f"{before[0]}{word}{behind[0]}"
    return word + chance.choices(("", "وں", "یں"), (80, 12, 8))[0]


async def measure_searches(uri: str, size: int) -> None:
    """Fill a store and print what searches in it cost."""
    kind = uri.partition(":")[0]
    async with open_store(uri):
        pass
    began = time.perf_counter()
    fill = _fill_sqlite if kind == "sqlite" else _fill_mongo
    await fill(uri, islice(generated(), size))
    print(f"{kind} {size:,} articles, {time.perf_counter() - began:.0f} s to fill", flush=True)
    async with open_store(uri) as store:
        await _print_searches(store)
    index, vocabulary = _bytes(uri)
    print(
        f"    bytes/article: index of words {index / size:,.0f},"
        f" vocabulary {vocabulary / size:,.0f}",
        flush=True,
    )


# The articles are no copies of each other: they are written without looking for any, as new ones
# that print no text to compare.


async def _fill_sqlite(uri: str, articles: Iterable[Article]) -> None:
    connection = connect(Path(uri.removeprefix("sqlite:///")), 10.0)
    connection.execute("PRAGMA synchronous = OFF")
    columns = f"{CURRENT_COLUMNS}, {LISTED_COLUMNS}, {SIGNATURE_COLUMNS}"
    for batch in _batches(articles):
        connection.execute("BEGIN")
        for incoming in map(prepare, batch):
            current = incoming.as_first
            row = (
                *(incoming.id, incoming.article.canonical_url, incoming.id),
                to_milliseconds(current.time),
                *current_to_row(current),
                *signature_to_row(NO_TEXT),
            )
            marks = ", ".join("?" * len(row))
            number = connection.execute(
                f"INSERT INTO articles (id, canonical_url, story_id, story_time, {columns})"
                f" VALUES ({marks})",
                row,
            ).lastrowid
            assert number is not None
            sqlite_words.write_words(connection, number, incoming.article)
        connection.execute("COMMIT")
    connection.close()


async def _fill_mongo(uri: str, articles: Iterable[Article]) -> None:
    async with AsyncMongoClient[dict[str, Any]](uri, tz_aware=True) as client:
        database = client.get_default_database()
        for batch in _batches(articles):
            await mongo_words.add_to_vocabulary(database, batch)
            documents = [new_article_to_document(prepare(each), NO_TEXT, "") for each in batch]
            for document in documents:
                del document["pending"]
            await database["articles"].insert_many(documents)


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    remaining = iter(articles)
    while batch := list(islice(remaining, BATCH)):
        yield batch


async def _print_searches(store: Store) -> None:
    words = [judged.word for judged in (*ARABIC, *URDU)]
    pairs = [*pairwise(words)]
    queries = {
        "one token": [{"query": f'"{word}"'} for word in words],
        "all forms": [{"query": word} for word in words],
        "forms, by relevance": [{"query": word, "order": "relevance"} for word in words],
        "two words": [{"query": f"{one} {other}"} for one, other in pairs],
        "a word without another": [{"query": f"{one} -{other}"} for one, other in pairs],
        "phrase": [{"query": f'"{one} {other}"'} for one, other in pairs],
        "prefix": [{"query": f"{word[:3]}*"} for word in words],
    }
    for name, asked in queries.items():
        spent = [await _search(store, filters) for _ in range(ROUNDS) for filters in asked]
        print(
            f"    {name:24} median {statistics.median(spent):7.2f} ms"
            f"  99th {sorted(spent)[len(spent) * 99 // 100]:7.2f} ms",
            flush=True,
        )


async def _search(store: Store, filters: dict[str, Any]) -> float:
    """Return how many milliseconds the newest 20 stories of a search take."""
    began = time.perf_counter()
    async for _ in store.stories(**filters, limit=20):
        pass
    return (time.perf_counter() - began) * 1000


def _bytes(uri: str) -> tuple[int, int]:
    """Return the bytes of the index of words, and of the vocabulary."""
    if uri.startswith("sqlite"):
        with sqlite3.connect(uri.removeprefix("sqlite:///")) as connection:
            query = (
                "SELECT sum(pgsize) FILTER (WHERE name LIKE 'words%' OR name = 'foldings'),"
                " sum(pgsize) FILTER (WHERE name = 'vocabulary') FROM dbstat"
            )
            index, vocabulary = connection.execute(query).fetchone()
        connection.close()
        return index, vocabulary
    with MongoClient[dict[str, Any]](uri) as client:
        database = client.get_default_database()
        stats = database.command("collStats", "articles", indexDetails=True)
        name = "words_1_story_time_-1"
        # Blocks that changed pages have left free are written again.
        free = stats["indexDetails"][name]["block-manager"]["file bytes available for reuse"]
        vocabulary = database.command("collStats", "vocabulary")["totalSize"]
        return int(stats["indexSizes"][name]) - int(free), int(vocabulary)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=Path, help="more real articles, JSON lines")
    parser.add_argument("--size", type=int, default=100_000, help="generated articles")
    parser.add_argument("--stores", default="sqlite,mongodb", help="comma-separated; empty: none")
    parser.add_argument("--no-forms", action="store_true", help="leave out the first part")
    given = parser.parse_args()
    if not given.no_forms:
        measure_forms(list(texts(given.texts)))
    for kind in filter(None, given.stores.split(",")):
        if kind == "sqlite":
            with tempfile.TemporaryDirectory() as folder:
                asyncio.run(measure_searches(f"sqlite:///{folder}/khabar.db", given.size))
        else:
            from tests.mongod import new_mongod, with_database

            server = new_mongod()
            try:
                uri = with_database(server.uri, "khabar_bench")
                asyncio.run(measure_searches(uri, given.size))
            finally:
                server.stop()


if __name__ == "__main__":
    main()

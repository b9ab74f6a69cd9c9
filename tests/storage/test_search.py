"""The contract of search, on both stores: each must find what `crawler.search.matches` finds."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from pymongo import MongoClient

from crawler.items import Article
from crawler.search import (
    ArticleWords,
    Columns,
    Field,
    QueryError,
    columns_of,
    matches,
    parse_query,
    words_of,
)
from crawler.storage import Hit, Store, StoreError, Story
from crawler.storage.mongo import word_index as mongo_words
from crawler.storage.sqlite import word_index as sqlite_words
from tests.storage.older import Interrupted, make_older, refuse_second_call
from tests.storage.samples import HOUR, NOON, REUTERS, SyncStore, article
from tests.storage.test_queries import pages

PORT = "أعلنت الشركة توسيع الموانئ بنسبة 3.1 في المئة هذا العام"
MATCH = "فاز الفريق في كأس العالم ثم خسر كأس آسيا"
ARTICLES = (
    article(
        "a/port",
        PORT,
        headline="توسيع ميناء المدينة",
        published=NOON - 5 * HOUR,
        place="جدة",
        dateline="جدة - رويترز",
        sources=(REUTERS,),
    ),
    article("b/port", PORT, headline="خبر الميناء", published=NOON - 4 * HOUR),
    article("a/match", MATCH, headline="العالم والكأس", published=NOON - 3 * HOUR),
    article(
        "u/port",
        "بندرگاہوں پر حملے ہوئے، کتابیں جل گئیں",
        headline="بندرگاہ",
        language="ur",
        published=NOON - 2 * HOUR,
    ),
    article("a/book", "والكتاب عن المدينة والميناء", headline="كتاب", published=NOON - HOUR),
    article("o/book", "والكتاب", headline="کتابیں", language=None, published=NOON),
)


@pytest.fixture
def filled(store: SyncStore) -> SyncStore:
    """Five stories: "a/port" and "b/port" are copies of one."""
    store.save(*ARTICLES)
    return store


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("شركة", ["b/port", "a/port"]),
        ("ميناء", ["a/book", "b/port", "a/port"]),
        ("مدينة كتاب", ["a/book"]),
        ("مدينة | كأس", ["a/book", "a/match", "a/port"]),
        ("ميناء -كتاب", ["b/port", "a/port"]),
        ('ميناء -"كتاب"', ["b/port", "a/port"]),
        ('"كأس العالم"', ["a/match"]),
        ('"العالم كأس"', []),
        ('"العالم والكأس"', ["a/match"]),
        ('"شركة"', []),
        ("in:headline كأس", ["a/match"]),
        ("in:headline شركة", []),
        ("in:headline (شركة | ميناء)", ["b/port", "a/port"]),
        ("ميناء -(in:headline ميناء)", ["a/book"]),
        ("المو*", ["b/port", "a/port"]),
        ("3.1", ["b/port", "a/port"]),
        ("1", []),
        ("رويترز", ["a/port"]),
        ("حملہ", ["u/port"]),
        ("حملوں", ["u/port"]),
        ("بندرگاہو", ["u/port"]),
        ("وبالشركة", ["b/port", "a/port"]),
        ("بموانئ", ["a/book", "b/port", "a/port"]),
        ("-وميناء (in:headline مدينة)", []),
        ("in:headline بكأس", ["a/match"]),
        ("كتاب", ["a/book", "u/port"]),
        ("کتابیں", ["o/book", "u/port"]),
        ("کتابیں language:ur", ["u/port"]),
        ('"والكتاب"', ["o/book", "a/book"]),
        ("ميناء outlet:a", ["a/book", "a/port"]),
        ("ميناء -outlet:a", ["b/port"]),
        ("ميناء place:جده", ["a/port"]),
        ("ميناء -place:جدة", ["a/book", "b/port"]),
        ("source:رويترز", ["a/port"]),
        ("source:Reuters", ["a/port"]),
        ("outlet:b | كأس", ["a/match", "b/port"]),
        ("outlet:b | -source:reuters كأس", ["a/match", "b/port"]),
        ("language:ur", ["u/port"]),
        ("outlet:a -ميناء", ["a/match"]),
        ('outlet:a -"والكتاب عن"', ["a/match", "a/port"]),
        ("outlet:a -(ميناء outlet:a) -كأس", []),
        ("in:headline (كتاب outlet:a | كأس)", ["a/book", "a/match"]),
    ],
)
def test_a_query_finds(filled: SyncStore, query: str, found: list[str]) -> None:
    assert pages(filled.articles(query=query)) == found


def test_both_stores_find_what_the_library_finds(filled: SyncStore) -> None:
    chance = Random(16)
    words = [
        "ميناء",
        "كأس",
        "کتابیں",
        '"كأس العالم"',
        "مدين*",
        "outlet:a",
        "source:reuters",
        "حملہ",
    ]
    queries = 0
    while queries < 40:
        parts = chance.choices(words, k=chance.randint(2, 4))
        parts = [chance.choice(["", "", "-", "in:headline "]) + part for part in parts]
        query = chance.choice([" ", " | "]).join(f"({part})" for part in parts if part)
        query = query.replace("(-", "-(")
        try:
            node = parse_query(query)
        except QueryError:
            continue
        queries += 1
        expected = {given.url for given in ARTICLES if _meets(node, given)}
        assert {stored.article.url for stored in filled.articles(query=query)} == expected, query


def _meets(node: Any, given: Article) -> bool:
    def has_field(field: Field) -> bool:
        own = {
            "outlet": given.outlet,
            "source": "reuters" if given.sources else None,
        }
        return own[field.name] == field.value

    return matches(node, ArticleWords(columns_of(given), given.language), has_field)


def hits(store: SyncStore, **filters: Any) -> list[Hit[Story]]:
    async def listed(opened: Store) -> list[Hit[Story]]:
        return [hit async for hit in opened.search(**filters)]

    return store.run(listed)


def test_by_relevance_those_come_first_whose_headlines_have_all_words(filled: SyncStore) -> None:
    assert pages(filled.stories(query="ميناء")) == ["a/book", "a/port"]
    by_relevance = hits(filled, query="ميناء", order="relevance")
    assert pages([hit.item for hit in by_relevance]) == ["a/port", "a/book"]
    assert [hit.cursor.partition(":")[0] for hit in by_relevance] == ["headline", "text"]
    assert pages(filled.stories(query="ميناء مدينة", order="relevance")) == ["a/port", "a/book"]
    assert pages(filled.stories(query="outlet:a", order="relevance")) == pages(
        filled.stories(query="outlet:a")
    )


def test_a_list_by_relevance_goes_on_behind_each_of_its_cursors(store: SyncStore) -> None:
    store.save(
        *(
            article(
                f"o{number}",
                f"الميناء {number} نص" * 3,
                headline="الميناء" if number % 3 else "خبر آخر",
                published=NOON - (number // 2) * HOUR,
            )
            for number in range(9)
        )
    )
    whole = hits(store, query="ميناء", order="relevance")
    assert len(whole) == 9
    for number, hit in enumerate(whole):
        rest = hits(store, query="ميناء", order="relevance", after=hit.cursor, limit=3)
        assert rest == whole[number + 1 : number + 4]


@pytest.mark.parametrize("after", ["0" * 32, "first:0", "headline:0", "text:"])
def test_a_cursor_of_another_list_is_an_error(filled: SyncStore, after: str) -> None:
    with pytest.raises(ValueError, match="after"):
        filled.stories(query="ميناء", order="relevance", after=after)


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"query": "(ميناء"}, "bracket"),
        ({"query": "ا" * 10_000}, "10000 characters"),
        ({"query": "\u202e"}, "no word"),
        ({"query": "ميناء", "order": "size"}, "order"),
        ({"text": " ".join(map(str, range(40)))}, "40 words"),
    ],
)
def test_bad_input_is_a_clear_error(store: SyncStore, filters: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        store.stories(**filters)


def test_too_many_forms_are_an_error(store: SyncStore) -> None:
    body = " ".join(f"xx{number}" for number in range(2_001))
    store.save(article("a", body), article("b", "yy1 yy2"))
    with pytest.raises(ValueError, match="more than 2000 words"):
        store.stories(query="xx*")
    assert len(store.stories(query="yy*")) == 1
    assert len(store.stories(query="xx1*")) == 1


def test_a_changed_article_is_found_by_its_present_words_alone(store: SyncStore) -> None:
    first = article("a/1", PORT, headline="ميناء")
    store.save(first, replace(first, body=MATCH, headline="كأس", fetched_at=NOON + HOUR))
    assert [len(store.articles(query=query)) for query in ("ميناء", "شركة", "كأس")] == [0, 0, 1]


def test_words_are_removed_as_they_were_folded(
    sqlite_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SyncStore(sqlite_uri)
    first = article("a", "ميناء", headline=None)
    older = Columns("", "قديم")
    with monkeypatch.context() as patched:
        patched.setattr(sqlite_words, "columns_of", lambda article: older)
        patched.setattr(sqlite_words, "FOLDING", 0)
        store.save(first)
    monkeypatch.setattr(
        sqlite_words,
        "columns_of",
        lambda article, folding=1: older if folding == 0 else columns_of(article, folding),
    )
    assert [len(store.articles(query=query)) for query in ("قديم", "ميناء")] == [1, 0]
    store.save(replace(first, body="كأس", fetched_at=NOON + HOUR))
    assert [len(store.articles(query=query)) for query in ("قديم", "كأس")] == [0, 1]


def test_words_that_a_newer_program_folded_are_left_alone(sqlite_uri: str) -> None:
    store = SyncStore(sqlite_uri)
    first = article("a", "ميناء")
    store.save(first)
    with closing(sqlite3.connect(sqlite_uri.removeprefix("sqlite:///"))) as connection:
        connection.execute("UPDATE foldings SET version = 99")
        connection.commit()
    with pytest.raises(StoreError, match="folding 99"):
        store.save(replace(first, body="كأس", fetched_at=NOON + HOUR))
    assert len(store.articles(query="ميناء")) == 1


def test_two_words_of_one_hash_are_told_apart(
    mongodb_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SyncStore(mongodb_uri)
    monkeypatch.setattr(mongo_words, "word_hash", lambda word, in_headline=False: 7)
    store.save(article("a", "ميناء", headline=None), article("b", "كأس", headline=None))
    assert pages(store.articles(query="ميناء")) == ["a/news"]
    assert pages(store.articles(query='"كأس" -ميناء')) == ["b/news"]


def test_a_store_of_schema_4_is_searched_after_one_upgrade(filled: SyncStore) -> None:
    before = filled.articles()
    make_older(filled, 4)
    assert filled.articles() == before
    assert pages(filled.articles(query="ميناء")) == ["a/book", "b/port", "a/port"]
    assert pages(filled.articles(query='"كأس العالم"')) == ["a/match"]
    filled.save(replace(ARTICLES[0], body="آخر", headline="آخر", fetched_at=NOON + HOUR))
    assert pages(filled.articles(query="ميناء")) == ["a/book", "b/port"]


def test_an_upgrade_of_words_that_is_interrupted_is_resumed(
    filled: SyncStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_older(filled, 4)
    with monkeypatch.context() as patched:
        patched.setattr("crawler.storage.sqlite.upgrade._BATCH", 2)
        patched.setattr("crawler.storage.mongo.upgrade._BATCH", 2)
        for module, name in (
            (sqlite_words, "write_words"),
            (mongo_words, "add_to_vocabulary"),
        ):
            patched.setattr(module, name, refuse_second_call(getattr(module, name)))
        with pytest.raises(Interrupted):
            filled.counts()
    assert pages(filled.articles(query="ميناء")) == ["a/book", "b/port", "a/port"]
    assert pages(filled.articles(query="کتابیں")) == ["o/book", "u/port"]


def test_words_that_no_article_has_leave_the_vocabulary_with_them(store: SyncStore) -> None:
    store.save(article("a/1", "ميناء سري"), article("a/2", "ميناء آخر"))
    assert times_in_vocabulary(store, "سري") == times_in_vocabulary(store, "ميناء") == 1

    async def forgotten(opened: Store) -> None:
        (secret,) = [each async for each in opened.articles(query="سري")]
        await opened.forget(secret.id, "request")
        await opened.purge()

    store.run(forgotten)
    assert (times_in_vocabulary(store, "سري"), times_in_vocabulary(store, "ميناء")) == (0, 1)


def times_in_vocabulary(store: SyncStore, word: str) -> int:
    """Return how often `word` stands in the vocabulary of `store`."""
    folded = words_of(word)[0]
    if store.uri.startswith("sqlite"):
        with closing(sqlite3.connect(store.uri.removeprefix("sqlite:///"))) as connection:
            query = "SELECT count(*) FROM vocabulary WHERE word = ?"
            return int(connection.execute(query, (folded,)).fetchone()[0])
    with MongoClient[dict[str, Any]](store.uri) as client:
        return client.get_default_database()["vocabulary"].count_documents({"_id": folded})

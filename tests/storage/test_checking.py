"""Holding a store against its promises: each kind of fault is found and, where it can be,
repaired."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from pymongo import MongoClient

from crawler.dedup import article_id
from crawler.storage import Store
from crawler.storage.checking import Findings, check_store, repair
from crawler.storage.tallies import tally_to_json
from crawler.stories.tallies import Tally
from tests.storage.invented import copy_of
from tests.storage.samples import HOUR, NOON, SyncStore, article
from tests.storage.test_removal import DAY, HARBOUR, RAIN

WHOLE, CUT = article_id(copy_of("whole", 0).url), article_id(copy_of("cut", 0).url)
OTHER = article_id("https://a.example/1")
ABSENT = "0" * 32
DAY_OF_NOON = NOON.date().isoformat()
Database = Any


@pytest.fixture
def filled(store: SyncStore) -> SyncStore:
    store.save(
        copy_of("whole", 0),
        copy_of("cut", 0, last=5, published=NOON),
        article("a/1", RAIN),
        article("a/1", HARBOUR, fetched_at=NOON + HOUR),
        article("gone", RAIN, headline="عنوان"),
    )

    async def others(opened: Store) -> None:
        await opened.forget(article_id(article("gone").url), "a court's order")
        await opened.forget_before("old", NOON - 100 * DAY, "age")

    store.run(others)
    return store


def check(store: SyncStore) -> list[str]:
    """What is found, in words."""

    async def found(opened: Store) -> list[str]:
        findings = await check_store(opened, lambda *_: None)
        return [f"{fault.subject} {fault.problem}" for fault in findings.faults]

    return store.run(found)


def repaired(store: SyncStore) -> list[str]:
    """What is found after everything was repaired."""

    async def work(opened: Store) -> None:
        await repair(opened, await check_store(opened, lambda *_: None))

    store.run(work)
    return check(store)


def change(store: SyncStore, sql: str, mongo: Callable[[Database], object]) -> None:
    """Break a promise behind the store's back."""
    if store.uri.startswith("sqlite"):
        with closing(sqlite3.connect(store.uri.removeprefix("sqlite:///"))) as connection:
            assert connection.execute(sql).rowcount != 0
            connection.commit()
    else:
        with MongoClient[dict[str, Any]](store.uri) as client:
            mongo(client.get_default_database())


def set_article(id_: str, **fields: object) -> Callable[[Database], object]:
    return lambda database: database["articles"].update_one({"_id": id_}, {"$set": fields})


FAULTS: dict[str, tuple[str, str, Callable[[Database], object]]] = {
    "a story under the id of a later copy": (
        "whose earliest copy is",
        f"UPDATE articles SET story_id = '{CUT}' WHERE story_id = '{WHOLE}'",
        lambda database: database["articles"].update_many(
            {"story_id": WHOLE}, {"$set": {"story_id": CUT}}
        ),
    ),
    "a story that is not stored": (
        f"in story {ABSENT}",
        f"UPDATE articles SET story_id = '{ABSENT}' WHERE id = '{OTHER}'",
        set_article(OTHER, story_id=ABSENT),
    ),
    "a copy at another time": (
        "not at the time of its story",
        f"UPDATE articles SET story_time = 5 WHERE id = '{CUT}'",
        set_article(CUT, story_time=NOON - DAY),
    ),
    "a link of changed articles": (
        "a link of texts that its articles do not print",
        "UPDATE links SET face_a = 1",
        lambda database: database["links"].update_many({}, {"$set": {"faces": [1, 2]}}),
    ),
    "an alias of nothing": (
        "an alias of an article that is not stored",
        f"INSERT INTO aliases VALUES ('x', '{ABSENT}')",
        lambda database: database["aliases"].insert_one({"_id": "x", "article_id": ABSENT}),
    ),
    "a removed article that is stored": (
        "was removed, and is stored",
        "INSERT INTO tombstones (id, time, forgotten, document)"
        f" SELECT '{OTHER}', time, forgotten, json_set(document, '$.id', '{OTHER}')"
        " FROM tombstones",
        lambda database: database["tombstones"].insert_one(
            database["tombstones"].find_one({}) | {"_id": OTHER, "id": OTHER}
        ),
    ),
    "articles older than a retention": (
        "a 1 articles are older than its retention",
        "UPDATE retentions SET outlet = 'a', before = 9999999999999",
        lambda database: database["retentions"].insert_one(
            database["retentions"].find_one({}) | {"_id": "a", "before": NOON + DAY}
        ),
    ),
    "a posting that is missing": (
        f"{WHOLE} postings do not follow from the article",
        f"DELETE FROM entries WHERE article = (SELECT number FROM articles WHERE id = '{WHOLE}')",
        lambda database: database["entries"].delete_many({"article": WHOLE, "key": {"$gt": 0}}),
    ),
    "sources of another article": (
        f"{OTHER} sources do not follow from the article",
        f"INSERT INTO sources SELECT 'reuters', number FROM articles WHERE id = '{OTHER}'",
        set_article(OTHER, source_keys=["reuters"]),
    ),
    "words of another folding": (
        f"{OTHER} words do not follow from the article",
        f"DELETE FROM foldings WHERE article = (SELECT number FROM articles WHERE id = '{OTHER}')",
        set_article(OTHER, folding=0),
    ),
}

MISCOUNTED: dict[str, tuple[str, Callable[[Database], object]]] = {
    "numbers that are missing": (
        f"DELETE FROM day_tallies WHERE day = '{DAY_OF_NOON}'",
        lambda database: database["day_tallies"].delete_one({"_id": DAY_OF_NOON}),
    ),
    "numbers of other stories": (
        f"UPDATE day_tallies SET document = '{tally_to_json(Tally(7))}'",
        lambda database: database["day_tallies"].update_many(
            {}, {"$set": {"numbers": tally_to_json(Tally(7))}}
        ),
    ),
    "numbers of a day without stories": (
        "UPDATE day_tallies SET day = '2026-02-02'",
        lambda database: database["day_tallies"].insert_one(
            database["day_tallies"].find_one({}) | {"_id": "2026-02-02"}
        ),
    ),
}

LASTING: dict[str, tuple[str, str, Callable[[Database], object]]] = {
    "an older text that is missing": (
        f"{OTHER} 0 older texts where it says 1",
        "DELETE FROM revisions",
        lambda database: database["revisions"].delete_many({}),
    ),
    "a document that cannot be read": (
        "articles the first: cannot be read",
        "UPDATE articles SET document = json_set(document, '$.headline', json('[]'))",
        lambda database: database["articles"].update_many({}, {"$set": {"headline": []}}),
    ),
}


def test_a_sound_store_has_no_faults(filled: SyncStore) -> None:
    assert check(filled) == []
    assert repaired(filled) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_and_repaired(filled: SyncStore, fault: str) -> None:
    told, sql, mongo = FAULTS[fault]
    partition = filled.partition()
    change(filled, sql, mongo)
    assert any(told in found for found in check(filled)), check(filled)
    assert repaired(filled) == []
    if "removed" not in fault and "retention" not in fault:
        assert filled.partition() == partition
        assert filled.counts()["revisions"] == 1


@pytest.mark.parametrize("fault", MISCOUNTED)
def test_numbers_of_a_day_that_are_not_right_are_found_and_repaired(
    filled: SyncStore, fault: str
) -> None:
    assert check(filled) == []  # counts the day, which is stale
    change(filled, *MISCOUNTED[fault])
    assert any(
        found.endswith("its numbers are not those of its stories") for found in check(filled)
    )
    assert repaired(filled) == []


@pytest.mark.parametrize("fault", LASTING)
def test_a_fault_that_nothing_repairs_is_told(filled: SyncStore, fault: str) -> None:
    told, sql, mongo = LASTING[fault]
    change(filled, sql, mongo)

    async def found(opened: Store) -> Findings:
        return await check_store(opened, lambda *_: None)

    faults = filled.run(found).faults
    assert any(told in f"{each.subject} {each.problem}" and each.is_lasting for each in faults)


def test_a_damaged_file_is_told(sqlite_uri: str) -> None:
    store = SyncStore(sqlite_uri)
    store.save(*(article(f"a/{n}", f"{HARBOUR} {n}") for n in range(50)))
    with closing(sqlite3.connect(sqlite_uri.removeprefix("sqlite:///"))) as connection:
        connection.execute("DELETE FROM words_data WHERE id > 10")
        connection.commit()
    assert any("the index of words" in found for found in check(store))


def test_a_missing_index_is_told(mongodb_uri: str) -> None:
    store = SyncStore(mongodb_uri)
    store.save(article("a"))

    async def without_index(opened: Store) -> list[str]:
        with MongoClient[dict[str, Any]](mongodb_uri) as client:
            client.get_default_database()["articles"].drop_index("story_id_1")
        return [fault.problem for fault in (await check_store(opened, lambda *_: None)).faults]

    assert "the index articles.story_id_1 is missing" in store.run(without_index)
    assert check(store) == [], "whoever opens the store makes it again"

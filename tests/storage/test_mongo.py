"""What only MongoDB has: groups assigned without transactions, and what dead writers leave
behind."""

import asyncio
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.errors import BulkWriteError, DuplicateKeyError, OperationFailure
from pymongo.synchronous.database import Database

from crawler.items import Article
from crawler.storage import Saved, Store, StoreError, StoreUnavailable, open_store
from crawler.storage.mongo import saving, story_index
from crawler.storage.mongo.assignment import assign
from crawler.storage.mongo.client import connect
from crawler.storage.mongo.groups import read_group
from tests.storage.invented import copy_of, paragraphs
from tests.storage.samples import HOUR, NOON, SyncStore, article


@pytest.fixture
def database(mongodb_uri: str) -> Iterator[Database[dict[str, Any]]]:
    """The store's database."""
    with MongoClient[dict[str, Any]](mongodb_uri) as client:
        yield client.get_default_database()


@pytest.fixture
def store(mongodb_uri: str) -> SyncStore:
    """A fresh store in MongoDB."""
    return SyncStore(mongodb_uri)


def pending(database: Database[dict[str, Any]]) -> int:
    return database["articles"].count_documents({"pending": {"$exists": True}})


@contextmanager
def dying_before_assignment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Writers die when their article is written and its group is not assigned."""

    async def die(*_: object) -> None:
        raise StoreUnavailable("dead")

    with monkeypatch.context() as patch:
        patch.setattr(saving, "index_and_assign", die)
        yield


def died(store: SyncStore, dead: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    with dying_before_assignment(monkeypatch), pytest.raises(StoreUnavailable):
        store.save(dead)


def test_keys_are_unique_before_the_first_write(
    store: SyncStore, database: Database[dict[str, Any]]
) -> None:
    store.counts()
    articles = database["articles"]
    articles.insert_one({"_id": "1", "canonical_url": "https://a.example/1"})
    with pytest.raises(DuplicateKeyError):
        articles.insert_one({"_id": "2", "canonical_url": "https://a.example/1"})


def test_nothing_stays_pending_after_a_save(
    store: SyncStore, database: Database[dict[str, Any]]
) -> None:
    a, b = article("a"), article("b", published=NOON - 3 * HOUR)
    store.save(a, b, replace(a, body="نص آخر", fetched_at=NOON + HOUR), replace(b, body=None))
    assert pending(database) == 0


def test_what_is_written_is_asked_to_be_on_the_journals_of_a_majority(store: SyncStore) -> None:
    async def concern() -> dict[str, Any]:
        async with open_store(store.uri) as opened:
            return opened._client.database["articles"].write_concern.document  # type: ignore[attr-defined, no-any-return]

    assert asyncio.run(concern()) == {"w": "majority", "j": True}


@pytest.mark.parametrize("repaired_by", ["open", "same article", "same article, unchanged story"])
def test_a_copy_whose_writer_died_is_assigned(
    store: SyncStore,
    database: Database[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    repaired_by: str,
) -> None:
    earliest, copy = article("a", published=NOON - 3 * HOUR), article("b")
    store.save(copy)
    died(store, earliest, monkeypatch)
    assert pending(database) == 1
    if repaired_by == "open":
        assert store.partition() == {frozenset({earliest.url, copy.url})}
    else:
        assert store.outcomes(earliest) == ["unchanged"]
    assert pending(database) == 0
    (story,) = store.stories()
    assert story.copies[0].url == earliest.url
    assert store.counts()["stories"] == 1


def test_the_story_left_by_a_revision_whose_writer_died_is_assigned(
    store: SyncStore, database: Database[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    earliest, copy, third = (
        article("a", published=NOON - 3 * HOUR),
        article("b"),
        article("c", "نص ثالث"),
    )
    store.save(earliest, copy, third)
    died(store, replace(earliest, body=third.body, fetched_at=NOON + HOUR), monkeypatch)
    died(store, replace(earliest, body="نص رابع", fetched_at=NOON + 2 * HOUR), monkeypatch)
    assert store.partition() == {frozenset({url}) for url in (earliest.url, copy.url, third.url)}
    assert store.counts() == {"stories": 3, "articles": 3, "revisions": 2, "runs": 0}
    assert pending(database) == 0


@pytest.mark.parametrize(("assigned", "left"), [([1], 1), ([1, 2], 0)])
def test_a_mark_stays_until_all_its_texts_are_assigned(
    store: SyncStore, database: Database[dict[str, Any]], assigned: list[int], left: int
) -> None:
    (saved,) = store.save(article("a"))
    mark = {"token": "a dead writer's", "texts": [1, 2]}
    database["articles"].update_one({"_id": saved.article_id}, {"$set": {"pending": mark}})

    async def assign_some() -> None:
        async with connect(store.uri) as client:
            group = await read_group(client.database, [saved.article_id], assigned)
            await assign(client.database, "ours", {saved.article_id: 1}, group)

    asyncio.run(assign_some())
    assert pending(database) == left
    store.counts()
    assert pending(database) == 0, "opening the store assigns the rest"


def test_a_text_kept_by_a_writer_that_died_is_kept_once(
    store: SyncStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = article("a"), article("a", "نص آخر", fetched_at=NOON + HOUR)
    store.save(first)
    died(store, second, monkeypatch)
    (saved,) = store.save(second)
    assert [older.article.body for older in store.revisions(saved.article_id)] == [first.body]
    assert store.counts()["revisions"] == 1


@contextmanager
def pausing_before_its_postings(
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[tuple[asyncio.Event, asyncio.Event]]:
    """The first writer stops before it writes postings: it sets the one event, and goes on at the
    other."""
    stopped, go_on = asyncio.Event(), asyncio.Event()
    write_postings = story_index.write_postings

    async def paused(*arguments: Any) -> set[str]:
        if not stopped.is_set():
            stopped.set()
            await go_on.wait()
        return await write_postings(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(story_index, "write_postings", paused)
        yield stopped, go_on


def three_versions() -> tuple[Article, Article, Article]:
    """Readings of one address: a story, another, and the first one again with a paragraph more."""
    return (
        copy_of("a", 0),
        copy_of("a", 0, body="\n\n".join(paragraphs(1)), fetched_at=NOON + HOUR),
        copy_of("a", 0, tail="وزاد الموقع فقرة أخيرة.", fetched_at=NOON + 2 * HOUR),
    )


@pytest.mark.parametrize("second_dies", [False, True])
def test_of_two_who_rewrite_an_article_neither_takes_the_others_keys_or_mark(
    store: SyncStore,
    database: Database[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    second_dies: bool,
) -> None:
    first, second, third = three_versions()
    (saved,) = store.save(first)

    async def race() -> None:
        async with open_store(store.uri) as first_writer, open_store(store.uri) as other:
            with pausing_before_its_postings(monkeypatch) as (stopped, go_on):
                slow = asyncio.create_task(first_writer.save(second))
                await stopped.wait()
                if second_dies:
                    with dying_before_assignment(monkeypatch), pytest.raises(StoreUnavailable):
                        await other.save(third)
                else:
                    await other.save(third)
                go_on.set()
                await slow

    asyncio.run(race())
    assert pending(database) == second_dies
    store.counts()  # whoever opens the store works off what the dead left
    document = database["articles"].find_one({"_id": saved.article_id})
    assert document is not None
    assert document["body"] == third.body
    keys = {
        posting["key"]
        for posting in database["entries"].find(
            {"article": saved.article_id, "key": {"$exists": True}}
        )
    }
    assert set(document["keys"]) <= keys
    assert store.outcomes(copy_of("b", 0, last=5, published=NOON)) == ["new_copy"]


COMMAND = '{ insert: "articles", documents: [ { headline: "a whole article" } ] }'


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            OperationFailure(f"not authorized on khabar to execute command {COMMAND}", 13, {}),
            "not authorized on khabar to execute command",
        ),
        (
            BulkWriteError(
                {"writeErrors": [{"code": 121, "errmsg": "Document failed validation", "op": {}}]}
            ),
            "Document failed validation",
        ),
        (OperationFailure("line\nbreaks " + "x" * 1000, 2), "line breaks " + "x" * 288),
    ],
)
def test_a_refused_write_is_told_in_one_line_without_the_command(
    error: Exception, told: str, mongodb_uri: str
) -> None:
    async def refused(database: object) -> None:
        raise error

    async def scenario() -> None:
        async with connect(mongodb_uri) as client:
            with pytest.raises(StoreError) as caught:
                await client.call(refused)
            assert str(caught.value) == f"{client.display_uri}: {told}"
            assert not isinstance(caught.value, StoreUnavailable)

    asyncio.run(scenario())


def test_saves_at_once_share_a_batch_and_only_the_one_that_cannot_be_stored_fails(
    store: SyncStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    save_all = saving.save_all

    async def counted(database: Any, readings: Any) -> list[Saved]:
        sizes.append(len(readings))
        return await save_all(database, readings)

    monkeypatch.setattr(saving, "save_all", counted)
    articles = [copy_of("a", n) for n in range(5)]
    # Two bytes each, and a document may have 16 MB; in a field that is not hashed.
    too_large = article("b", description="م" * 9_000_000)

    async def at_once(opened: Store) -> list[Saved | BaseException]:
        return await asyncio.gather(
            *map(opened.save, [*articles, too_large]), return_exceptions=True
        )

    *fine, refused = store.run(at_once)
    assert [saved.outcome for saved in fine if isinstance(saved, Saved)] == ["new_story"] * 5
    assert isinstance(refused, StoreError)
    assert not isinstance(refused, StoreUnavailable)
    assert sizes == [6, 1, 1, 1, 1, 1, 1]


def test_an_index_may_take_longer_than_a_server_may_be_silent(
    mongodb_uri: str, database: Database[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the upgrade of a large store, and the end of a copy into one."""
    chance = random.Random(1)
    database["articles"].insert_many(
        {"canonical_url": str(number), "words": [chance.getrandbits(31) for _ in range(240)]}
        for number in range(8000)
    )
    monkeypatch.setattr("crawler.storage.mongo.client._SOCKET_TIMEOUT", 1.0)
    assert SyncStore(mongodb_uri).counts()["articles"] == 8000
    assert "words_1_story_time_-1" in database["articles"].index_information()

"""Copying a store into another one: all that it holds, either way, also after a crash."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from pymongo import MongoClient

from crawler.dedup import article_id
from crawler.storage import Run, Store, StoreError, copying, open_store
from crawler.storage.copying import copy_store, end_copy, verify_copy
from crawler.storage.protocol import Told
from crawler.storage.record import COPY_NOTE, RECORD_KINDS
from tests.storage.invented import copy_of
from tests.storage.samples import HOUR, NOON, SyncStore, article, gap_free
from tests.storage.test_frontier import FULL, tracked
from tests.storage.test_removal import DAY, HARBOUR, RAIN, Crash

WAYS = [("sqlite", "mongodb"), ("mongodb", "sqlite"), ("sqlite", "sqlite"), ("mongodb", "mongodb")]


@pytest.fixture(params=WAYS, ids=lambda way: f"{way[0]} to {way[1]}")
def stores(request: pytest.FixtureRequest) -> tuple[SyncStore, SyncStore]:
    """A store with some of everything, and the URI of an empty one."""
    uris = []
    for kind in request.param:
        uri = request.getfixturevalue(f"{kind}_uri")
        if uri in uris:
            uri = uri.replace("khabar", "other")
        uris.append(uri)
    origin, target = map(SyncStore, uris)
    fill(origin)
    return origin, target


def fill(store: SyncStore) -> None:
    whole = copy_of("whole", 0)
    removed, _, _ = store.save(
        whole,
        copy_of("cut", 0, last=5, published=NOON),
        gap_free("full"),
    )
    for hours in (1, 2, 3):
        store.save(article("a/1", f"{RAIN} {hours}", fetched_at=NOON + hours * HOUR))
    store.save(article("a/1", RAIN, fetched_at=NOON - HOUR), article("b/1", HARBOUR, outlet=None))
    many = [article(f"m/{n}", f"{HARBOUR} {n}", headline=f"عنوان {n}") for n in range(120)]
    store.run(lambda opened: opened.save_many(many))

    async def others(opened: Store) -> None:
        await opened.set_boilerplate("a", frozenset({"k1", "k2"}), frozenset({"last-0 x"}))
        await opened.set_stop_keys(frozenset({-(2**62), 0, 7, 2**62}))
        await opened.set_checkpoint("some job", "its value")
        await opened.put_tracked_urls([FULL, tracked("a b", due=None), tracked("c", outlet="a")])
        await opened.record_run(
            Run("r1", "a", NOON, NOON + HOUR, "done", {"khabar": "1"}, found=3, gaps={"date": 1})
        )
        await opened.record_run(Run("r2", "b", NOON, None, "running"))
        await opened.put_told(
            "a watch", [Told("0" * 32, "new", 0, True), Told("1" * 32, "x", 2, False)]
        )
        await opened.forget(removed.article_id, "a court's order")
        await opened.forget(article_id("https://m.example/5"), "another")
        await opened.lift_tombstone(article_id("https://m.example/5"))
        await opened.forget_before("old", NOON - 100 * DAY, "age")

    store.run(others)


def copy(origin: SyncStore, target: SyncStore) -> list[tuple[str, int, int, bool]]:
    async def work() -> list[tuple[str, int, int, bool]]:
        async with open_store(origin.uri, create=False) as first, open_store(target.uri) as second:
            await copy_store(first, second, "origin", lambda *_: None)
            results = await verify_copy(first, second, lambda *_: None)
            await end_copy(second, "origin", is_verified=all(each.same for each in results))
        return [(each.kind, each.original, each.copied, each.same) for each in results]

    return asyncio.run(work())


def contents(store: SyncStore) -> list[Any]:
    """All that the methods of a store tell."""

    async def told(opened: Store) -> list[Any]:
        articles = [stored async for stored in opened.articles()]
        return [
            articles,
            [story async for story in opened.stories()],
            [await opened.revisions(stored.id) for stored in articles],
            [run async for run in opened.runs()],
            [tombstone async for tombstone in opened.tombstones()],
            await opened.retentions(),
            await opened.boilerplate("a"),
            await opened.stop_keys(),
            await opened.checkpoint("some job"),
            await opened.tracked_urls("waha", [FULL.address, tracked("a b").address]),
            await opened.told("a watch", ["0" * 32, "1" * 32]),
            await opened.counts(),
            await opened.resolve_story(article_id(copy_of("whole", 0).url)),
            [stored.id async for stored in opened.articles(text="الميناء")],
            [stored.id async for stored in opened.articles(source="reuters")],
        ]

    return store.run(told)


def test_a_copy_holds_all_that_the_store_held(stores: tuple[SyncStore, SyncStore]) -> None:
    origin, target = stores
    results = copy(origin, target)
    assert [kind for kind, *_ in results] == list(RECORD_KINDS)
    assert all(original == copied and same for _, original, copied, same in results)
    numbers = {kind: original for kind, original, *_ in results}
    assert numbers["articles"] == 123
    assert numbers["tombstones"] == 2
    assert min(numbers[kind] for kind in RECORD_KINDS if kind != "aliases") > 0
    assert contents(target) == contents(origin)
    # Both go on alike.
    later = [
        article("a/1", f"{RAIN} غدا", fetched_at=NOON + DAY),
        copy_of("new", 0),
        copy_of("whole", 0),
        article("m/5", f"{HARBOUR} 5", headline="عنوان 5"),
        article("m/7", f"{HARBOUR} 7", headline="عنوان 7"),
        article("old/1", RAIN, published=NOON - 200 * DAY),
    ]
    outcomes = target.outcomes(*later)
    assert outcomes == origin.outcomes(*later)
    assert outcomes[0] == "revision"
    assert outcomes[1:] == ["new_copy", "forgotten", "new_story", "unchanged", "forgotten"]
    assert target.partition() == origin.partition()
    assert len(target.articles(text="غدا")) == 1


def test_a_target_that_holds_something_is_refused(stores: tuple[SyncStore, SyncStore]) -> None:
    origin, target = stores
    target.run(lambda opened: opened.set_boilerplate("x", frozenset({"k"})))
    with pytest.raises(StoreError, match="not empty"):
        copy(origin, target)
    assert target.counts()["articles"] == 0


def test_a_finished_copy_is_not_copied_into_again(stores: tuple[SyncStore, SyncStore]) -> None:
    origin, target = stores
    copy(origin, target)
    with pytest.raises(StoreError, match="not empty"):
        copy(origin, target)


@pytest.mark.parametrize("writes", [1, 2, 4, 5, 7, 9, 11])
def test_a_crash_at_any_step_is_gone_on_from(
    stores: tuple[SyncStore, SyncStore], monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    origin, target = stores
    monkeypatch.setattr(copying, "_BATCH", 40)
    written: list[int] = []

    def counting(method: Callable[..., Any]) -> Callable[..., Any]:
        async def counted(store: Store, *args: Any) -> None:
            if len(written) == writes:
                raise Crash
            await method(store, *args)
            written.append(1)

        return counted

    from crawler.storage.mongo.store import MongoStore
    from crawler.storage.sqlite.store import SqliteStore

    with monkeypatch.context() as patched:
        for backend in (SqliteStore, MongoStore):
            patched.setattr(backend, "write_records", counting(backend.write_records))
        with pytest.raises(Crash):
            copy(origin, target)
        before, written[:] = len(written), []

    async def copy_another(opened: Store) -> None:
        await copy_store(opened, opened, "another", lambda *_: None)

    with pytest.raises(StoreError, match="a part of a copy of origin"):
        target.run(copy_another)
    assert all(same for *_, same in copy(origin, target))
    assert contents(target) == contents(origin)
    assert before == writes


def test_what_came_meanwhile_is_found_missing_and_copied_by_the_next_call(
    stores: tuple[SyncStore, SyncStore],
) -> None:
    origin, target = stores

    async def work() -> list[str]:
        async with open_store(origin.uri) as first, open_store(target.uri) as second:
            await copy_store(first, second, "origin", lambda *_: None)
            await first.save(article("late/1", RAIN, fetched_at=NOON + DAY))
            results = await verify_copy(first, second, lambda *_: None)
            await end_copy(second, "origin", is_verified=False)
        return [each.kind for each in results if not each.same]

    assert "articles" in asyncio.run(work())
    assert target.run(lambda opened: opened.checkpoint(COPY_NOTE)) is not None
    assert all(same for *_, same in copy(origin, target))
    assert contents(target) == contents(origin)


def test_a_copy_is_searched_by_an_index_made_at_its_end(mongodb_uri: str, sqlite_uri: str) -> None:
    origin, target = SyncStore(sqlite_uri), SyncStore(mongodb_uri)
    origin.save(article("a/1", HARBOUR))

    async def begin(opened: Store) -> None:
        await opened.expect_many_records()
        await opened.expect_many_records()  # as a copy does that goes on

    target.run(begin)
    copy(origin, target)
    with MongoClient[dict[str, object]](mongodb_uri) as client:
        names = client.get_default_database()["articles"].index_information()
    assert "words_1_story_time_-1" in names
    assert [stored.article.url for stored in target.articles(query="الميناء")]

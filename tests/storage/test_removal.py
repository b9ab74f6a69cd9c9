"""Removing articles for good, on both stores."""

import asyncio
import json
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pymongo import MongoClient

from crawler.dedup import article_id
from crawler.items import Article
from crawler.storage import Saved, Store, Tombstone
from crawler.storage.checking import check_store
from crawler.storage.mongo import removal as mongo_removal
from crawler.storage.sqlite import removal as sqlite_removal
from tests.mongod import ROOT
from tests.storage.invented import copy_of
from tests.storage.samples import HOUR, NOON, SyncStore, article
from tests.storage.test_frontier import tracked

DAY = timedelta(days=1)
SECRET = "زقزوقستان"  # a word that no other text holds
HARBOUR = "وسعت الهيئة الميناء القديم هذا العام بأرصفة جديدة تستقبل السفن الكبيرة"
RAIN = "هطلت أمطار غزيرة على المدينة مساء أمس وأغلقت طرقا عدة أمام السيارات"


def forget(store: SyncStore, name: str) -> Tombstone:
    """Remove the article with that id or of that article's address."""
    tombstone = store.run(lambda opened: opened.forget(name, "a court's order"))
    assert tombstone is not None
    return tombstone


def forget_before(store: SyncStore, outlet: str, days: int) -> int:
    """Remove what `outlet` ran more than `days` before NOON; the number of articles."""

    async def in_batches(opened: Store) -> int:
        before, removed = NOON - days * DAY, 0
        while count := await opened.forget_before(outlet, before, "two years are enough"):
            removed += count
        return removed

    return store.run(in_batches)


def resolve(store: SyncStore, story_id: str) -> str | None:
    return store.run(lambda opened: opened.resolve_story(story_id))


def test_a_forgotten_article_is_gone_and_its_address_is_refused(store: SyncStore) -> None:
    first = article("a/1", HARBOUR)
    (saved, _) = store.save(first, article("a/2", RAIN))
    store.save(replace(first, body=f"{HARBOUR} اليوم", fetched_at=NOON + HOUR))
    tombstone = forget(store, saved.article_id)
    assert (tombstone.id, tombstone.address) == (saved.article_id, "https://a.example/1")
    assert (tombstone.outlet, tombstone.reason) == ("a", "a court's order")
    assert tombstone.hash is not None
    assert tombstone.successor is None
    assert store.run(lambda opened: opened.tombstone(saved.article_id)) == tombstone
    assert store.counts() == {"stories": 1, "articles": 1, "revisions": 0, "runs": 0}
    assert store.run(lambda opened: opened.article(saved.article_id)) is None
    assert store.revisions(saved.article_id) == []
    assert [each.article.body for each in store.articles(text="بأرصفة")] == []
    again = [first, replace(first, body="نص آخر تماما", headline="عنوان آخر")]
    assert store.save(*again) == [Saved("forgotten", saved.article_id, saved.article_id)] * 2
    assert store.counts()["articles"] == 1


def test_many_saved_at_once_are_refused_each_by_its_own_address(store: SyncStore) -> None:
    articles = [article(f"a/{n}", f"{HARBOUR} {n}", headline=f"عنوان {n}") for n in range(6)]
    saved = store.save(*articles)
    forget(store, saved[1].article_id)
    forget(store, saved[4].article_id)
    results = store.run(lambda opened: opened.save_many([*articles, articles[1]]))
    outcomes = [result.outcome for result in results]
    assert outcomes == [
        *("unchanged", "forgotten", "unchanged", "unchanged", "forgotten", "unchanged"),
        "forgotten",
    ]


def test_a_wire_copy_of_another_outlet_is_not_refused(store: SyncStore) -> None:
    saved = store.save(article("a", HARBOUR), article("b", HARBOUR))
    forget(store, saved[0].article_id)
    assert store.outcomes(article("b", HARBOUR), article("c", HARBOUR), article("a", HARBOUR)) == [
        "unchanged",
        "new_copy",
        "forgotten",
    ]


def test_another_address_of_the_article_is_recognised_by_its_text(store: SyncStore) -> None:
    first, second = article("a/1", HARBOUR), article("a/2", HARBOUR)
    (saved, _) = store.save(first, second)
    forget(store, saved.article_id)
    assert store.outcomes(
        second,  # stands in the store under its own name
        article("a/amp/1", HARBOUR),
        article("a/print/1", HARBOUR, canonical_url=first.url),
        article("a/3", f"{HARBOUR} وأكثر"),
        article("a/4", HARBOUR, headline="عنوان آخر"),
        article("a/5", None, headline=first.headline),
    ) == ["unchanged", "forgotten", "forgotten", "new_copy", "new_copy", "new_story"]


def test_a_page_with_another_text_that_claims_the_address_stands_at_its_own(
    store: SyncStore,
) -> None:
    owner = article("a/own", HARBOUR)
    (saved,) = store.save(owner)
    forget(store, saved.article_id)
    claimant = article("a/b", RAIN, canonical_url=owner.url)
    (result,) = store.save(claimant)
    assert (result.outcome, result.refused_claims) == ("new_story", 1)
    assert result.article_id == article_id("https://a.example/b")
    assert store.outcomes(claimant, owner) == ["unchanged", "forgotten"]


def test_a_page_that_stood_at_a_claimed_address_is_refused_at_its_own(store: SyncStore) -> None:
    claimant = article("a/b", RAIN, canonical_url="https://a.example/template")
    (saved,) = store.save(claimant)
    forget(store, saved.article_id)
    later = replace(claimant, body=f"{RAIN} الآن", canonical_url="https://a.example/b")
    assert store.outcomes(later) == ["forgotten"]


def test_the_next_copy_names_the_story_and_the_old_id_answers_on(store: SyncStore) -> None:
    first, second, third, other = store.save(
        copy_of("a", 0, published=NOON - 3 * HOUR),
        copy_of("b", 0, last=5, published=NOON - 2 * HOUR),
        copy_of("c", 0, published=NOON),
        copy_of("d", 1, published=NOON - 5 * HOUR),
    )
    tombstone = forget(store, first.article_id)
    assert tombstone.successor == second.article_id
    story, _ = store.stories()
    assert story.id == second.article_id
    assert [copy.id for copy in story.copies] == [second.article_id, third.article_id]
    assert resolve(store, first.article_id) == second.article_id
    assert store.outcomes(copy_of("a", 0)) == ["forgotten"]
    assert store.save(copy_of("a", 0))[0].story_id == second.article_id
    after = [story.id for story in store.stories(after=first.article_id)]
    assert after == [other.article_id], "it goes on from where the story stood"
    articles = [item.id for item in store.articles(after=first.article_id)]
    assert articles == [other.article_id]
    forget(store, second.article_id)
    assert resolve(store, first.article_id) == third.article_id
    forget(store, third.article_id)
    assert [resolve(store, saved.article_id) for saved in (first, second, third)] == [None] * 3
    assert [story.id for story in store.stories(after=third.article_id)] == [other.article_id]
    with pytest.raises(ValueError, match="after"):
        store.stories(after="0" * 32)


@pytest.mark.parametrize("seed", range(4))
def test_stories_are_afterwards_as_if_the_article_had_never_been(
    store: SyncStore, seed: int
) -> None:
    """The core that holds a cut and an end together; a text that two print; a stranger."""
    articles = [
        copy_of("head", 0, last=4),
        copy_of("tail", 0, body="\n\n".join(copy_of("x", 0).body.split("\n\n")[4:])),  # type: ignore[union-attr]
        copy_of("whole", 0, published=NOON + HOUR),
        copy_of("same", 0, published=NOON + 2 * HOUR),
        copy_of("cut", 1, last=5),
        copy_of("long", 1),
    ]
    chance = random.Random(seed)
    chance.shuffle(articles)
    saved = store.save(*articles)
    removed = chance.sample(range(6), 3)
    for index in removed:
        forget(store, saved[index].article_id)
    left = [given for index, given in enumerate(articles) if index not in removed]
    after = store.partition()
    for tombstone in [saved[index].article_id for index in removed]:
        assert store.run(lambda opened, id_=tombstone: opened.lift_tombstone(id_))  # type: ignore[misc]
    assert after == only(left)
    # They come again, and all is as it was.
    store.save(*articles)
    assert store.partition() == only(articles)


def test_what_a_removed_article_showed_another_copy_shows(store: SyncStore) -> None:
    whole, same, cut = copy_of("a", 0), copy_of("b", 0), copy_of("c", 0, last=5)
    saved, *_ = store.save(whole, cut, same)
    forget(store, saved.article_id)
    assert store.partition() == {frozenset({same.url, cut.url})}


def only(articles: list[Article]) -> set[frozenset[str]]:
    """The addresses of each story of a store that holds these articles alone."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        fresh = SyncStore(f"sqlite:///{folder}/fresh.db")
        fresh.save(*articles)
        return fresh.partition()


def test_undo_lifts_the_tombstone_only(store: SyncStore) -> None:
    first = article("a", HARBOUR)
    (saved,) = store.save(first)
    forget(store, saved.article_id)
    assert store.run(lambda opened: opened.lift_tombstone(saved.article_id))
    assert not store.run(lambda opened: opened.lift_tombstone(saved.article_id))
    assert store.run(lambda opened: opened.tombstone(saved.article_id)) is None
    assert store.run(lambda opened: opened.article(saved.article_id)) is None
    assert store.outcomes(first, first) == ["new_story", "unchanged"]
    forget(store, saved.article_id)
    assert store.outcomes(first) == ["forgotten"]


def test_what_is_not_stored_cannot_be_forgotten(store: SyncStore) -> None:
    assert store.run(lambda opened: opened.forget("0" * 32, "no reason")) is None
    assert not store.run(lambda opened: opened.lift_tombstone("0" * 32))
    assert not store.run(lambda opened: opened.lift_retention("a"))


def test_forgetting_twice_gives_the_first_tombstone(store: SyncStore) -> None:
    (saved, _) = store.save(article("a", HARBOUR), article("b", HARBOUR))
    first = forget(store, saved.article_id)
    again = store.run(lambda opened: opened.forget(saved.article_id, "another reason"))
    assert again == first
    assert store.counts()["articles"] == 1


def test_tombstones_are_listed_newest_first(store: SyncStore) -> None:
    saved = store.save(*(article(f"a/{n}", f"{HARBOUR} {n}") for n in range(103)))

    async def forget_all(opened: Store) -> list[str]:
        for each in saved:
            await opened.forget(each.article_id, "all")
            await asyncio.sleep(0.001)
        return [tombstone.id async for tombstone in opened.tombstones()]

    assert store.run(forget_all) == [each.article_id for each in reversed(saved)]


def test_a_retention_removes_old_articles_and_refuses_older_ones(store: SyncStore) -> None:
    old = [
        article(f"a/{n}", f"{HARBOUR} {n}", headline=f"عنوان {n}", published=NOON - n * DAY)
        for n in range(1, 251)
    ]
    store.save(*old, article("b/1", RAIN, published=NOON - 300 * DAY))
    assert forget_before(store, "a", 100) == 150
    assert forget_before(store, "a", 100) == 0
    assert forget_before(store, "a", 120) == 0, "a retention that reaches further stays"
    (retention,) = store.run(lambda opened: opened.retentions())
    assert (retention.outlet, retention.before) == ("a", NOON - 100 * DAY)
    assert retention.reason == "two years are enough"
    assert store.counts()["articles"] == 101
    assert store.outcomes(old[99], old[100], old[249], article("a/new", RAIN)) == [
        "unchanged",
        "forgotten",
        "forgotten",
        "new_copy",
    ]
    assert store.run(lambda opened: opened.lift_retention("a"))
    assert store.outcomes(old[100]) == ["new_story"]


def test_a_story_whose_earliest_copy_grew_too_old_goes_on(store: SyncStore) -> None:
    first, second = store.save(
        copy_of("a", 0, published=NOON - 10 * DAY), copy_of("b", 0, published=NOON - 9 * DAY)
    )
    assert forget_before(store, "a", 5) == 1
    (story,) = store.stories()
    assert story.id == second.article_id
    assert resolve(store, first.article_id) == second.article_id
    assert store.run(lambda opened: opened.article(first.article_id)) is None
    assert [story.id for story in store.stories(after=first.article_id)] == []
    assert store.run(lambda opened: opened.tombstone(first.article_id)) is None


def test_an_undated_article_is_as_old_as_its_first_fetch(store: SyncStore) -> None:
    undated = article("a", HARBOUR, published=None, fetched_at=NOON - 10 * DAY)
    store.save(undated)
    assert forget_before(store, "a", 5) == 1
    assert store.outcomes(undated) == ["forgotten"]


def everything_in(store: SyncStore) -> bytes:
    """All bytes of the store's files, or of the documents on the server."""
    if store.uri.startswith("sqlite"):
        path = Path(store.uri.removeprefix("sqlite:///"))
        return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))
    with MongoClient[dict[str, object]](store.uri) as client:
        database = client.get_default_database()
        return "\n".join(
            json.dumps(document, ensure_ascii=False, default=str)
            for name in database.list_collection_names()
            for document in database[name].find()
        ).encode()


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("by_age", [False, True])
def test_no_byte_of_the_text_is_left(store: SyncStore, compact: bool, by_age: bool) -> None:
    told, told_before = SECRET.encode(), SECRET[::-1].encode()
    others = [article(f"b/{n}", f"{HARBOUR} {n}", headline=f"عنوان {n}") for n in range(300)]
    text = "\n\n".join(f"{HARBOUR} {n} {SECRET}" for n in range(40))
    first = article(
        "a/1", f"{text}\n\n{SECRET[::-1]}", headline=f"خبر {SECRET}", published=NOON - 9 * DAY
    )
    revised = replace(first, body=text, fetched_at=NOON + HOUR)
    address = "https://a.example/1"
    page = tracked("1", outlet="a", address=address, headline=f"خبر {SECRET}")
    alias = replace(page, address="https://a.example/x", alias_of=address)

    async def fill(opened: Store) -> None:
        await opened.save_many(others[:150])
        await opened.save(first)
        await opened.save(revised)
        await opened.save_many(others[150:])
        await opened.put_tracked_urls([page, alias])

    async def scenario(opened: Store) -> bytes:
        # Another process has the store open all the while: its log is not removed at the end.
        if by_age:
            while await opened.forget_before("a", NOON - 5 * DAY, "age"):
                pass
        else:
            assert await opened.forget(article_id("https://a.example/1"), "a court's order")
            await opened.put_tracked_urls([page])  # announced once more
        left = await opened.purge(compact=compact)
        assert "backups, exports, recordings and WARC files" in left
        return everything_in(store)

    store.run(fill)
    assert told in everything_in(store), "what is looked for can be found"
    left = store.run(scenario)
    assert told not in left
    assert told_before not in left
    assert store.counts()["articles"] == 300
    assert len(store.articles(text="بأرصفة")) == 300


Step = Callable[..., object]


class Crash(Exception):
    """The end of a process in the middle of its work."""


@pytest.mark.parametrize("step", range(12))
@pytest.mark.parametrize("by_age", [False, True])
def test_a_crash_at_any_step_is_made_good(
    store: SyncStore, monkeypatch: pytest.MonkeyPatch, step: int, by_age: bool
) -> None:
    """Whatever was done before the crash, the same command again leaves the store as without."""
    first, second, third = (
        copy_of("a", 0, published=NOON - 10 * DAY),
        copy_of("b", 0, last=5, published=NOON - 9 * DAY),
        copy_of("c", 0, published=NOON - 8 * DAY),
    )
    removed, *_ = store.save(first, second, third)

    async def work(opened: Store) -> None:
        if by_age:
            while await opened.forget_before("a", NOON - 5 * DAY, "age"):
                pass
        else:
            await opened.forget(removed.article_id, "a court's order")

    with monkeypatch.context() as patched:
        crashed = crash_at(step, store, patched)
        try:
            store.run(work)
        except Crash:
            assert crashed()
    seen = store.outcomes(first)  # a crawl comes between
    store.run(work)
    assert seen in (["forgotten"], ["unchanged"])
    assert store.outcomes(first) == ["forgotten"]
    assert store.partition() == {frozenset({second.url, third.url})}
    assert resolve(store, removed.article_id) == article_id(second.url)
    assert HARBOUR not in everything_in(store).decode(errors="replace")


def crash_at(step: int, store: SyncStore, patched: pytest.MonkeyPatch) -> Callable[[], bool]:
    """Let the `step`-th call of the store's driver, or step in SQLite, raise Crash; return
    a function that says whether it came to that."""
    calls = iter(range(1000))
    crashes: list[int] = []

    def count() -> None:
        if next(calls) == step:
            crashes.append(step)
            raise Crash

    if store.uri.startswith("sqlite"):
        for name in ("insert_tombstone", "_forward", "_remove", "assign", "_successor"):
            patch_function(patched, sqlite_removal, name, count)
    else:
        from pymongo.asynchronous.collection import AsyncCollection

        names = ("replace_one", "update_one", "update_many", "delete_many", "delete_one")
        for name in (*names, "aggregate", "bulk_write"):
            patch_function(patched, AsyncCollection, name, count)
    return lambda: bool(crashes)


def patch_function(
    patched: pytest.MonkeyPatch, owner: object, name: str, before: Callable[[], None]
) -> None:
    original: Step = getattr(owner, name)

    def counted(*args: object, **kwargs: object) -> object:
        before()
        return original(*args, **kwargs)

    patched.setattr(owner, name, counted)


def test_a_save_that_is_under_way_does_not_bring_the_article_back(store: SyncStore) -> None:
    """Of a save and a removal at once, one sees the other."""
    given = article("a", HARBOUR)

    async def race(opened: Store) -> list[str]:
        outcomes: list[str] = []
        for turn in range(20):
            text = f"{HARBOUR} {turn}"
            later = replace(given, body=text, fetched_at=NOON + turn * HOUR)
            await opened.save(later)
            results = await asyncio.gather(
                opened.forget(article_id(given.url), "now"),
                *(opened.save(replace(later, body=f"{text} {n}")) for n in range(3)),
            )
            assert await opened.article(article_id(given.url)) is None
            assert await opened.revisions(article_id(given.url)) == []
            outcomes += [each.outcome for each in results if isinstance(each, Saved)]
            await opened.lift_tombstone(article_id(given.url))
        return outcomes

    assert "forgotten" in store.run(race)
    assert HARBOUR not in everything_in(store).decode(errors="replace") or store.uri.startswith(
        "sqlite"
    )


def test_removals_that_nobody_ends_are_ended_by_the_next_who_opens(
    mongodb_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SyncStore(mongodb_uri)
    (saved, _) = store.save(copy_of("a", 0), copy_of("b", 0, published=NOON))

    async def die(*_: object) -> None:
        raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(mongo_removal, "index_and_assign", die)
        with pytest.raises(Crash):
            forget(store, saved.article_id)
    (story,) = store.stories()
    assert story.id == story.copies[0].id == article_id(copy_of("b", 0).url)


def test_kill_9_of_a_removal_leaves_a_store_that_the_next_one_ends(store: SyncStore) -> None:
    old = [
        article(
            f"{outlet}/{n}",
            f"{HARBOUR} {n // 3}",
            headline=f"عنوان {n // 3}",
            published=NOON - 10 * DAY + hours * HOUR,
        )
        for n in range(250)
        for outlet, hours in (("a", 0), ("b", 1))
    ]
    store.run(lambda opened: opened.save_many(old))
    before = (NOON - 5 * DAY).isoformat()
    command = [sys.executable, "-m", "tests.storage.remover", store.uri, "a", before]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "removed 100\n"
        process.kill()
    assert store.counts()["articles"] >= 250
    assert forget_before(store, "a", 5) <= 150
    assert store.counts()["articles"] == 250
    assert store.partition() == only([each for each in old if each.outlet == "b"])

    async def faults(opened: Store) -> list[str]:
        found = (await check_store(opened, lambda *_: None)).faults
        return [fault.problem for fault in found]

    assert store.run(faults) == []

"""Articles whose outlet declares another identity than when they were stored, on both stores."""

from dataclasses import replace
from typing import Any

import pytest

from crawler.dedup import article_id, canonical_url
from crawler.discovery.kinds import Feed
from crawler.items import Article
from crawler.outlet import Outlet
from crawler.storage import Store, Told, readdressing
from crawler.storage.mongo import saving as mongo_saving
from crawler.storage.readdressing import (
    MAX_MERGED,
    Readdressed,
    readdress,
    readdress_if_changed,
)
from crawler.storage.sqlite import saving as sqlite_saving
from tests.storage.older import Interrupted, refuse_second_call
from tests.storage.samples import HOUR, NOON, SyncStore, article
from tests.storage.test_addresses import HARBOUR, MARKET, RAIN
from tests.storage.test_frontier import tracked


def outlet(**fields: Any) -> Outlet:
    given = {
        "name": "a",
        "title": "A",
        "native": "أ",
        "language": "ar",
        "country": "EG",
        "zone": "Africa/Cairo",
        "hosts": ("a.example",),
        "articles": r"/\d+(?:-[^/?]*)?",
        "discovery": (Feed(url="/rss"),),
        "as_of": 2026,
        "confidence": "low",
        "evidence": "invented, 2026",
    }
    return Outlet(**{**given, **fields})


BEFORE = outlet()
WITH_ID = outlet(id=r"\d+")


def page(declared: Outlet, path: str, text: str, **fields: Any) -> Article:
    """An article as a crawl by `declared` stores it."""
    given = article(f"a/{path}", text, **fields)
    own = canonical_url(given.url, outlet=declared)
    own_url = own if own != canonical_url(given.url) else None
    return replace(given, canonical_url=own, own_url=own_url)


def move(store: SyncStore, declared: Outlet, **options: Any) -> Readdressed:
    return store.run(lambda opened: readdress(opened, declared, **options))


def look(store: SyncStore, declared: Outlet) -> int:
    """The number of articles that a crawl by `declared` moves."""
    return store.run(lambda opened: readdress_if_changed(opened, declared)).moved


def present_story(store: SyncStore, story_id: str) -> str | None:
    return store.run(lambda opened: opened.resolve_story(story_id))


def test_an_article_moves_to_the_address_of_a_new_id_and_keeps_its_old_one(
    store: SyncStore,
) -> None:
    first = page(BEFORE, "7-harbour", HARBOUR)
    revised = replace(first, body=f"{HARBOUR} الآن", fetched_at=NOON + HOUR)
    copy = article("b", f"{HARBOUR} الآن", published=NOON)
    store.save(first, revised, page(BEFORE, "8-rain", RAIN), copy)
    old_id, new_id = article_id("https://a.example/7-harbour"), article_id("https://a.example/7")
    before = store.counts()
    assert move(store, WITH_ID, dry_run=True) == Readdressed(2)
    assert {each.id for each in store.articles(outlet="a")} >= {old_id}
    assert move(store, WITH_ID) == Readdressed(2)
    assert store.counts() == before
    assert {each.article.canonical_url for each in store.articles(outlet="a")} == {
        "https://a.example/7",
        "https://a.example/8",
    }
    aliased = store.run(lambda opened: opened.article(old_id))
    assert aliased is not None
    assert (aliased.id, aliased.article.url) == (new_id, first.url)
    assert present_story(store, old_id) == new_id
    assert [old.article.body for old in store.revisions(old_id)] == [HARBOUR]
    assert {each.story_id for each in store.articles(outlet="b")} == {new_id}
    again = page(WITH_ID, "7-another-slug", f"{HARBOUR} الآن", fetched_at=NOON + 2 * HOUR)
    assert store.outcomes(again) == ["unchanged"]
    assert move(store, WITH_ID) == Readdressed(0)
    assert move(store, BEFORE) == Readdressed(2)
    found = store.run(lambda opened: opened.article(new_id))
    assert found is not None
    assert found.id == old_id


def test_articles_of_one_identity_become_one_with_all_texts(store: SyncStore) -> None:
    texts = [HARBOUR, f"{HARBOUR} الآن", f"{HARBOUR} غدا"]
    for number, (slug, text) in enumerate(zip(("one", "two", "three"), texts, strict=True)):
        store.save(page(BEFORE, f"7-{slug}", text, fetched_at=NOON + number * HOUR))
    store.save(page(WITH_ID, "7-four", MARKET, fetched_at=NOON + 4 * HOUR))
    assert store.counts()["articles"] == 4
    move(store, WITH_ID)
    (stored,) = store.articles()
    assert (stored.id, stored.article.body) == (article_id("https://a.example/7"), MARKET)
    assert [old.article.body for old in store.revisions(stored.id)] == texts
    for slug in ("one", "two", "three"):
        old_id = article_id(f"https://a.example/7-{slug}")
        assert present_story(store, old_id) == stored.id


def test_other_hosts_parameters_and_rewrites_move_articles_too(store: SyncStore) -> None:
    store.save(page(BEFORE, "7-harbour", HARBOUR))
    renamed = outlet(hosts=("new.example", "a.example"))
    rewritten = outlet(rewrites=((r"^/(\d+)-.*", r"/story/\1"),))
    for declared, address in (
        (renamed, "https://new.example/7-harbour"),
        (rewritten, "https://a.example/story/7"),
    ):
        assert move(store, declared) == Readdressed(1)
        assert [each.article.canonical_url for each in store.articles()] == [address]
    query = outlet(articles=r"/news", id="")
    store.save(page(query, "news?n=5&lang=ar", RAIN))
    by_number = outlet(articles=r"/news", identity=("n",))
    move(store, by_number)
    assert "https://a.example/news?n=5" in {
        each.article.canonical_url for each in store.articles(query="أمطار")
    }


def test_the_frontier_and_what_watches_told_of_move_with_the_articles(store: SyncStore) -> None:
    store.save(page(BEFORE, "7-harbour", HARBOUR))
    old, new = "https://a.example/7-harbour", "https://a.example/7"
    known = replace(tracked("x"), outlet="a", address=old, url=f"{old}?rss=1", checked_at=NOON)
    alias = replace(known, address="https://a.example/9", url="https://a.example/9", alias_of=old)
    feed = replace(known, kind="document", address="https://a.example/rss", url=f"{old}.rss")

    async def prepare(opened: Store) -> None:
        await opened.put_tracked_urls([known, alias, feed])
        await opened.put_told("w", [Told(article_id(old), "event", 0, is_told=True)])

    store.run(prepare)
    move(store, WITH_ID)
    addresses = [old, new, alias.address, feed.address]
    assert store.run(lambda opened: opened.tracked_urls("a", addresses)) == {
        new: replace(known, address=new),
        alias.address: replace(alias, alias_of=new),
        feed.address: feed,
    }
    told = store.run(lambda opened: opened.told("w", [article_id(old), article_id(new)]))
    assert told == {article_id(new): Told(article_id(new), "event", 0, is_told=True)}


def test_moves_that_are_interrupted_are_resumed(
    store: SyncStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {7: HARBOUR, 8: RAIN, 9: MARKET}
    store.save(*(page(BEFORE, f"{number}-slug", text) for number, text in texts.items()))
    store.save(*(article(f"b/{n}", text, published=NOON) for n, text in texts.items()))
    look(store, BEFORE)
    partition = {
        frozenset(address.replace("-slug", "") for address in story) for story in store.partition()
    }
    for saving in (sqlite_saving, mongo_saving):
        with monkeypatch.context() as patched:
            patched.setattr(saving, "regroup", refuse_second_call(saving.regroup))
            if store.uri.startswith(saving.__name__.split(".")[2][:5]):
                with pytest.raises(Interrupted):
                    move(store, WITH_ID)
    look(store, WITH_ID)
    stored = store.articles(outlet="a")
    assert {each.article.canonical_url: each.article.body for each in stored} == {
        f"https://a.example/{number}": text for number, text in texts.items()
    }
    assert {frozenset(u.replace("-slug", "") for u in s) for s in store.partition()} == partition


@pytest.mark.parametrize("last", ["delete", "save"])
def test_a_move_in_mongodb_that_dies_between_two_writes_is_ended(
    mongodb_uri: str, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    store = SyncStore(mongodb_uri)
    new_id = article_id("https://a.example/7")
    # Of two copies of one time, that with the smaller id names the story.
    slugs = (f"7-{n}" for n in range(100))
    slug = next(each for each in slugs if article_id(f"https://a.example/{each}") < new_id)
    store.save(page(BEFORE, slug, HARBOUR), article("b", HARBOUR, published=NOON))

    async def die(*_: object) -> None:
        raise Interrupted

    with monkeypatch.context() as patched:
        if last == "delete":  # what follows the removal of the old article is not done
            patched.setattr(mongo_saving, "_finish_move", die)
        else:  # the article stands at both addresses
            save_all = mongo_saving.save_all

            async def save_and_die(database: Any, articles: Any) -> None:
                await save_all(database, articles)
                raise Interrupted

            patched.setattr(mongo_saving, "save_all", save_and_die)
        with pytest.raises(Interrupted):
            move(store, WITH_ID)
    move(store, WITH_ID)
    (stored,) = store.articles(outlet="a")
    assert stored.article.canonical_url == "https://a.example/7"
    assert store.counts() == {"stories": 1, "articles": 2, "revisions": 0, "runs": 0}
    assert {each.story_id for each in store.articles()} == {stored.id}


def test_an_id_that_is_none_moves_nothing(store: SyncStore) -> None:
    pages = [page(BEFORE, f"2026-{n}", f"{RAIN} {n}") for n in range(MAX_MERGED + 1)]
    store.save(*pages)
    year = outlet(id=r"\d{4}")
    assert move(store, year).refused == "https://a.example/2026"
    assert len(store.articles()) == len(pages)


def test_a_removed_article_does_not_swallow_one_that_would_move_there(store: SyncStore) -> None:
    store.save(page(WITH_ID, "7", HARBOUR))
    store.run(lambda opened: opened.forget(article_id("https://a.example/7"), "asked"))
    store.save(page(BEFORE, "7-slug", RAIN))
    assert move(store, WITH_ID).moved == 0
    assert [each.article.body for each in store.articles()] == [RAIN]


def test_a_removed_article_is_kept_out_at_its_new_address_too(store: SyncStore) -> None:
    store.save(page(BEFORE, "7-slug", HARBOUR), page(BEFORE, "8-slug", RAIN))
    for path in ("7-slug", "8-slug"):
        old_id = article_id(f"https://a.example/{path}")
        store.run(lambda opened, old_id=old_id: opened.forget(old_id, "asked"))  # type: ignore[misc]
    store.run(lambda opened: opened.lift_tombstone(article_id("https://a.example/8-slug")))
    move(store, WITH_ID)
    again = [page(WITH_ID, f"{n}-other", MARKET, fetched_at=NOON + HOUR) for n in (7, 8)]
    assert store.outcomes(*again) == ["forgotten", "new_story"]
    assert store.outcomes(page(BEFORE, "7-slug", RAIN)) == ["forgotten"]


def test_an_article_that_stands_where_a_removed_one_would_goes_on(store: SyncStore) -> None:
    store.save(page(BEFORE, "7-slug", HARBOUR))
    store.run(lambda opened: opened.forget(article_id("https://a.example/7-slug"), "asked"))
    store.save(page(WITH_ID, "7-other", RAIN))
    move(store, WITH_ID)
    revised = page(WITH_ID, "7-other", MARKET, fetched_at=NOON + HOUR)
    assert store.outcomes(revised) == ["revision"]


def test_a_crawl_looks_only_once_for_a_declaration(
    store: SyncStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(page(BEFORE, "7-slug", HARBOUR))
    assert [look(store, each) for each in (BEFORE, WITH_ID, WITH_ID, BEFORE)] == [0, 1, 0, 1]

    async def refuse(*_: object) -> None:
        raise Interrupted

    monkeypatch.setattr(readdressing, "readdress", refuse)
    assert look(store, BEFORE) == 0

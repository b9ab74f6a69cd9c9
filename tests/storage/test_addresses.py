"""At which address an article stands, on both stores."""

from dataclasses import replace
from itertools import permutations

import pytest

from crawler.dedup import article_id
from crawler.items import Article
from crawler.storage import Store
from crawler.storage.mongo import saving as mongo_saving
from crawler.storage.sqlite import saving as sqlite_saving
from tests.storage.older import Interrupted, make_older, refuse_second_call
from tests.storage.samples import HOUR, NOON, SyncStore, article
from tests.storage.test_frontier import tracked

OWN = "https://a.example/own"
HARBOUR = "وسعت الهيئة الميناء القديم هذا العام بأرصفة جديدة تستقبل السفن الكبيرة"
RAIN = "هطلت أمطار غزيرة على المدينة مساء أمس وأغلقت طرقا عدة أمام السيارات"
MARKET = "افتتح السوق الجديد أبوابه للزوار وسط إقبال كبير من سكان الأحياء القريبة"
DOUBLED = "https://a.example/%25D8%25AE%25D8%25A8%25D8%25B1"
SINGLE = "https://a.example/%D8%AE%D8%A8%D8%B1"


def test_pages_that_name_one_address_do_not_swallow_each_other_in_any_order(
    store: SyncStore,
) -> None:
    for number, order in enumerate(permutations(range(4))):
        site = f"https://a{number}.example"
        pages = [
            article(f"a{number}/own", HARBOUR, fetched_at=NOON),
            article(f"a{number}/b", RAIN, canonical_url=f"{site}/own", fetched_at=NOON + HOUR),
            article(f"a{number}/c", MARKET, canonical_url=f"{site}/own", fetched_at=NOON - HOUR),
            article(f"a{number}/d", HARBOUR, canonical_url=f"{site}/own", fetched_at=NOON + HOUR),
        ]
        saved = store.save(*(pages[index] for index in order))
        expected = {f"{site}/own": HARBOUR, f"{site}/b": RAIN, f"{site}/c": MARKET}
        # A claimant with the owner's text, that had parted from another before the owner came.
        if 0 < order.index(3) < order.index(0):
            expected[f"{site}/d"] = HARBOUR
        assert sum(result.refused_claims for result in saved) == len(expected) - 1
        stored = store.articles(outlet=f"a{number}")
        assert {copy.article.canonical_url: copy.article.body for copy in stored} == expected
        assert {copy.id for copy in stored} == {
            article_id(copy.article.canonical_url or "") for copy in stored
        }
        assert len({copy.story_id for copy in stored}) == 3
    assert store.counts()["revisions"] == 0


def test_the_next_look_at_a_page_finds_it_where_it_stands(store: SyncStore) -> None:
    claimant = article("a/b", RAIN, canonical_url=OWN)
    store.save(claimant, article("a/own", HARBOUR))
    assert store.outcomes(claimant) == ["unchanged"]
    (saved,) = store.save(replace(claimant, body=f"{RAIN} الآن", fetched_at=NOON + HOUR))
    assert (saved.outcome, saved.article_id) == ("revision", article_id("https://a.example/b"))
    assert store.outcomes(article("a/own", f"{HARBOUR} الآن", fetched_at=NOON + HOUR)) == [
        "revision"
    ]


def test_pages_that_name_an_address_which_nobody_owns_part_in_any_order(store: SyncStore) -> None:
    texts = {"b": RAIN, "c": MARKET, "d": HARBOUR}
    for number, order in enumerate(permutations(texts)):
        outlet = f"a{number}"
        site = f"https://{outlet}.example"
        pages = [
            article(f"{outlet}/{name}", texts[name], canonical_url=f"{site}/template")
            for name in order
        ]
        assert [result.refused_claims for result in store.save(*pages)] == [0, 1, 1]
        first, *others = order
        expected = {f"{site}/{name}": texts[name] for name in others}
        expected[f"{site}/template"] = texts[first]
        later = [replace(each, fetched_at=NOON + HOUR) for each in reversed(pages)]
        assert store.outcomes(*later) == ["unchanged"] * 3
        (revised,) = store.save(
            replace(pages[0], body=f"{texts[first]} الآن", fetched_at=NOON + HOUR)
        )
        assert revised.outcome == "revision"
        expected[f"{site}/template"] = f"{texts[first]} الآن"
        stored = store.articles(outlet=outlet)
        assert {copy.article.canonical_url: copy.article.body for copy in stored} == expected


def test_a_claim_is_believed_while_nobody_owns_the_address(store: SyncStore) -> None:
    (saved,) = store.save(article("a/b", RAIN, canonical_url=OWN))
    assert (saved.article_id, saved.refused_claims) == (article_id(OWN), 0)


def older_store(store: SyncStore, *articles: Article) -> None:
    """Store articles and a tracked URL as a store of schema 3 holds them."""

    async def scenario(opened: Store) -> None:
        for given in articles:
            own = replace(given, own_url=given.canonical_url)
            await opened.save(own)
        await opened.put_tracked_urls([replace(tracked("doubled"), address=DOUBLED)])

    store.run(scenario)
    make_older(store, 3)


def test_articles_under_addresses_escaped_twice_move_when_an_older_store_is_opened(
    store: SyncStore,
) -> None:
    first = article("a/1", HARBOUR, canonical_url=DOUBLED, published=NOON - 3 * HOUR)
    revised = replace(first, headline="عنوان آخر", fetched_at=NOON + HOUR)
    older_store(store, first, revised, article("b", HARBOUR), article("c", RAIN))
    old_id, new_id = article_id(DOUBLED), article_id(SINGLE)
    assert {copy.id for copy in store.articles(outlet="a")} == {new_id}
    assert [old.article.headline for old in store.revisions(old_id)] == [first.headline]
    aliased = store.run(lambda opened: opened.article(old_id))
    assert aliased is not None
    assert (aliased.id, aliased.article.headline) == (new_id, "عنوان آخر")
    assert store.run(lambda opened: opened.resolve_story(old_id)) == new_id
    assert {copy.story_id for copy in store.articles(outlet="b")} == {new_id}
    assert store.counts() == {"stories": 2, "articles": 3, "revisions": 1, "runs": 0}
    known = store.run(lambda opened: opened.tracked_urls("waha", [DOUBLED, SINGLE]))
    assert known == {SINGLE: replace(tracked("doubled"), address=SINGLE)}
    assert store.outcomes(article("a/1", HARBOUR, canonical_url=SINGLE, own_url=SINGLE)) == [
        "unchanged"
    ]


def test_both_forms_of_an_address_become_one_article(store: SyncStore) -> None:
    single = article("a/2", RAIN, canonical_url=SINGLE, fetched_at=NOON + HOUR)
    older_store(store, article("a/1", HARBOUR, canonical_url=DOUBLED), single)
    (stored,) = store.articles()
    assert (stored.id, stored.article.body) == (article_id(SINGLE), RAIN)
    assert [old.article.body for old in store.revisions(stored.id)] == [HARBOUR]


def test_an_upgrade_that_is_interrupted_is_resumed(
    store: SyncStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [HARBOUR, RAIN, MARKET]
    older_store(
        store,
        *(article(f"a/{n}", text, canonical_url=f"{DOUBLED}/{n}") for n, text in enumerate(texts)),
        article("b", HARBOUR, published=NOON),
    )
    with monkeypatch.context() as patched:
        for saving in (sqlite_saving, mongo_saving):
            patched.setattr(saving, "regroup", refuse_second_call(saving.regroup))
        with pytest.raises(Interrupted):
            store.counts()
    assert {copy.article.canonical_url: copy.article.body for copy in store.articles()} == {
        f"{SINGLE}/0": HARBOUR,
        f"{SINGLE}/1": RAIN,
        f"{SINGLE}/2": MARKET,
        "https://b.example/news": HARBOUR,
    }
    assert store.counts()["stories"] == 3

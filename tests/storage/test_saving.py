"""The contract of saving, on both stores."""

import asyncio
from collections import Counter
from dataclasses import fields, replace
from typing import Any

import pytest

from crawler.dedup import article_id, canonical_url, content_hash
from crawler.items import Article
from crawler.storage import Saved, Store, StoreError
from tests.storage.samples import HOUR, NOON, SyncStore, article, gap_free


def test_everything_comes_back_as_it_was(store: SyncStore) -> None:
    given = gap_free("full")
    store.save(given)
    assert store.articles()[0].article == given


def test_what_is_missing_stays_missing_and_keys_are_computed(store: SyncStore) -> None:
    given = Article(url="https://m.a.example/1/?utm_source=x", headline="توسيع", body="نص الخبر")
    (saved,) = store.save(given)
    address = canonical_url(given.url)
    (stored,) = store.articles()
    assert saved == Saved("new_story", article_id(address), article_id(address))
    assert stored.id == stored.story_id == article_id(address)
    assert stored.article == replace(given, canonical_url=address, content_hash=content_hash(given))


def test_same_text_at_another_address_is_a_copy(store: SyncStore) -> None:
    earliest, copy = article("a"), article("b", published=NOON)
    first, second = store.save(earliest, copy)
    assert (first.outcome, second.outcome) == ("new_story", "new_copy")
    assert first.story_id == second.story_id == first.article_id
    (story,) = store.stories()
    assert [copy.outlet for copy in story.copies] == ["a", "b"]


def test_a_second_identical_save_writes_nothing(store: SyncStore) -> None:
    given = [article("a"), article("b"), article("c", "نص آخر تماما")]
    store.save(*given)
    before = store.articles(), store.stories()
    assert store.outcomes(*given) == ["unchanged"] * 3
    assert (store.articles(), store.stories()) == before


def test_the_first_fetch_stays_and_letters_alone_are_no_change(store: SyncStore) -> None:
    first = article("a", "أعلنت الهيئة الخطة")
    later = replace(
        first, body="اعلنت  الهيئه الخطّة", headline="توسيع الميناء!", fetched_at=NOON + HOUR
    )
    assert store.outcomes(first, later) == ["new_story", "unchanged"]
    (stored,) = store.articles()
    assert (stored.article.body, stored.article.fetched_at) == (first.body, NOON)


@pytest.mark.parametrize("changed", [{"body": "نص جديد للخبر"}, {"headline": "عنوان جديد"}])
def test_a_changed_text_is_a_revision_and_the_older_is_kept(
    store: SyncStore, changed: dict[str, Any]
) -> None:
    first = article("a")
    second = replace(first, fetched_at=NOON + HOUR, **changed)
    assert store.outcomes(first, second) == ["new_story", "revision"]
    (stored,) = store.articles()
    (older,) = store.revisions(stored.id)
    assert (stored.article.headline, stored.article.body) == (second.headline, second.body)
    assert (older.article.headline, older.article.body) == (first.headline, first.body)
    assert (older.first_seen, older.replaced_at) == (NOON, NOON + HOUR)
    assert store.stories()[0].revisions == store.counts()["revisions"] == 1


def test_three_texts_keep_two_older_ones_in_order(store: SyncStore) -> None:
    texts = [article("a", f"النص {n}", fetched_at=NOON + n * HOUR) for n in range(3)]
    *_, last = store.save(*texts)
    assert [r.article.body for r in store.revisions(last.article_id)] == ["النص 0", "النص 1"]
    assert store.articles()[0].article.body == "النص 2"


def test_texts_without_a_time_of_fetching_count_in_order_of_arrival(store: SyncStore) -> None:
    texts = [article("a", f"النص {n}", fetched_at=None) for n in range(3)]
    *_, last = store.save(*texts)
    assert [r.article.body for r in store.revisions(last.article_id)] == ["النص 0", "النص 1"]
    assert store.articles()[0].article.fetched_at is None


def test_a_revision_leaves_its_old_story(store: SyncStore) -> None:
    a, b, c = article("a"), article("b", published=NOON), article("c", "نص ثالث")
    store.save(a, b, c)
    store.save(replace(a, body=c.body, fetched_at=NOON + HOUR))
    assert store.partition() == {frozenset({b.url}), frozenset({a.url, c.url})}
    assert store.counts()["stories"] == 2


def test_an_older_reading_never_overwrites_a_newer_text(store: SyncStore) -> None:
    old, new = article("a", "النص القديم"), article("a", "النص الجديد", fetched_at=NOON + HOUR)
    assert store.outcomes(new, old, old, new) == ["new_story", "revision", "unchanged", "unchanged"]
    (stored,) = store.articles()
    assert stored.article.body == new.body
    assert [r.article.body for r in store.revisions(stored.id)] == [old.body]


def test_a_gap_wipes_nothing(store: SyncStore) -> None:
    full = gap_free("full")
    gaps = Article(url=full.url, canonical_url=full.canonical_url, fetched_at=NOON + HOUR)
    assert store.outcomes(full, gaps) == ["new_story", "unchanged"]
    assert store.articles()[0].article == full
    revised = replace(gaps, body="نص جديد بلا تاريخ")
    assert store.outcomes(revised) == ["revision"]
    kept = store.articles()[0].article
    assert (kept.published, kept.place, kept.sources) == (full.published, full.place, full.sources)
    assert kept.dateline is None, "a dateline belongs to the body it was cut from"


def test_what_stood_empty_is_filled_in(store: SyncStore) -> None:
    undated = article("b", published=None, published_raw="أمس")
    store.save(article("a"), undated)
    dated = replace(
        undated, published=NOON - 2 * HOUR, published_raw="قبل ساعتين", fetched_at=NOON + HOUR
    )
    (saved,) = store.save(dated)
    assert saved.outcome == "unchanged"
    filled = next(s.article for s in store.articles() if s.id == saved.article_id)
    assert (filled.published, filled.published_raw, filled.fetched_at) == (
        dated.published,
        "قبل ساعتين",
        NOON,
    )
    assert store.stories()[0].id == saved.article_id, "dated now, it is the earliest"


def test_an_empty_body_joins_nothing(store: SyncStore) -> None:
    assert store.outcomes(article("a", body=None), article("b", body=" ")) == ["new_story"] * 2
    assert store.counts()["stories"] == 2


def test_an_earlier_copy_becomes_the_earliest_and_the_old_id_an_alias(store: SyncStore) -> None:
    first, second = store.save(article("a"), article("b", published=NOON - 3 * HOUR))
    assert second.story_id == second.article_id != first.story_id
    assert store.run(lambda s: s.resolve_story(first.story_id)) == second.story_id
    assert store.run(lambda s: s.resolve_story(second.story_id)) == second.story_id
    assert store.run(lambda s: s.resolve_story("0" * 32)) is None


def test_undated_copies_come_after_dated_ones_and_then_the_smallest_id_counts(
    store: SyncStore,
) -> None:
    undated = [article(name, published=None) for name in "abc"]
    saved = store.save(*undated)
    assert store.stories()[0].id == min(one.article_id for one in saved)
    (dated,) = store.save(article("d", published=NOON + HOUR))
    assert store.stories()[0].id == dated.article_id


def test_many_at_once_are_saved_in_order(store: SyncStore) -> None:
    old, new = article("a", "النص 1"), article("a", "النص 2", fetched_at=NOON + HOUR)
    copies = [article(f"copy{n}", "نص مشترك") for n in range(150)]
    saved = store.run(lambda s: s.save_many([old, *copies, new, new]))
    assert [one.outcome for one in saved[-2:]] == ["revision", "unchanged"]
    assert Counter(one.outcome for one in saved[1:-2]) == {"new_story": 1, "new_copy": 149}
    assert len({one.story_id for one in store.run(lambda s: s.save_many(copies))}) == 1
    assert store.counts() == {"stories": 2, "articles": 151, "revisions": 1, "runs": 0}


def test_writers_at_once_join_one_story_and_one_of_them_is_new(store: SyncStore) -> None:
    copies = [article(f"o{n}", published=NOON - n * HOUR) for n in range(12)]

    async def all_at_once(opened: Store) -> list[Saved]:
        return await asyncio.gather(*(opened.save(one) for one in copies + copies))

    outcomes = Counter(saved.outcome for saved in store.run(all_at_once))
    assert outcomes == {"new_story": 1, "new_copy": 11, "unchanged": 12}
    (story,) = store.stories()
    assert len(story.copies) == 12
    assert story.copies[0].outlet == "o11"


def test_texts_of_one_address_saved_at_once_are_all_kept(store: SyncStore) -> None:
    texts = [article("a", f"النص {n}", fetched_at=NOON + n * HOUR) for n in range(10)]

    async def all_at_once(opened: Store) -> list[Saved]:
        return await asyncio.gather(*(opened.save(one) for one in reversed(texts)))

    saved = store.run(all_at_once)
    (stored,) = store.articles()
    assert stored.article.body == "النص 9"
    older = store.revisions(saved[0].article_id)
    assert [revision.article.body for revision in older] == [f"النص {n}" for n in range(9)]
    assert store.counts()["revisions"] == 9


def test_instants_are_kept_in_utc_to_the_millisecond(store: SyncStore) -> None:
    store.save(article("a", published=NOON.replace(microsecond=123_999)))
    assert store.articles()[0].article.published == NOON.replace(microsecond=123_000)


def test_what_no_store_keeps_is_replaced_the_same_on_both(store: SyncStore) -> None:
    store.save(article("a", "قبل \ud83d بعد", headline="nul \x00", tags=("$where", "a.b")))
    stored = store.articles()[0].article
    assert (stored.body, stored.headline, stored.tags) == (
        "قبل \ufffd بعد",
        "nul \x00",
        ("$where", "a.b"),
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("published", NOON.replace(tzinfo=None)),
        ("fetched_at", NOON.date()),
        ("url", "ftp://a.example/1"),
        ("url", ""),
        ("sources", ("reuters",)),
    ],
)
def test_what_is_no_article_is_refused_by_name(store: SyncStore, field: str, value: Any) -> None:
    with pytest.raises(StoreError, match="cannot be stored"):
        store.save(replace(article("a"), **{field: value}))
    assert store.counts()["articles"] == 0


def test_gap_free_leaves_no_gap() -> None:
    assert all(getattr(gap_free("full"), field.name) for field in fields(Article))

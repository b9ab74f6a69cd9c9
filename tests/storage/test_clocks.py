"""What a clock that was once ahead has written hides nothing that comes after, on both stores."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.frontier import TrackedUrl
from crawler.storage import Store, incoming
from tests.storage.samples import HOUR, SyncStore, article
from tests.storage.test_frontier import tracked

YEAR = timedelta(days=365)
FIRST, CORRECTED = "قتل 12 شخصا في الحادث", "قتل 15 شخصا في الحادث"


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def test_what_is_fetched_now_stands_over_an_instant_ahead_in_either_order(store: SyncStore) -> None:
    ahead = article("a/1", FIRST, fetched_at=now() + YEAR)
    assert store.outcomes(ahead, article("a/1", CORRECTED, fetched_at=now())) == [
        "new_story",
        "revision",
    ]
    store.save(article("b/1", CORRECTED, fetched_at=now()))
    assert store.outcomes(article("b/1", FIRST, fetched_at=now() + YEAR)) == ["revision"]
    for stored in store.articles():
        assert stored.article.body == CORRECTED
        assert stored.article.fetched_at is not None
        assert stored.article.fetched_at <= datetime.now(UTC)


def test_what_was_stored_while_the_clock_was_ahead_is_corrected(
    store: SyncStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(incoming, "_now", lambda: now() + YEAR)
        store.save(article("a/1", "النص الأول", fetched_at=now() + YEAR - HOUR))
        store.save(article("a/1", FIRST, fetched_at=now() + YEAR))
    assert store.outcomes(article("a/1", CORRECTED, fetched_at=now())) == ["revision"]
    (stored,) = store.articles()
    assert stored.article.body == CORRECTED
    older = store.revisions(stored.id)
    assert [old.article.body for old in older] == ["النص الأول", FIRST]
    assert all(old.first_seen <= old.replaced_at <= datetime.now(UTC) for old in older)


def test_a_recording_does_not_displace_what_was_fetched_after_it(store: SyncStore) -> None:
    recording = article("a/1", FIRST, fetched_at=now() - YEAR)
    store.save(recording, article("a/1", CORRECTED, fetched_at=now() - HOUR))
    before = (store.articles(), store.counts())
    assert store.outcomes(recording) == ["unchanged"]
    assert (store.articles(), store.counts()) == before


def test_an_address_is_due_if_its_due_date_cannot_be_believed(store: SyncStore) -> None:
    found = now() - HOUR
    wrong = [
        tracked("due", found=found, due=now() + YEAR, checked_at=found),
        tracked("looked", found=found, due=now() + 3 * HOUR, checked_at=now() + 2 * HOUR),
        tracked("found", found=now() + 2 * HOUR, due=now() + 2 * HOUR),
        tracked("announced", found=found, due=now() + 2 * HOUR),
    ]
    right = [
        tracked("scheduled", found=found, due=now() + 300 * HOUR, checked_at=found),
        tracked("failed", found=found, due=now() + 300 * HOUR, tries=3),
    ]

    async def scenario(opened: Store) -> tuple[list[TrackedUrl], dict[str, TrackedUrl]]:
        await opened.put_tracked_urls([*right, *wrong])
        due = [each async for each in opened.due_urls("waha", now())]
        return due, await opened.tracked_urls("waha", [each.address for each in (*right, *wrong)])

    due, known = store.run(scenario)
    assert {each.address for each in due} == {each.address for each in wrong}
    for each in (*due, *(known[each.address] for each in wrong)):
        assert each.is_due(now())
        assert each.found <= now()
        assert each.checked_at is None or each.checked_at <= now()
    assert [known[each.address] for each in right] == right

"""The contract of the frontier, on both stores."""

from dataclasses import replace
from datetime import timedelta

from crawler.frontier import TrackedUrl
from crawler.storage import Store
from crawler.storage.codec import tracked_url_from_document, tracked_url_to_document
from crawler.storage.sqlite.schema import _ADDED, SCHEMA_VERSION
from tests.storage.older import make_older
from tests.storage.samples import HOUR, NOON, SyncStore


def tracked(name: str, **fields: object) -> TrackedUrl:
    address = f"https://waha.example/{name}"
    given = TrackedUrl(
        outlet="waha", kind="article", address=address, url=f"{address}?rss=1", found=NOON, due=NOON
    )
    return replace(given, **fields)  # type: ignore[arg-type]


FULL = tracked(
    "full",
    checked_at=NOON + HOUR,
    tries=2,
    published_raw="اليوم 1:00 م",
    changed="2026-03-01T12:00:00Z",
    headline="توسيع الميناء",
    etag='W/"a$.b"',
    last_modified="Sun, 01 Mar 2026 12:00:00 GMT",
    validators_at=NOON,
    digest="0f" * 16,
    reader_version="ab" * 8,
    change_announced=True,
    hints_unreliable=True,
    links=7,
    further_urls=("https://waha.example/2.xml",),
    announcer="https://waha.example/feed.xml",
    last_cause="http_404",
)


def test_a_page_is_kept_as_it_is_and_the_later_one_stands(store: SyncStore) -> None:
    async def scenario(opened: Store) -> dict[str, TrackedUrl]:
        await opened.put_tracked_urls([FULL, tracked("other")])
        await opened.put_tracked_urls([tracked("other", due=None, tries=3), tracked("third")])
        return await opened.tracked_urls(
            "waha", [FULL.address, tracked("other").address, "https://waha.example/none"]
        )

    assert store.run(scenario) == {
        FULL.address: FULL,
        tracked("other").address: tracked("other", due=None, tries=3),
    }


def test_a_false_zone_is_remembered() -> None:
    false = tracked("false", published_raw="2026-03-01T12:00Z", wall_clock=True)
    assert tracked_url_from_document(tracked_url_to_document(false)) == false


def test_fields_are_stored_under_the_names_that_older_stores_hold() -> None:
    document = tracked_url_to_document(FULL)
    assert document == {
        "outlet": "waha",
        "kind": "article",
        "address": FULL.address,
        "url": FULL.url,
        "found": NOON,
        "due": NOON,
        "looked": NOON + HOUR,
        "tries": 2,
        "published_raw": "اليوم 1:00 م",
        "changed": "2026-03-01T12:00:00Z",
        "headline": "توسيع الميناء",
        "etag": 'W/"a$.b"',
        "last_modified": "Sun, 01 Mar 2026 12:00:00 GMT",
        "answered": NOON,
        "digest": "0f" * 16,
        "read_as": "ab" * 8,
        "hinted": True,
        "misled": True,
        "links": 7,
        "following": ["https://waha.example/2.xml"],
        "announcer": "https://waha.example/feed.xml",
        "last_cause": "http_404",
    }
    assert tracked_url_from_document(document) == FULL


def test_what_an_older_version_stored_has_no_announcer_and_no_cause() -> None:
    document = tracked_url_to_document(FULL)
    del document["announcer"], document["last_cause"]
    read = tracked_url_from_document(document)
    assert read == replace(FULL, announcer=None, last_cause=None)


def test_many_addresses_are_looked_up_at_once(store: SyncStore) -> None:
    many = [tracked(str(number)) for number in range(1200)]

    async def scenario(opened: Store) -> dict[str, TrackedUrl]:
        await opened.put_tracked_urls(many)
        return await opened.tracked_urls("waha", [url.address for url in many])

    assert store.run(scenario) == {url.address: url for url in many}


def test_the_frontier_is_what_is_due_of_one_outlet_longest_due_first(store: SyncStore) -> None:
    later = [
        tracked(f"{number:03}", due=NOON + number * timedelta(seconds=1)) for number in range(250)
    ]
    others = [
        tracked("not yet", due=NOON + 2 * HOUR),
        tracked("never", due=None),
        tracked("feed", kind="document", checked_at=NOON),
        tracked("other", outlet="nahr"),
    ]

    async def scenario(opened: Store) -> list[TrackedUrl]:
        await opened.put_tracked_urls([*others, *reversed(later)])
        return [url async for url in opened.due_urls("waha", NOON + HOUR)]

    assert store.run(scenario) == later


def test_documents_of_past_days_are_forgotten_and_articles_are_not(store: SyncStore) -> None:
    kept = [
        tracked("article", checked_at=NOON - HOUR),
        tracked("feed", kind="document", checked_at=NOON),
        tracked("other", outlet="nahr", kind="document", checked_at=NOON - HOUR),
    ]

    async def scenario(opened: Store) -> list[TrackedUrl]:
        await opened.put_tracked_urls(
            [*kept, tracked("old", kind="document", checked_at=NOON - HOUR)]
        )
        await opened.forget_documents("waha", NOON)
        addresses = [tracked(name).address for name in ("article", "feed", "other", "old")]
        left = await opened.tracked_urls("waha", addresses) | await opened.tracked_urls(
            "nahr", addresses
        )
        return list(left.values())

    assert sorted(store.run(scenario), key=lambda url: url.address) == sorted(
        kept, key=lambda url: url.address
    )


def test_an_older_file_is_brought_up_to_date_with_all_it_holds(sqlite_uri: str) -> None:
    store = SyncStore(sqlite_uri)
    store.run(lambda opened: opened.set_checkpoint("kept", "yes"))
    make_older(store, 2)

    async def scenario(opened: Store) -> tuple[str | None, dict[str, TrackedUrl]]:
        await opened.put_tracked_urls([FULL])
        return await opened.checkpoint("kept"), await opened.tracked_urls("waha", [FULL.address])

    assert store.run(scenario) == ("yes", {FULL.address: FULL})
    assert set(_ADDED) == set(range(2, SCHEMA_VERSION))

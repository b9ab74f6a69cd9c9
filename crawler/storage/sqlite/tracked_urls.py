"""Rows of the table `pages`: reading and writing tracked URLs by address."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from crawler.dedup import article_id
from crawler.frontier import TrackedUrl, with_credible_instants
from crawler.storage.codec import (
    dumps,
    to_milliseconds,
    tracked_url_from_document,
    tracked_url_to_document,
)
from crawler.storage.sqlite.tombstones import buried_among

_MAX_ADDRESSES = 500  # in one query; SQLite takes 32,766 values


def select(
    connection: sqlite3.Connection, outlet: str, addresses: Sequence[str]
) -> dict[str, TrackedUrl]:
    """Return what is stored of `addresses`, by address."""
    clock = datetime.now(UTC)
    tracked_urls: dict[str, TrackedUrl] = {}
    for start in range(0, len(addresses), _MAX_ADDRESSES):
        some = addresses[start : start + _MAX_ADDRESSES]
        marks = ", ".join("?" * len(some))
        rows = connection.execute(
            f"SELECT address, document FROM pages WHERE outlet = ? AND address IN ({marks})",  # noqa: S608
            (outlet, *some),
        )
        for address, document in rows:
            tracked_urls[address] = with_credible_instants(tracked_url_from_json(document), clock)
    return tracked_urls


def upsert(connection: sqlite3.Connection, tracked_urls: Sequence[TrackedUrl]) -> None:
    """Write each over what was stored of its address."""
    connection.executemany(
        "INSERT INTO pages (outlet, kind, address, due, looked, document)"
        " VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (outlet, address) DO UPDATE SET kind = excluded.kind, due = excluded.due,"
        " looked = excluded.looked, document = excluded.document",
        [
            (
                tracked.outlet,
                tracked.kind,
                tracked.address,
                _milliseconds(tracked.due),
                _milliseconds(tracked.checked_at),
                dumps(tracked_url_to_document(tracked)),
            )
            for tracked in _without_buried_headlines(connection, tracked_urls)
        ],
    )


def remove_headlines(
    connection: sqlite3.Connection, outlet: str | None, addresses: Sequence[str]
) -> None:
    """Remove the headlines under which the articles of `outlet` at `addresses` were announced."""
    connection.executemany(
        "UPDATE pages SET document = json_remove(document, '$.headline')"
        " WHERE outlet = ? AND address = ?",
        [(outlet, address) for address in addresses],
    )


def remove_headlines_of_aliases(connection: sqlite3.Connection, outlet: str | None) -> None:
    """Remove the headlines that were announced for addresses of `outlet` which redirect to an
    article of which nothing is stored."""
    connection.execute(
        "UPDATE pages SET document = json_remove(document, '$.headline')"
        " WHERE outlet = ? AND document ->> '$.alias_of' IS NOT NULL"
        " AND document ->> '$.headline' IS NOT NULL AND NOT EXISTS (SELECT 1 FROM articles"
        " WHERE canonical_url = pages.document ->> '$.alias_of')",
        (outlet,),
    )


def _without_buried_headlines(
    connection: sqlite3.Connection, tracked_urls: Sequence[TrackedUrl]
) -> Sequence[TrackedUrl]:
    """Return `tracked_urls`, those of removed articles without the headline that was announced."""
    (any_buried,) = connection.execute("SELECT EXISTS (SELECT 1 FROM tombstone_keys)").fetchone()
    if not any_buried:
        return tracked_urls
    return [
        replace(tracked, headline=None)
        if tracked.headline and buried_among(connection, [article_id(tracked.address)])
        else tracked
        for tracked in tracked_urls
    ]


def tracked_url_from_json(document: str) -> TrackedUrl:
    """Return the tracked URL in the column `document`."""
    return tracked_url_from_document(json.loads(document))


def _milliseconds(instant: datetime | None) -> int | None:
    return None if instant is None else to_milliseconds(instant)

"""The frontier: what is known of each address of an outlet. Every function runs inside a job of the
worker."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from crawler.frontier import TrackedUrl
from crawler.storage.codec import (
    dumps,
    to_milliseconds,
    tracked_url_from_document,
    tracked_url_to_document,
)
from crawler.storage.sqlite.queries import Position

_AT_ONCE = 500  # values in one query; SQLite takes 32,766


def tracked_urls(
    connection: sqlite3.Connection, outlet: str, addresses: Sequence[str]
) -> dict[str, TrackedUrl]:
    """What is known of these addresses."""
    found: dict[str, TrackedUrl] = {}
    for start in range(0, len(addresses), _AT_ONCE):
        some = addresses[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        rows = connection.execute(
            f"SELECT address, document FROM pages WHERE outlet = ? AND address IN ({marks})",  # noqa: S608
            (outlet, *some),
        )
        found |= {
            address: tracked_url_from_document(json.loads(document)) for address, document in rows
        }
    return found


def put_tracked_urls(connection: sqlite3.Connection, tracked_urls: Sequence[TrackedUrl]) -> None:
    """Write pages over what was known of them."""
    connection.executemany(
        "INSERT INTO pages (outlet, kind, address, due, looked, document) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (outlet, address) DO UPDATE"
        " SET kind = excluded.kind, due = excluded.due, looked = excluded.looked, document = excluded.document",
        [
            (
                tracked.outlet,
                tracked.kind,
                tracked.address,
                None if tracked.due is None else to_milliseconds(tracked.due),
                None if tracked.checked_at is None else to_milliseconds(tracked.checked_at),
                dumps(tracked_url_to_document(tracked)),
            )
            for tracked in tracked_urls
        ],
    )


def due_urls(
    connection: sqlite3.Connection, outlet: str, now: datetime, after: Position | None, size: int
) -> list[tuple[Position, TrackedUrl]]:
    """The next `size` articles that are due, each with its position."""
    due, address = after or (-1, "")
    rows = connection.execute(
        "SELECT due, address, document FROM pages WHERE outlet = ? AND kind = 'article' AND due <= ?"
        " AND (due, address) > (?, ?) ORDER BY due, address LIMIT ?",
        (outlet, to_milliseconds(now), due, address, size),
    )
    return [
        ((due, address), tracked_url_from_document(json.loads(document)))
        for due, address, document in rows
    ]


def forget_documents(connection: sqlite3.Connection, outlet: str, before: datetime) -> None:
    """Forget documents not looked at since `before`."""
    connection.execute(
        "DELETE FROM pages WHERE outlet = ? AND kind = 'document' AND looked < ?",
        (outlet, to_milliseconds(before)),
    )

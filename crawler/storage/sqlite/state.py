"""What crawls go on from: the frontier and the leases. Every function runs inside a job of the
worker."""

import json
import sqlite3
import time
from collections.abc import Sequence
from datetime import datetime

from crawler.frontier import TrackedUrl
from crawler.storage.codec import (
    dumps,
    from_milliseconds,
    to_milliseconds,
    tracked_url_from_document,
    tracked_url_to_document,
)
from crawler.storage.protocol import Lease, LeaseHeld
from crawler.storage.sqlite.reading import Position

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


def take_lease(
    connection: sqlite3.Connection, name: str, owner: str, seconds: float, over: int | None
) -> Lease:
    """Take a lease that is free. Raises LeaseHeld."""
    held = _lease(connection, name)
    if held is not None and held.token != over and to_milliseconds(held.until) > _now():
        raise LeaseHeld(held)
    token = 1 if held is None else held.token + 1
    until = _now() + int(seconds * 1000)
    connection.execute(
        "INSERT OR REPLACE INTO leases (name, owner, token, until) VALUES (?, ?, ?, ?)",
        (name, owner, token, until),
    )
    return Lease(name, owner, token, from_milliseconds(until))


def renew_lease(connection: sqlite3.Connection, lease: Lease, seconds: float) -> Lease:
    """Hold a lease longer, or give it back. Raises LeaseHeld when it is another's."""
    until = _now() + int(seconds * 1000)
    changed = connection.execute(
        "UPDATE leases SET until = ? WHERE name = ? AND token = ?", (until, lease.name, lease.token)
    )
    if not changed.rowcount:
        raise LeaseHeld(_lease(connection, lease.name) or lease)
    return Lease(lease.name, lease.owner, lease.token, from_milliseconds(until))


def release_lease(connection: sqlite3.Connection, lease: Lease) -> None:
    """Give a lease back; nothing where it is another's."""
    connection.execute(
        "UPDATE leases SET until = 0 WHERE name = ? AND token = ?", (lease.name, lease.token)
    )


def _lease(connection: sqlite3.Connection, name: str) -> Lease | None:
    row = connection.execute(
        "SELECT owner, token, until FROM leases WHERE name = ?", (name,)
    ).fetchone()
    return Lease(name, row[0], row[1], from_milliseconds(row[2])) if row else None


def _now() -> int:
    """Milliseconds since 1970: all who share the file share the machine's clock."""
    return int(time.time() * 1000)

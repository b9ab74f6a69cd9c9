"""Leases: who may crawl an outlet now. Every function runs inside a job of the worker."""

import sqlite3
import time

from crawler.storage.codec import (
    from_milliseconds,
    to_milliseconds,
)
from crawler.storage.protocol import Lease, LeaseHeld


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

"""Leases in SQLite: the table `leases`. The functions run on the worker's thread."""

import sqlite3
import time

from crawler.storage.codec import from_milliseconds, to_milliseconds
from crawler.storage.protocol import Lease, LeaseHeld, LeaseReader, LeaseStore
from crawler.storage.sqlite.worker import ReaderPart, StorePart


class SqliteLeaseReader(ReaderPart, LeaseReader):
    async def held_lease(self, name: str) -> Lease | None:
        return await self._reads.read(_select_held, name)


class SqliteLeases(SqliteLeaseReader, StorePart, LeaseStore):
    async def take_lease(
        self, name: str, owner: str, seconds: float, *, over: int | None = None
    ) -> Lease:
        return await self._worker.write(_take, name, owner, seconds, over)

    async def renew_lease(self, lease: Lease, seconds: float) -> Lease:
        return await self._worker.write_first(_renew, lease, seconds)

    async def release_lease(self, lease: Lease) -> None:
        await self._worker.write(_release, lease)


def _take(
    connection: sqlite3.Connection, name: str, owner: str, seconds: float, over: int | None
) -> Lease:
    held = _select_held(connection, name)
    if held is not None and held.token != over:
        raise LeaseHeld(held)
    last = _select(connection, name)
    token = 1 if last is None else last.token + 1
    until = _end_of_lease(seconds)
    connection.execute(
        "INSERT OR REPLACE INTO leases (name, owner, token, until) VALUES (?, ?, ?, ?)",
        (name, owner, token, until),
    )
    return Lease(name, owner, token, from_milliseconds(until))


def _renew(connection: sqlite3.Connection, lease: Lease, seconds: float) -> Lease:
    until = _end_of_lease(seconds)
    updated = connection.execute(
        "UPDATE leases SET until = ? WHERE name = ? AND token = ?", (until, lease.name, lease.token)
    )
    if not updated.rowcount:
        raise LeaseHeld(_select(connection, lease.name) or lease)
    return Lease(lease.name, lease.owner, lease.token, from_milliseconds(until))


def _release(connection: sqlite3.Connection, lease: Lease) -> None:
    connection.execute(
        "UPDATE leases SET until = 0 WHERE name = ? AND token = ?", (lease.name, lease.token)
    )


def _select(connection: sqlite3.Connection, name: str) -> Lease | None:
    row = connection.execute(
        "SELECT owner, token, until FROM leases WHERE name = ?", (name,)
    ).fetchone()
    if row is None:
        return None
    owner, token, until = row
    return Lease(name, owner, token, from_milliseconds(until))


def _select_held(connection: sqlite3.Connection, name: str) -> Lease | None:
    lease = _select(connection, name)
    if lease is None or to_milliseconds(lease.until) <= _now():
        return None
    return lease


def _now() -> int:
    """Return milliseconds since 1970: all who share the file share the machine's clock."""
    return int(time.time() * 1000)


def _end_of_lease(seconds: float) -> int:
    return _now() + int(seconds * 1000)

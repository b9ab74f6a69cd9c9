"""Looking up what was removed, while articles are saved. The functions run on the worker's
thread."""

import sqlite3
from collections.abc import Collection

from crawler.storage.codec import from_milliseconds
from crawler.stories.tombstones import Retention


def buried_among(connection: sqlite3.Connection, keys: Collection[str]) -> set[str]:
    """Return those of `keys` that tombstones have (`crawler.stories.tombstones.incoming_keys`)."""
    marks = ", ".join("?" * len(keys))
    rows = connection.execute(
        f"SELECT key FROM tombstone_keys WHERE key IN ({marks})",  # noqa: S608
        tuple(keys),
    )
    return {key for (key,) in rows}


def retention_of(connection: sqlite3.Connection, outlet: str | None) -> Retention | None:
    """Return the retention of `outlet`."""
    row = connection.execute(
        "SELECT outlet, before, reason, forgotten FROM retentions WHERE outlet = ?", (outlet,)
    ).fetchone()
    if row is None:
        return None
    name, before, reason, forgotten = row
    return Retention(name, from_milliseconds(before), reason, from_milliseconds(forgotten))

"""Reading and writing records (`crawler.storage.records`) in SQLite. The functions run on the
worker's thread."""

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from crawler.storage.codec import (
    from_milliseconds,
    run_from_document,
    run_to_document,
    tombstone_from_document,
    tracked_url_from_document,
    tracked_url_to_document,
)
from crawler.storage.record import OWN_NOTES, Record, RecordKind
from crawler.storage.records import (
    CopiedArticle,
    link_from_record,
    link_to_record,
    retention_to_record,
    tombstone_to_record,
)
from crawler.storage.sqlite import queries, removal, runs, saving, tracked_urls
from crawler.storage.sqlite.rows import (
    CURRENT_COLUMNS,
    LINK_COLUMNS,
    SIGNATURE_COLUMNS,
    current_from_row,
    link_from_row,
    link_to_row,
    signature_from_row,
)
from crawler.storage.sqlite.worker import StorePart
from crawler.storage.upkeep import TransferStore
from crawler.stories.grouping import StorySlot
from crawler.stories.tombstones import Retention

_LINK_KEY = "article_a, article_b, face_a, face_b"
_WRITTEN = 50  # records in one transaction


class SqliteTransfer(StorePart, TransferStore):
    async def read_records(self, kind: RecordKind, after: Any, size: int) -> list[Record]:
        return await self._worker.read(_READERS[kind], after, size)

    async def write_records(self, kind: RecordKind, records: Sequence[Record]) -> None:
        for start in range(0, len(records), _WRITTEN):
            batch = records[start : start + _WRITTEN]
            await self._worker.write(_WRITERS[kind], batch)

    async def expect_many_records(self) -> None:
        pass  # the index of words takes many rows as fast as few

    async def index_records(self) -> None:
        pass

    async def remove_records(self, kind: RecordKind, keys: Sequence[str]) -> None:
        await self._worker.write(_remove_records, kind, keys)


def _remove_records(connection: sqlite3.Connection, kind: RecordKind, keys: Sequence[str]) -> None:
    if kind == "links":
        connection.executemany(
            "DELETE FROM links WHERE article_a = ? AND article_b = ? AND face_a = ? AND face_b = ?",
            [_link_key(key) for key in keys],
        )
    elif kind == "aliases":
        connection.executemany("DELETE FROM aliases WHERE id = ?", [(key,) for key in keys])


def _link_key(key: str) -> tuple[str, str, int, int]:
    first, second, first_hash, second_hash = key.split(":")
    return first, second, int(first_hash), int(second_hash)


def _read_articles(connection: sqlite3.Connection, after: Any, size: int) -> list[Record]:
    behind = "1" if after is None else "(time, id) > (?, ?)"
    rows = connection.execute(
        f"SELECT number, id, story_id, story_time, {CURRENT_COLUMNS}, {SIGNATURE_COLUMNS}"  # noqa: S608
        f" FROM articles WHERE {behind} ORDER BY time, id LIMIT ?",
        (*(after or ()), size),
    ).fetchall()
    return [
        CopiedArticle(
            article_id,
            current_from_row(rest[:4]),
            signature_from_row(rest[4:]),
            StorySlot(story_id, from_milliseconds(story_time)),
            queries.old_versions(connection, number),
        ).to_record()
        for number, article_id, story_id, story_time, *rest in rows
    ]


def _write_articles(connection: sqlite3.Connection, records: Sequence[Record]) -> None:
    for record in records:
        article = CopiedArticle.from_record(record)
        stored = queries.current_of(connection, article.id)
        if stored is not None:
            saving.remove(connection, article.id, stored[0])
        saving.insert_copied(connection, article)


def _read_links(connection: sqlite3.Connection, after: Any, size: int) -> list[Record]:
    behind, values = "1", []
    if after is not None:
        behind = f"({_LINK_KEY}) > (?, ?, ?, ?)"
        values = [*_link_key(after)]
    rows = connection.execute(
        f"SELECT {LINK_COLUMNS} FROM links WHERE {behind} ORDER BY {_LINK_KEY} LIMIT ?",  # noqa: S608
        (*values, size),
    ).fetchall()
    return [link_to_record(link_from_row(row)) for row in rows]


def _write_links(connection: sqlite3.Connection, records: Sequence[Record]) -> None:
    connection.executemany(
        f"INSERT OR REPLACE INTO links ({LINK_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608
        [link_to_row(link_from_record(record)) for record in records],
    )


def _read_stop_keys(connection: sqlite3.Connection, after: Any, size: int) -> list[Record]:
    rows = connection.execute(
        "SELECT key FROM stopped WHERE ?1 IS NULL OR key > ?1 ORDER BY key LIMIT ?2", (after, size)
    )
    return [Record(key, {}) for (key,) in rows]


def _write_stop_keys(connection: sqlite3.Connection, records: Sequence[Record]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO stopped (key) VALUES (?)", [(record.key,) for record in records]
    )


def _read_boilerplate(connection: sqlite3.Connection, after: Any, size: int) -> list[Record]:
    rows = connection.execute(
        "SELECT outlet, version, keys, restless FROM boilerplate WHERE outlet > ?"
        " ORDER BY outlet LIMIT ?",
        (after or "", size),
    )
    return [
        Record(
            outlet,
            {
                "version": version,
                "keys": sorted(json.loads(keys)),
                "restless": sorted(json.loads(restless)),
            },
        )
        for outlet, version, keys, restless in rows
    ]


def _write_boilerplate(connection: sqlite3.Connection, records: Sequence[Record]) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO boilerplate (outlet, version, keys, restless) VALUES (?, ?, ?, ?)",
        [
            (
                record.key,
                record.values["version"],
                json.dumps(record.values["keys"]),
                json.dumps(record.values["restless"]),
            )
            for record in records
        ],
    )


def _read_tombstones(connection: sqlite3.Connection, after: Any, size: int) -> list[Record]:
    rows = connection.execute(
        "SELECT id, lifted, document FROM tombstones WHERE id > ? ORDER BY id LIMIT ?",
        (after or "", size),
    )
    return [
        replace(
            tombstone_to_record(
                tombstone_from_document(json.loads(document)),
                None if lifted is None else from_milliseconds(lifted),
            ),
            key=id_,
        )
        for id_, lifted, document in rows
    ]


def _write_tombstones(connection: sqlite3.Connection, records: Sequence[Record]) -> None:
    for record in records:
        tombstone = tombstone_from_document(record.values["tombstone"])
        removal.insert_tombstone(connection, tombstone, record.values["lifted"])


def _read_retentions(connection: sqlite3.Connection, after: Any, size: int) -> list[Record]:
    retentions = removal.select_retentions(connection)
    return [
        retention_to_record(each) for each in retentions if after is None or each.outlet > after
    ][:size]


def _write_retentions(connection: sqlite3.Connection, records: Sequence[Record]) -> None:
    for record in records:
        removal.insert_retention(connection, Retention(**record.values))


def _read_aliases(connection: sqlite3.Connection, after: Any, size: int) -> list[Record]:
    rows = connection.execute(
        "SELECT id, article_id FROM aliases WHERE id > ? ORDER BY id LIMIT ?", (after or "", size)
    )
    return [Record(id_, {"article_id": article_id}) for id_, article_id in rows]


def _write_aliases(connection: sqlite3.Connection, records: Sequence[Record]) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO aliases (id, article_id) VALUES (?, ?)",
        [(record.key, record.values["article_id"]) for record in records],
    )


def _read_tracked_urls(connection: sqlite3.Connection, after: Any, size: int) -> list[Record]:
    outlet, _, address = (after or "").partition(" ")
    rows = connection.execute(
        "SELECT outlet, address, document FROM pages WHERE (outlet, address) > (?, ?)"
        " ORDER BY outlet, address LIMIT ?",
        (outlet, address, size),
    )
    return [
        Record(
            f"{outlet} {address}",
            tracked_url_to_document(tracked_url_from_document(json.loads(document))),
        )
        for outlet, address, document in rows
    ]


def _write_tracked_urls(connection: sqlite3.Connection, records: Sequence[Record]) -> None:
    tracked_urls.upsert(
        connection, [tracked_url_from_document(record.values) for record in records]
    )


def _read_runs(connection: sqlite3.Connection, after: Any, size: int) -> list[Record]:
    rows = connection.execute(
        "SELECT id, document FROM runs WHERE id > ? ORDER BY id LIMIT ?", (after or "", size)
    )
    return [
        Record(id_, run_to_document(run_from_document(json.loads(document))))
        for id_, document in rows
    ]


def _write_runs(connection: sqlite3.Connection, records: Sequence[Record]) -> None:
    for record in records:
        runs.upsert(connection, run_from_document(record.values))


def _read_told(connection: sqlite3.Connection, after: Any, size: int) -> list[Record]:
    watch, _, article_id = (after or "").rpartition(" ")
    rows = connection.execute(
        "SELECT watch, article, event, revisions, is_told FROM told"
        " WHERE (watch, article) > (?, ?) ORDER BY watch, article LIMIT ?",
        (watch, article_id, size),
    )
    return [
        Record(
            f"{watch} {article_id}",
            {
                "watch": watch,
                "article": article_id,
                "event": event,
                "revisions": revisions,
                "is_told": bool(is_told),
            },
        )
        for watch, article_id, event, revisions, is_told in rows
    ]


def _write_told(connection: sqlite3.Connection, records: Sequence[Record]) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO told (watch, article, event, revisions, is_told)"
        " VALUES (:watch, :article, :event, :revisions, :is_told)",
        [record.values for record in records],
    )


def _read_notes(connection: sqlite3.Connection, after: Any, size: int) -> list[Record]:
    rows = connection.execute(
        "SELECT name, value FROM notes WHERE name > ?1 ORDER BY name LIMIT ?2", (after or "", size)
    ).fetchall()
    return [Record(name, {"value": value}) for name, value in rows if name not in OWN_NOTES]


def _write_notes(connection: sqlite3.Connection, records: Sequence[Record]) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO notes (name, value) VALUES (?, ?)",
        [(record.key, record.values["value"]) for record in records],
    )


_READERS: Mapping[RecordKind, Callable[[sqlite3.Connection, Any, int], list[Record]]] = {
    "articles": _read_articles,
    "links": _read_links,
    "stop keys": _read_stop_keys,
    "boilerplate": _read_boilerplate,
    "tombstones": _read_tombstones,
    "retentions": _read_retentions,
    "aliases": _read_aliases,
    "tracked addresses": _read_tracked_urls,
    "runs": _read_runs,
    "told by watches": _read_told,
    "notes": _read_notes,
}
_WRITERS: Mapping[RecordKind, Callable[[sqlite3.Connection, Sequence[Record]], None]] = {
    "articles": _write_articles,
    "links": _write_links,
    "stop keys": _write_stop_keys,
    "boilerplate": _write_boilerplate,
    "tombstones": _write_tombstones,
    "retentions": _write_retentions,
    "aliases": _write_aliases,
    "tracked addresses": _write_tracked_urls,
    "runs": _write_runs,
    "told by watches": _write_told,
    "notes": _write_notes,
}

"""Moving the articles and tracked URLs of an outlet to the addresses that its declaration gives
today. The functions run on the worker's thread."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from crawler.dedup import AddressError, canonical_url
from crawler.frontier import merged
from crawler.outlet import Outlet
from crawler.storage.codec import tombstone_from_document
from crawler.storage.sqlite import saving
from crawler.storage.sqlite.queries import current_of, old_versions
from crawler.storage.sqlite.removal import insert_tombstone
from crawler.storage.sqlite.tracked_urls import select, tracked_url_from_json, upsert
from crawler.storage.sqlite.worker import StorePart
from crawler.storage.upkeep import ReaddressingStore
from crawler.stories.addresses import declared_address, readdressed
from crawler.stories.tombstones import with_declared_key

_BATCH = 500  # tracked URLs that are looked at in one transaction


class SqliteReaddressing(StorePart, ReaddressingStore):
    async def extend_tombstones(self, outlet: Outlet) -> None:
        await self._worker.write(_extend_tombstones, outlet)

    async def misplaced_articles(self, outlet: Outlet) -> dict[str, str]:
        return await self._worker.read(_misplaced, outlet)

    async def move_articles(self, outlet: Outlet, article_ids: Sequence[str]) -> int:
        return await self._worker.write(_move_articles, outlet, article_ids)

    async def move_tracked_urls(self, outlet: Outlet) -> None:
        after: int | None = 0
        while after is not None:
            after = await self._worker.write(_move_tracked_urls, outlet, after)


def _extend_tombstones(connection: sqlite3.Connection, outlet: Outlet) -> None:
    rows = connection.execute(
        "SELECT document FROM tombstones WHERE lifted IS NULL AND document ->> '$.outlet' = ?",
        (outlet.name,),
    ).fetchall()
    for (document,) in rows:
        tombstone = tombstone_from_document(json.loads(document))
        extended = with_declared_key(tombstone, outlet)
        new_keys = set(extended.keys) - set(tombstone.keys)
        if new_keys and not any(current_of(connection, key) for key in new_keys):
            insert_tombstone(connection, extended)


def _misplaced(connection: sqlite3.Connection, outlet: Outlet) -> dict[str, str]:
    """Return the addresses that the declaration gives for articles which stand at others, by
    article id."""
    rows = connection.execute(
        "SELECT id, canonical_url, document ->> '$.url', document ->> '$.own_url' FROM articles"
        " WHERE outlet = ? ORDER BY time, id",
        (outlet.name,),
    )
    addresses = {}
    for article_id, canonical, url, own_url in rows:
        address = declared_address(outlet, url, own_url, canonical)
        if address not in (None, canonical):
            addresses[article_id] = address
    return addresses


def _move_articles(
    connection: sqlite3.Connection, outlet: Outlet, article_ids: Sequence[str]
) -> int:
    """Move articles of `outlet`; return how many of them stand elsewhere now."""
    moved = []
    for article_id in article_ids:
        stored = current_of(connection, article_id)
        if stored is None:
            continue
        number, current = stored
        article = current.article
        address = declared_address(outlet, article.url, article.own_url, article.canonical_url)
        if address is None or address == article.canonical_url:
            continue
        older = old_versions(connection, number)
        versions = readdressed(address, current, older, datetime.now(UTC), outlet)
        if saving.move(connection, article_id, number, versions):
            moved.append(article_id)
    _move_notes(connection, moved)
    return len(moved)


def _move_tracked_urls(connection: sqlite3.Connection, outlet: Outlet, after: int) -> int | None:
    """Move the next tracked articles of `outlet`, behind the row `after`; return the row up to
    which they were looked at, None at the end."""
    rows = connection.execute(
        "SELECT number, address, document FROM pages"
        " WHERE outlet = ? AND kind = 'article' AND number > ? ORDER BY number LIMIT ?",
        (outlet.name, after, _BATCH),
    ).fetchall()
    for number, address, document in rows:
        tracked = tracked_url_from_json(document)
        try:
            declared = canonical_url(tracked.url, outlet=outlet)
            alias_of = tracked.alias_of and canonical_url(tracked.alias_of, outlet=outlet)
        except AddressError:
            continue
        if declared == address and alias_of == tracked.alias_of:
            continue
        moved = replace(tracked, alias_of=None if alias_of == declared else alias_of)
        if declared != address:
            known = select(connection, outlet.name, [declared]).get(declared)
            moved = merged(moved, known, declared)
            connection.execute("DELETE FROM pages WHERE number = ?", (number,))
        upsert(connection, [moved])
    return rows[-1][0] if len(rows) == _BATCH else None


def _move_notes(connection: sqlite3.Connection, article_ids: Sequence[str]) -> None:
    """Let what watches noted of articles stand for those that they are aliases of now."""
    marks = ", ".join("?" * len(article_ids))
    connection.execute(
        "UPDATE OR IGNORE told SET article ="  # noqa: S608
        " (SELECT article_id FROM aliases WHERE aliases.id = told.article)"
        f" WHERE article IN ({marks}) AND article IN (SELECT id FROM aliases)",
        tuple(article_ids),
    )

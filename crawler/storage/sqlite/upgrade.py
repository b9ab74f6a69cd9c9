"""Bringing the articles and addresses of an older store up to date, when it is opened.

The work is done in short transactions. A note in the store says that it is not yet done, so that a
process which is killed meanwhile leaves the rest to the next one.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from crawler.dedup import single_escaped
from crawler.frontier import merged
from crawler.storage.sqlite import saving, word_index
from crawler.storage.sqlite.queries import current_of, old_versions
from crawler.storage.sqlite.rows import article_from_json
from crawler.storage.sqlite.tracked_urls import select, tracked_url_from_json, upsert
from crawler.stories.addresses import readdressed

_BATCH = 100  # articles
_DOUBLED = r"LIKE '%\%25%' ESCAPE '\'"


def read_addresses_anew(connection: sqlite3.Connection) -> None:
    """Store under their single-escaped addresses the articles whose addresses were escaped twice,
    and what is known of such addresses."""
    if connection.execute("SELECT 1 FROM notes WHERE name = 'upgrade'").fetchone() is None:
        return
    doubled = [
        article_id
        for article_id, address in connection.execute(
            f"SELECT id, canonical_url FROM articles WHERE canonical_url {_DOUBLED}"  # noqa: S608
        ).fetchall()
        if single_escaped(address) != address
    ]
    for start in range(0, len(doubled), _BATCH):
        with _transaction(connection):
            for article_id in doubled[start : start + _BATCH]:
                _move_article(connection, article_id)
    with _transaction(connection):
        _move_tracked_urls(connection)
        connection.execute("DELETE FROM notes WHERE name = 'upgrade'")


def index_words_anew(connection: sqlite3.Connection) -> None:
    """Index the words of all articles that are not in the index of words yet."""
    if connection.execute("SELECT 1 FROM notes WHERE name = 'upgrade_words'").fetchone() is None:
        return
    last = 0
    while batch := _without_words(connection, last):
        with _transaction(connection):
            for number, document in batch:
                word_index.write_words(connection, number, article_from_json(document))
        last, _ = batch[-1]
    with _transaction(connection):
        connection.execute("DELETE FROM notes WHERE name = 'upgrade_words'")


def _without_words(connection: sqlite3.Connection, last: int) -> list[tuple[int, str]]:
    """Return numbers and documents of the next articles behind the number `last` whose words are
    not indexed."""
    return connection.execute(
        "SELECT number, document FROM articles WHERE number > ?"
        " AND number NOT IN (SELECT article FROM foldings) ORDER BY number LIMIT ?",
        (last, _BATCH),
    ).fetchall()


def _move_article(connection: sqlite3.Connection, article_id: str) -> None:
    stored = current_of(connection, article_id)
    assert stored is not None
    number, current = stored
    address = single_escaped(current.article.canonical_url or "")
    versions = readdressed(address, current, old_versions(connection, number), datetime.now(UTC))
    saving.move(connection, article_id, number, versions)


def _move_tracked_urls(connection: sqlite3.Connection) -> None:
    rows = connection.execute(
        f"SELECT number, outlet, address, document FROM pages"  # noqa: S608
        f" WHERE kind = 'article' AND address {_DOUBLED}"
    ).fetchall()
    for number, outlet, doubled, document in rows:
        address = single_escaped(doubled)
        if address == doubled:
            continue
        tracked = tracked_url_from_json(document)
        known = select(connection, outlet, [address]).get(address)
        upsert(connection, [merged(tracked, known, address)])
        connection.execute("DELETE FROM pages WHERE number = ?", (number,))


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")

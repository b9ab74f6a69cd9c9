"""Reading articles, stories and revisions from SQLite. All functions run on the worker's thread."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from crawler.storage.codec import to_milliseconds
from crawler.storage.filters import Filters
from crawler.storage.paging import Slice, end_of
from crawler.storage.sqlite.rows import (
    CURRENT_COLUMNS,
    OLD_VERSION_COLUMNS,
    STORED_ARTICLE_COLUMNS,
    current_from_row,
    old_version_from_row,
    stored_article_from_row,
)
from crawler.stories.assembly import assemble
from crawler.stories.model import Revision, StoredArticle, Story
from crawler.stories.versions import Current, OldVersion, revisions

Position = tuple[int, str]
"""The position of an article or story in a list: time and id."""


def stories_slice(
    connection: sqlite3.Connection, filters: Filters, after: Position | None, size: int
) -> Slice[Story, Position]:
    """Return the next `size` stories that meet `filters`."""
    where, values = _conditions(filters, "story_time", "story_id", after)
    positions: list[Position] = connection.execute(
        f"SELECT DISTINCT story_time, story_id FROM articles WHERE {where}"  # noqa: S608
        " ORDER BY story_time DESC, story_id DESC LIMIT ?",
        (*values, size),
    ).fetchall()
    stories = [assemble(story_id, _copies(connection, story_id)) for _, story_id in positions]
    return Slice(stories, end_of(positions, size))


def articles_slice(
    connection: sqlite3.Connection, filters: Filters, after: Position | None, size: int
) -> Slice[StoredArticle, Position]:
    """Return the next `size` articles that meet `filters`."""
    where, values = _conditions(filters, "time", "id", after)
    rows = connection.execute(
        f"SELECT time, {STORED_ARTICLE_COLUMNS} FROM articles WHERE {where}"  # noqa: S608
        " ORDER BY time DESC, id DESC LIMIT ?",
        (*values, size),
    ).fetchall()
    articles = [stored_article_from_row(row[1:]) for row in rows]
    return Slice(articles, end_of([row[:2] for row in rows], size))


def position_of(connection: sqlite3.Connection, article_id: str) -> Position | None:
    """Return the position of an article, which is also that of a story with its id, or the one that
    a removed article had; None if there is no such article."""
    row: Position | None = connection.execute(
        "SELECT time, id FROM articles WHERE id = ?1"
        " UNION ALL SELECT time, id FROM tombstones WHERE id = ?1",
        (present_id(connection, article_id),),
    ).fetchone()
    return row


def story_of(connection: sqlite3.Connection, article_id: str) -> str | None:
    """Return the id of the story that an article is in, or that a removed article was in; None if
    there is no such article, or no copy of the story is left."""
    while True:
        article_id = present_id(connection, article_id)
        row = connection.execute(
            "SELECT story_id FROM articles WHERE id = ?", (article_id,)
        ).fetchone()
        if row:
            return str(row[0])
        successor = connection.execute(
            "SELECT successor FROM tombstones WHERE id = ? AND successor IS NOT NULL",
            (article_id,),
        ).fetchone()
        if successor is None:
            return None
        # Each successor was stored when its predecessor was removed: the chain has an end.
        (article_id,) = successor


def present_id(connection: sqlite3.Connection, article_id: str) -> str:
    """Return the present id of the article that has, or had, the id `article_id`."""
    row = connection.execute(
        "SELECT article_id FROM aliases WHERE id = ?1"
        " AND NOT EXISTS (SELECT 1 FROM articles WHERE id = ?1)",
        (article_id,),
    ).fetchone()
    return row[0] if row else article_id


def current_of(connection: sqlite3.Connection, article_id: str) -> tuple[int, Current] | None:
    """Return the number and the current text of an article, None if it is not stored."""
    row = connection.execute(
        f"SELECT number, {CURRENT_COLUMNS} FROM articles WHERE id = ?",  # noqa: S608
        (article_id,),
    ).fetchone()
    return (row[0], current_from_row(row[1:])) if row else None


def article(connection: sqlite3.Connection, article_id: str) -> StoredArticle | None:
    """Return the article that has, or had, that id; None if it is not stored."""
    row = connection.execute(
        f"SELECT {STORED_ARTICLE_COLUMNS} FROM articles WHERE id = ?",  # noqa: S608
        (present_id(connection, article_id),),
    ).fetchone()
    return stored_article_from_row(row) if row else None


def article_read_at(
    connection: sqlite3.Connection, addresses: Sequence[str]
) -> StoredArticle | None:
    """Return an article whose page was read at one of `addresses`, None if there is no such
    article."""
    marks = ", ".join("?" * len(addresses))
    row = connection.execute(
        f"SELECT {STORED_ARTICLE_COLUMNS} FROM articles"  # noqa: S608
        f" WHERE document ->> '$.url' IN ({marks}) OR document ->> '$.own_url' IN ({marks})"
        " ORDER BY id LIMIT 1",
        (*addresses, *addresses),
    ).fetchone()
    return stored_article_from_row(row) if row else None


def outlets(connection: sqlite3.Connection) -> list[str]:
    """Return the names of the outlets that have articles, sorted."""
    rows = connection.execute(
        "SELECT DISTINCT outlet FROM articles WHERE outlet IS NOT NULL ORDER BY outlet"
    )
    return [outlet for (outlet,) in rows]


def source_names(connection: sqlite3.Connection) -> list[str]:
    """Return the sources of all articles, sorted."""
    return [
        source for (source,) in connection.execute("SELECT DISTINCT source FROM sources ORDER BY 1")
    ]


def place_names(connection: sqlite3.Connection) -> list[str]:
    """Return the places of all articles as printed, sorted."""
    rows = connection.execute(
        "SELECT DISTINCT document ->> '$.place' FROM articles WHERE place IS NOT NULL ORDER BY 1"
    )
    return [place for (place,) in rows]


def old_versions(connection: sqlite3.Connection, number: int) -> list[OldVersion]:
    """Return the older texts of the article with that number."""
    rows = connection.execute(
        f"SELECT {OLD_VERSION_COLUMNS} FROM revisions WHERE article = ?",  # noqa: S608
        (number,),
    )
    return [old_version_from_row(row) for row in rows]


def revisions_of(connection: sqlite3.Connection, article_id: str) -> list[Revision]:
    """Return the older texts of an article, oldest first."""
    article_id = present_id(connection, article_id)
    stored = current_of(connection, article_id)
    if stored is None:
        return []
    number, current = stored
    return revisions(article_id, current, old_versions(connection, number))


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many stories, articles, revisions and runs are stored."""
    row = connection.execute(
        "SELECT (SELECT count(DISTINCT story_id) FROM articles), (SELECT count(*) FROM articles),"
        " (SELECT count(*) FROM revisions), (SELECT count(*) FROM runs)"
    ).fetchone()
    return dict(zip(("stories", "articles", "revisions", "runs"), row, strict=True))


def story_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return, by outlet, the number of stories of which it has a copy."""
    rows = connection.execute(
        "SELECT outlet, count(DISTINCT story_id) FROM articles"
        " WHERE outlet IS NOT NULL GROUP BY outlet"
    )
    return dict(rows.fetchall())


def _copies(connection: sqlite3.Connection, story_id: str) -> list[StoredArticle]:
    rows = connection.execute(
        f"SELECT {STORED_ARTICLE_COLUMNS} FROM articles WHERE story_id = ?",  # noqa: S608
        (story_id,),
    )
    return [stored_article_from_row(row) for row in rows]


def _conditions(
    filters: Filters, time: str, id_: str, after: Position | None
) -> tuple[str, Sequence[str | int]]:
    """Return `filters` as an SQL condition over articles, and the values to bind to it. The
    condition holds none of the values: nothing that is searched for gets into the SQL.

    time, id_: the columns of the position.
    """
    conditions: list[str] = ["1"]
    values: list[str | int] = []

    def require(condition: str, *bound: str | int) -> None:
        conditions.append(condition)
        values.extend(bound)

    if after is not None:
        require(f"({time}, {id_}) < (?, ?)", *after)
    if filters.since is not None:
        require(f"{time} >= ?", _first_millisecond(filters.since))
    if filters.until is not None:
        require(f"{time} < ?", _first_millisecond(filters.until))
    if filters.outlets is not None:
        marks = ", ".join("?" * len(filters.outlets))
        require(f"outlet IN ({marks})", *sorted(filters.outlets))
    if filters.language is not None:
        require("language = ?", filters.language)
    if filters.places is not None:
        marks = ", ".join("?" * len(filters.places))
        require(f"place IN ({marks})", *sorted(filters.places))
    if filters.genre is not None:
        require("document ->> '$.genre' = ?", filters.genre)
    if filters.sources is not None:
        marks = ", ".join("?" * len(filters.sources))
        with_source = f"SELECT article FROM sources WHERE source IN ({marks})"  # noqa: S608
        require(f"number IN ({with_source})", *sorted(filters.sources))
    if filters.words:
        # FTS5: strings side by side must all match.
        query = " ".join(f'"{word}"' for word in filters.words)
        require("number IN (SELECT rowid FROM words WHERE words MATCH ?)", query)
    return " AND ".join(conditions), values


def _first_millisecond(instant: datetime) -> int:
    """Return the first whole millisecond that is not before `instant`; instants are stored in whole
    ones."""
    is_whole = instant.microsecond % 1000 == 0
    return to_milliseconds(instant) + (0 if is_whole else 1)

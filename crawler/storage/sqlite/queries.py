"""Reading articles, stories and revisions from SQLite. All functions run on the worker's thread."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime

from crawler.search import (
    And,
    Expansion,
    Field,
    InHeadline,
    Node,
    Not,
    Or,
    all_in_headline,
    fields_of,
    with_headline_terms,
)
from crawler.search.query import FieldName
from crawler.storage.codec import from_milliseconds, to_milliseconds
from crawler.storage.filters import Filters
from crawler.storage.paging import Slice, end_of
from crawler.storage.sqlite import word_index
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

_MANY = 1000
"""Articles: fewer are looked up one by one."""

_FIELD_CONDITIONS: Mapping[FieldName, str] = {
    "place": "place = ?",
    "source": "number IN (SELECT article FROM sources WHERE source = ?)",
    "outlet": "outlet = ?",
    "language": "language = ?",
}

Position = tuple[int, str]
"""The position of an article or story in a list: time and id."""


def stories_slice(
    connection: sqlite3.Connection, filters: Filters, after: Position | None, size: int
) -> Slice[Story, Position]:
    """Return the next `size` stories that meet `filters`."""
    positions = _story_positions(connection, filters, after, size)
    stories = [assemble(story_id, _copies(connection, story_id)) for _, story_id in positions]
    return Slice(stories, end_of(positions, size))


def story_times(connection: sqlite3.Connection, filters: Filters) -> list[datetime]:
    """Return the times of the newest stories that meet `filters`."""
    assert filters.limit is not None
    positions = _story_positions(connection, filters, None, filters.limit)
    return [from_milliseconds(time) for time, _ in positions]


def articles_slice(
    connection: sqlite3.Connection, filters: Filters, after: Position | None, size: int
) -> Slice[StoredArticle, Position]:
    """Return the next `size` articles that meet `filters`."""
    where, values = _conditions(connection, filters, "time", "id", after)
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


def copies_of(connection: sqlite3.Connection, story_id: str) -> list[StoredArticle]:
    """Return the articles of the story that has, or had, that id."""
    present = story_of(connection, story_id)
    return _copies(connection, present) if present else []


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


def _story_positions(
    connection: sqlite3.Connection, filters: Filters, after: Position | None, size: int
) -> list[Position]:
    """Return the positions of the next `size` stories that meet `filters`."""
    where, values = _conditions(connection, filters, "story_time", "story_id", after)
    return connection.execute(
        f"SELECT DISTINCT story_time, story_id FROM articles WHERE {where}"  # noqa: S608
        " ORDER BY story_time DESC, story_id DESC LIMIT ?",
        (*values, size),
    ).fetchall()


def _copies(connection: sqlite3.Connection, story_id: str) -> list[StoredArticle]:
    rows = connection.execute(
        f"SELECT {STORED_ARTICLE_COLUMNS} FROM articles WHERE story_id = ?",  # noqa: S608
        (story_id,),
    )
    return [stored_article_from_row(row) for row in rows]


def _conditions(
    connection: sqlite3.Connection,
    filters: Filters,
    time: str,
    id_: str,
    after: Position | None,
) -> tuple[str, Sequence[str | int]]:
    """Return `filters` as an SQL condition over articles, and the values to bind to it. The
    condition holds none of the values: nothing that is searched for gets into the SQL.

    time, id_: the columns of the position.
    """
    condition = _Condition()
    if after is not None:
        condition.require(f"({time}, {id_}) < (?, ?)", *after)
    if filters.since is not None:
        condition.require(f"{time} >= ?", _first_millisecond(filters.since))
    if filters.until is not None:
        condition.require(f"{time} < ?", _first_millisecond(filters.until))
    _require_fields(condition, filters)
    if filters.query is not None:
        _require_query(connection, condition, filters, filters.query, id_)
    return condition.sql, condition.values


class _Condition:
    """An SQL condition that grows, and the values to bind to it."""

    def __init__(self) -> None:
        self._parts = ["1"]
        self.values: list[str | int] = []

    @property
    def sql(self) -> str:
        return " AND ".join(self._parts)

    def require(self, condition: str, *values: str | int) -> None:
        """Require one more condition, with the values of its question marks."""
        self._parts.append(condition)
        self.values.extend(values)


def _require_fields(condition: _Condition, filters: Filters) -> None:
    """Require the filters that say nothing of time or words."""
    if filters.outlets is not None:
        marks = ", ".join("?" * len(filters.outlets))
        condition.require(f"outlet IN ({marks})", *sorted(filters.outlets))
    if filters.language is not None:
        condition.require("language = ?", filters.language)
    if filters.places is not None:
        marks = ", ".join("?" * len(filters.places))
        condition.require(f"place IN ({marks})", *sorted(filters.places))
    if filters.genre is not None:
        condition.require("document ->> '$.genre' = ?", filters.genre)
    if filters.sources is not None:
        marks = ", ".join("?" * len(filters.sources))
        with_source = f"SELECT article FROM sources WHERE source IN ({marks})"  # noqa: S608
        condition.require(f"number IN ({with_source})", *sorted(filters.sources))


def _require_query(
    connection: sqlite3.Connection, condition: _Condition, filters: Filters, query: Node, id_: str
) -> None:
    """Require the query, and its tier where `filters` name one."""
    if filters.tier is None:
        condition.require(*_asked(connection, query))
        return
    of_headlines = all_in_headline(query)
    assert of_headlines is not None, "a query without words has no tiers"
    if filters.tier == "headline":
        condition.require(*_asked(connection, of_headlines))
        return
    condition.require(*_asked(connection, query))
    headlines = _Condition()
    _require_fields(headlines, filters)
    headlines.require(*_asked(connection, of_headlines))
    condition.require(
        f"{id_} NOT IN (SELECT {id_} FROM articles WHERE {headlines.sql})",  # noqa: S608
        *headlines.values,
    )


def _asked(connection: sqlite3.Connection, query: Node) -> tuple[str, ...]:
    """Return a query as an SQL condition, then the values to bind to it."""
    query = word_index.with_vocabulary(connection, query)
    values: list[str] = []
    condition = _condition_of(connection, query, word_index.expanded(connection, query), values)
    return condition, *values


def _having_words(connection: sqlite3.Connection, expression: str) -> str:
    """Return the condition of articles that meet an expression of FTS5, which is to be bound to it.

    Where there are many, walking the list and asking of each whether it is among them is faster
    than looking each of them up; the plus sign has SQLite do so.
    """
    (number,) = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)",
        (expression, _MANY),
    ).fetchone()
    walk = "+" if number == _MANY else ""
    return f"{walk}number IN (SELECT rowid FROM words WHERE words MATCH ?)"  # noqa: S608


def _condition_of(
    connection: sqlite3.Connection, node: Node, expansion: Expansion, values: list[str]
) -> str:
    """Return a node of a query as an SQL condition; append its values to `values`."""
    expression = word_index.match_expression(node, expansion)
    if expression is not None:
        values.append(expression)
        return _having_words(connection, expression)
    match node:
        case Field():
            values.append(node.value)
            return _FIELD_CONDITIONS[node.name]
        case Not():
            # An article without the field does not have it.
            return f"NOT ifnull({_condition_of(connection, node.node, expansion, values)}, 0)"
        case InHeadline():
            return _condition_of(connection, with_headline_terms(node), expansion, values)
        case Or():
            parts = [_condition_of(connection, part, expansion, values) for part in node.nodes]
            return f"({' OR '.join(parts)})"
        case And():
            together = _words_together(node)
            parts = [_condition_of(connection, part, expansion, values) for part in together]
            return f"({' AND '.join(parts)})"
        case _:
            raise AssertionError(f"{node} is words alone")


def _words_together(node: And) -> list[Node]:
    """Return the parts of a conjunction, with those that are words alone as one part: the index
    meets or excludes them together."""
    words = [part for part in node.nodes if not any(fields_of(part))]
    others = [part for part in node.nodes if any(fields_of(part))]
    if all(isinstance(part, Not) for part in words):
        return [*others, *words]
    return [And(tuple(words)), *others]


def _first_millisecond(instant: datetime) -> int:
    """Return the first whole millisecond that is not before `instant`; instants are stored in whole
    ones."""
    is_whole = instant.microsecond % 1000 == 0
    return to_milliseconds(instant) + (0 if is_whole else 1)

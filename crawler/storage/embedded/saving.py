"""Writing articles and runs. Every function runs inside a transaction of the worker."""

import sqlite3
from collections.abc import Iterable

from crawler.items import Article
from crawler.storage.codec import article_to_document, dumps, from_milliseconds, run_to_document, to_milliseconds
from crawler.storage.embedded.reading import kept_texts, standing_of, story_of
from crawler.storage.filters import place_key, searched_words
from crawler.storage.grouping import Member, Place, group_of, place_of, source_keys
from crawler.storage.history import Reading, Standing, Text, change, needs_kept
from crawler.storage.protocol import Outcome, Run, Saved


def save_all(connection: sqlite3.Connection, readings: Iterable[Reading]) -> list[Saved]:
    """Store readings in order and settle the stories they touch."""
    return [_save(connection, reading) for reading in readings]


def _save(connection: sqlite3.Connection, reading: Reading) -> Saved:
    stored = standing_of(connection, reading.id)
    if stored is None:
        return _save_new(connection, reading)
    number, standing = stored
    kept = kept_texts(connection, number) if needs_kept(standing, reading) else ()
    done = change(standing, reading, kept)
    if done.kept is not None:
        _keep(connection, number, done.kept)
    if done.standing != standing:
        _write(connection, number, done.standing)
        _settle(connection, number, standing.article)
        _settle(connection, number, done.standing.article)
    return _saved(connection, reading.id, done.outcome)


def record_run(connection: sqlite3.Connection, run: Run) -> None:
    """Write a run's summary over an earlier one of the same id."""
    document = run_to_document(run)
    connection.execute(
        "INSERT INTO runs (id, outlet, started, document) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
        " SET outlet = excluded.outlet, started = excluded.started, document = excluded.document",
        (document["id"], document["outlet"], to_milliseconds(document["started"]), dumps(document)),
    )


def _save_new(connection: sqlite3.Connection, reading: Reading) -> Saved:
    standing = reading.as_first
    number = connection.execute(
        "INSERT INTO articles (id, canonical_url, story_id, story_time, time, first_seen, first_fetched,"
        " revisions, document) VALUES (?, ?, ?, 0, 0, 0, 0, 0, '')",
        (reading.id, reading.article.canonical_url, reading.id),
    ).lastrowid
    assert number is not None
    _write(connection, number, standing)
    members = _settle(connection, number, standing.article)
    return _saved(connection, reading.id, "new_story" if members == 1 else "new_copy")


def _write(connection: sqlite3.Connection, number: int, standing: Standing) -> None:
    article = standing.article
    document = article_to_document(article)
    connection.execute(
        "UPDATE articles SET time = ?, published = ?, first_seen = ?, first_fetched = ?, revisions = ?,"
        " content_hash = ?, outlet = ?, language = ?, place = ?, document = ? WHERE number = ?",
        (
            to_milliseconds(standing.time),
            None if article.published is None else to_milliseconds(article.published),
            to_milliseconds(standing.first_seen),
            to_milliseconds(standing.first_fetched),
            standing.revisions,
            document["content_hash"],
            document["outlet"],
            document["language"],
            place_key(article),
            dumps(document),
            number,
        ),
    )
    connection.execute("DELETE FROM words WHERE rowid = ?", (number,))
    connection.execute("INSERT INTO words (rowid, folded) VALUES (?, ?)", (number, searched_words(article)))
    connection.execute("DELETE FROM sources WHERE article = ?", (number,))
    rows = [(source, number) for source in source_keys(article)]
    connection.executemany("INSERT INTO sources (source, article) VALUES (?, ?)", rows)


def _keep(connection: sqlite3.Connection, number: int, text: Text) -> None:
    first_seen, digest = text.key
    document = dumps(article_to_document(text.article))
    connection.execute(
        "INSERT INTO revisions (article, first_seen, digest, position, document) VALUES (?, ?, ?, ?, ?)",
        (number, to_milliseconds(first_seen), digest, text.order, document),
    )


def _settle(connection: sqlite3.Connection, number: int, article: Article) -> int:
    """Put all members of the group that `article` (number `number`) is or was in where they belong; how many."""
    members = members_of(connection, number, article)
    if not members:
        return 0
    place = place_of(members)
    connection.executemany(
        "UPDATE articles SET story_id = ?, story_time = ? WHERE id = ?",
        [
            (place.story_id, to_milliseconds(place.story_time), member.id)
            for member in members
            if member.place != place
        ],
    )
    return len(members)


def members_of(connection: sqlite3.Connection, number: int, article: Article) -> list[Member]:
    """The articles in the group of `article`; alone, it is its own group."""
    key = group_of(article)
    condition, value = ("number = ?", number) if key is None else ("content_hash = ?", key)
    rows = connection.execute(
        f"SELECT id, published, time, story_id, story_time FROM articles WHERE {condition}",  # noqa: S608
        (value,),
    )
    return [
        Member(
            id=article_id,
            published=None if published is None else from_milliseconds(published),
            time=from_milliseconds(time),
            place=Place(story_id, from_milliseconds(story_time)),
        )
        for article_id, published, time, story_id, story_time in rows
    ]


def _saved(connection: sqlite3.Connection, article_id: str, outcome: Outcome) -> Saved:
    story_id = story_of(connection, article_id)
    assert story_id is not None
    return Saved(outcome, story_id, article_id)

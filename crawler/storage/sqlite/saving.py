"""Writing articles and runs. Every function runs inside a transaction of the worker."""

import json
import sqlite3
from collections.abc import Iterable

from crawler.storage.codec import article_to_document, dumps, to_milliseconds
from crawler.storage.filters import place_key, searched_words
from crawler.storage.grouping import of_changed_stories, source_keys
from crawler.storage.history import Reading, Standing, Text, change, needs_kept
from crawler.storage.likeness import RULES, Likeness
from crawler.storage.protocol import Boilerplate, Move, Outcome, Saved
from crawler.storage.sqlite import copies
from crawler.storage.sqlite.queries import kept_texts, standing_of, story_of
from crawler.storage.sqlite.settling import settle


def save_all(connection: sqlite3.Connection, readings: Iterable[Reading]) -> list[Saved]:
    """Store readings in order and settle the stories they touch."""
    return [_save(connection, reading) for reading in readings]


def regroup(connection: sqlite3.Connection, article_ids: Iterable[str]) -> list[Move]:
    """Bring what the index holds of stored articles up to today's rules; what that moved, and all
    beside it."""
    moved: list[Move] = []
    for article_id in article_ids:
        stored = standing_of(connection, article_id)
        if stored is not None:
            number, standing = stored
            old = copies.stored_likeness(connection, number)
            moved += of_changed_stories(
                _place(connection, number, article_id, standing, old, anew=True)
            )
    return moved


def set_boilerplate(
    connection: sqlite3.Connection, outlet: str, keys: frozenset[str]
) -> Boilerplate:
    """Replace what is known of an outlet; the version stays where nothing changes."""
    known = copies.boilerplate_of(connection, outlet)
    if known.keys == keys:
        return known
    new = Boilerplate(known.version + 1, keys)
    connection.execute(
        "INSERT OR REPLACE INTO boilerplate (outlet, version, keys) VALUES (?, ?, ?)",
        (outlet, new.version, json.dumps(sorted(keys))),
    )
    return new


def set_note(connection: sqlite3.Connection, name: str, value: str | None) -> None:
    """Leave a note, or remove it."""
    connection.execute("DELETE FROM notes WHERE name = ?", (name,))
    if value is not None:
        connection.execute("INSERT INTO notes (name, value) VALUES (?, ?)", (name, value))


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
        old = copies.stored_likeness(connection, number)
        _write(connection, number, done.standing)
        _place(connection, number, reading.id, done.standing, old)
    return _saved(connection, reading.id, done.outcome)


def _save_new(connection: sqlite3.Connection, reading: Reading) -> Saved:
    standing = reading.as_first
    number = connection.execute(
        "INSERT INTO articles (id, canonical_url, story_id, story_time, time, first_seen, first_fetched,"
        " revisions, keys, size, day, face, rules, document) VALUES (?, ?, ?, 0, 0, 0, 0, 0, '', 0, 0, 0, 0, '')",
        (reading.id, reading.article.canonical_url, reading.id),
    ).lastrowid
    assert number is not None
    _write(connection, number, standing)
    moved = _place(connection, number, reading.id, standing, None)
    story = next(move.after for move in moved if move.article_id == reading.id)
    others = any(move.after == story and move.article_id != reading.id for move in moved)
    return _saved(connection, reading.id, "new_copy" if others else "new_story")


def _place(
    connection: sqlite3.Connection,
    number: int,
    article_id: str,
    standing: Standing,
    old: Likeness | None,
    *,
    anew: bool = False,
) -> list[Move]:
    """Find the copies of what stands at an address and put it, and what it was with, where they
    belong.

    `old`: what the index held of it. `anew`: as `Store.regroup` does it, also where nothing
    changed. All that hangs together with it is given back.
    """
    new = copies.likeness_of(connection, number, standing, stopping=not anew)
    connection.execute(
        "UPDATE articles SET text = ?, keys = ?, size = ?, day = ?, face = ?, rules = ? WHERE number = ?",
        (new.text, copies.pack(new.keys), new.size, new.day, new.face, RULES, number),
    )
    copies.write_entries(connection, number, old, new)
    if anew or old is None or old.face != new.face:
        copies.link(connection, number, stopping=not anew)
    left = None if old is None or old.face == new.face else old.text
    if left is not None and copies.witnesses(connection, article_id, left):
        for other in copies.printing(
            connection, left
        ):  # what this article showed, another print may show
            copies.link(connection, other, stopping=not anew)
    return settle(connection, article_id, () if left is None else (left,))


def _write(connection: sqlite3.Connection, number: int, standing: Standing) -> None:
    article = standing.article
    document = article_to_document(article)
    connection.execute(
        "UPDATE articles SET time = ?, published = ?, first_seen = ?, first_fetched = ?, revisions = ?,"
        " outlet = ?, language = ?, place = ?, document = ? WHERE number = ?",
        (
            to_milliseconds(standing.time),
            None if article.published is None else to_milliseconds(article.published),
            to_milliseconds(standing.first_seen),
            to_milliseconds(standing.first_fetched),
            standing.revisions,
            document["outlet"],
            document["language"],
            place_key(article),
            dumps(document),
            number,
        ),
    )
    connection.execute("DELETE FROM words WHERE rowid = ?", (number,))
    connection.execute(
        "INSERT INTO words (rowid, folded) VALUES (?, ?)", (number, searched_words(article))
    )
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


def _saved(connection: sqlite3.Connection, article_id: str, outcome: Outcome) -> Saved:
    story_id = story_of(connection, article_id)
    assert story_id is not None
    return Saved(outcome, story_id, article_id)

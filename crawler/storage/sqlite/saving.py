"""Writing articles and runs. Every function runs inside a transaction of the worker."""

import sqlite3
from collections.abc import Iterable

from crawler.storage.codec import article_to_document, dumps, to_milliseconds
from crawler.storage.filters import place_key, searched_words
from crawler.storage.protocol import Move, Outcome, Saved
from crawler.storage.sqlite import story_index
from crawler.storage.sqlite.assignment import assign
from crawler.storage.sqlite.queries import current_of, old_versions, story_of
from crawler.stories.assembly import source_keys
from crawler.stories.grouping import moves_of_changed_stories
from crawler.stories.signature import Signature
from crawler.stories.versions import Current, Incoming, OldVersion, apply, needs_old_versions


def save_all(connection: sqlite3.Connection, readings: Iterable[Incoming]) -> list[Saved]:
    """Store readings in order and settle the stories they touch."""
    return [_save(connection, reading) for reading in readings]


def regroup(connection: sqlite3.Connection, article_ids: Iterable[str]) -> list[Move]:
    """Bring what the index holds of stored articles up to today's rules; what that moved, and all
    beside it."""
    moved: list[Move] = []
    for article_id in article_ids:
        stored = current_of(connection, article_id)
        if stored is not None:
            number, current = stored
            old = story_index.stored_signature(connection, number)
            moved += moves_of_changed_stories(
                _place(connection, number, article_id, current, old, anew=True)
            )
    return moved


def _save(connection: sqlite3.Connection, incoming: Incoming) -> Saved:
    stored = current_of(connection, incoming.id)
    if stored is None:
        return _save_new(connection, incoming)
    number, current = stored
    older = old_versions(connection, number) if needs_old_versions(current, incoming) else ()
    change = apply(current, incoming, older)
    if change.old_version is not None:
        _write_old_version(connection, number, change.old_version)
    if change.current != current:
        old = story_index.stored_signature(connection, number)
        _write(connection, number, change.current)
        _place(connection, number, incoming.id, change.current, old)
    return _saved(connection, incoming.id, change.outcome)


def _save_new(connection: sqlite3.Connection, incoming: Incoming) -> Saved:
    current = incoming.as_first
    number = connection.execute(
        "INSERT INTO articles (id, canonical_url, story_id, story_time, time, first_seen, first_fetched,"
        " revisions, keys, size, day, face, rules, document) VALUES (?, ?, ?, 0, 0, 0, 0, 0, '', 0, 0, 0, 0, '')",
        (incoming.id, incoming.article.canonical_url, incoming.id),
    ).lastrowid
    assert number is not None
    _write(connection, number, current)
    moved = _place(connection, number, incoming.id, current, None)
    story = next(move.after for move in moved if move.article_id == incoming.id)
    others = any(move.after == story and move.article_id != incoming.id for move in moved)
    return _saved(connection, incoming.id, "new_copy" if others else "new_story")


def _place(
    connection: sqlite3.Connection,
    number: int,
    article_id: str,
    current: Current,
    old: Signature | None,
    *,
    anew: bool = False,
) -> list[Move]:
    """Find the copies of what stands at an address and put it, and what it was with, where they
    belong.

    `old`: what the index held of it. `anew`: as `Store.regroup` does it, also where nothing
    changed. All that hangs together with it is given back.
    """
    new = story_index.signature_of(connection, number, current, detect_stop_keys=not anew)
    connection.execute(
        "UPDATE articles SET text = ?, keys = ?, size = ?, day = ?, face = ?, rules = ? WHERE number = ?",
        (
            new.text_hash,
            story_index.pack(new.keys),
            new.size,
            new.day,
            new.inputs_hash,
            new.rules_version,
            number,
        ),
    )
    story_index.write_postings(connection, number, old, new)
    if anew or old is None or old.inputs_hash != new.inputs_hash:
        story_index.write_links(connection, number, detect_stop_keys=not anew)
    left = None if old is None or old.inputs_hash == new.inputs_hash else old.text_hash
    if left is not None and story_index.witnesses(connection, article_id, left):
        for other in story_index.printing(
            connection, left
        ):  # what this article showed, another print may show
            story_index.write_links(connection, other, detect_stop_keys=not anew)
    return assign(connection, article_id, () if left is None else (left,))


def _write(connection: sqlite3.Connection, number: int, current: Current) -> None:
    article = current.article
    document = article_to_document(article)
    connection.execute(
        "UPDATE articles SET time = ?, published = ?, first_seen = ?, first_fetched = ?, revisions = ?,"
        " outlet = ?, language = ?, place = ?, document = ? WHERE number = ?",
        (
            to_milliseconds(current.time),
            None if article.published is None else to_milliseconds(article.published),
            to_milliseconds(current.first_seen),
            to_milliseconds(current.first_fetched),
            current.revisions,
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


def _write_old_version(connection: sqlite3.Connection, number: int, old: OldVersion) -> None:
    first_seen, digest = old.key
    document = dumps(article_to_document(old.article))
    connection.execute(
        "INSERT INTO revisions (article, first_seen, digest, position, document) VALUES (?, ?, ?, ?, ?)",
        (number, to_milliseconds(first_seen), digest, old.order, document),
    )


def _saved(connection: sqlite3.Connection, article_id: str, outcome: Outcome) -> Saved:
    story_id = story_of(connection, article_id)
    assert story_id is not None
    return Saved(outcome, story_id, article_id)

"""Saving articles. Every function runs inside a transaction of the worker."""

import sqlite3
from collections.abc import Iterable

from crawler.items import Article
from crawler.storage.codec import to_milliseconds
from crawler.storage.filters import searched_words
from crawler.storage.sqlite import story_index
from crawler.storage.sqlite.assignment import assign
from crawler.storage.sqlite.queries import current_of, old_versions, story_of
from crawler.storage.sqlite.rows import (
    CURRENT_COLUMNS,
    LISTED_COLUMNS,
    OLD_VERSION_COLUMNS,
    SIGNATURE_COLUMNS,
    current_to_row,
    old_version_to_row,
    signature_to_row,
)
from crawler.stories.assembly import source_keys
from crawler.stories.grouping import moves_of_changed_stories, new_copies
from crawler.stories.links import IndexedArticle
from crawler.stories.model import Move, Outcome, Saved
from crawler.stories.signature import Signature
from crawler.stories.versions import Current, Incoming, OldVersion, apply, needs_old_versions


def save_all(connection: sqlite3.Connection, articles: Iterable[Incoming]) -> list[Saved]:
    """Store articles in order, and assign them and their groups to stories."""
    return [_save(connection, incoming) for incoming in articles]


def regroup(connection: sqlite3.Connection, article_ids: Iterable[str]) -> list[Move]:
    """Sign, link and assign stored articles anew; return the moves of all changed stories."""
    moves: list[Move] = []
    for article_id in article_ids:
        stored = current_of(connection, article_id)
        if stored is not None:
            number, current = stored
            old = story_index.stored_signature(connection, number)
            new = story_index.sign(connection, number, current, detect_stop_keys=False)
            _update_signature(connection, number, new)
            own = IndexedArticle(article_id, new, current.article)
            of_group = _index_and_assign(connection, number, own, old, regrouping=True)
            moves += moves_of_changed_stories(of_group)
    return moves


def _save(connection: sqlite3.Connection, incoming: Incoming) -> Saved:
    stored = current_of(connection, incoming.id)
    if stored is None:
        outcome = _save_new(connection, incoming)
    else:
        outcome = _save_change(connection, *stored, incoming)
    story_id = story_of(connection, incoming.id)
    assert story_id is not None
    return Saved(outcome, story_id, incoming.id)


def _save_new(connection: sqlite3.Connection, incoming: Incoming) -> Outcome:
    """Write a new article: a story of its own until it is assigned."""
    current = incoming.as_first
    signature = story_index.sign(connection, None, current, detect_stop_keys=True)
    number = connection.execute(
        "INSERT INTO articles (id, canonical_url, story_id, story_time,"  # noqa: S608
        f" {CURRENT_COLUMNS}, {LISTED_COLUMNS}, {SIGNATURE_COLUMNS})"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            incoming.id,
            incoming.article.canonical_url,
            incoming.id,
            to_milliseconds(current.time),
            *current_to_row(current),
            *signature_to_row(signature),
        ),
    ).lastrowid
    assert number is not None
    _write_search_keys(connection, number, incoming.article)
    own = IndexedArticle(incoming.id, signature, incoming.article)
    moves = _index_and_assign(connection, number, own, None)
    copies = new_copies([incoming.id], {incoming.id}, (), moves)
    return "new_copy" if copies else "new_story"


def _save_change(
    connection: sqlite3.Connection, number: int, current: Current, incoming: Incoming
) -> Outcome:
    """Write what `incoming` changes of a stored article."""
    older = old_versions(connection, number) if needs_old_versions(current, incoming) else ()
    change = apply(current, incoming, older)
    if change.old_version is not None:
        _write_old_version(connection, number, change.old_version)
    if change.current != current:
        old = story_index.stored_signature(connection, number)
        new = story_index.sign(connection, number, change.current, detect_stop_keys=True)
        _update_current(connection, number, change.current)
        _update_signature(connection, number, new)
        own = IndexedArticle(incoming.id, new, change.current.article)
        _index_and_assign(connection, number, own, old)
    return change.outcome


def _index_and_assign(
    connection: sqlite3.Connection,
    number: int,
    own: IndexedArticle,
    old: Signature | None,
    *,
    regrouping: bool = False,
) -> list[Move]:
    """Write the postings and links of an article, and assign its group to stories.

    old: its signature before, None for a new article. regrouping: look for links though nothing has
    changed, and for no stop keys. Returns the moves of all articles of the group.
    """
    detect_stop_keys = not regrouping
    story_index.write_postings(connection, number, old, own.signature)
    changed = old is None or old.inputs_hash != own.signature.inputs_hash
    if changed or regrouping:
        story_index.link_to_candidates(connection, own, detect_stop_keys=detect_stop_keys)
    if old is None or old.text_hash is None or not changed:
        return assign(connection, own.id, ())
    if story_index.is_witness(connection, own.id, old.text_hash):
        # The links that the article showed, another print of its old text may show.
        for other in story_index.read_articles_of_text(connection, old.text_hash):
            story_index.link_to_candidates(connection, other, detect_stop_keys=detect_stop_keys)
    return assign(connection, own.id, (old.text_hash,))


def _update_current(connection: sqlite3.Connection, number: int, current: Current) -> None:
    connection.execute(
        f"UPDATE articles SET ({CURRENT_COLUMNS}, {LISTED_COLUMNS})"  # noqa: S608
        " = (?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE number = ?",
        (*current_to_row(current), number),
    )
    connection.execute("DELETE FROM words WHERE rowid = ?", (number,))
    connection.execute("DELETE FROM sources WHERE article = ?", (number,))
    _write_search_keys(connection, number, current.article)


def _update_signature(connection: sqlite3.Connection, number: int, signature: Signature) -> None:
    connection.execute(
        f"UPDATE articles SET ({SIGNATURE_COLUMNS}) = (?, ?, ?, ?, ?, ?) WHERE number = ?",  # noqa: S608
        (*signature_to_row(signature), number),
    )


def _write_search_keys(connection: sqlite3.Connection, number: int, article: Article) -> None:
    """Write the words and sources that an article is searched by."""
    connection.execute(
        "INSERT INTO words (rowid, folded) VALUES (?, ?)", (number, searched_words(article))
    )
    rows = [(source, number) for source in source_keys(article)]
    connection.executemany("INSERT INTO sources (source, article) VALUES (?, ?)", rows)


def _write_old_version(connection: sqlite3.Connection, number: int, old: OldVersion) -> None:
    connection.execute(
        f"INSERT INTO revisions (article, {OLD_VERSION_COLUMNS}, digest) VALUES (?, ?, ?, ?, ?)",  # noqa: S608
        (number, *old_version_to_row(old)),
    )

"""Saving articles. Every function runs inside a transaction of the worker."""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from crawler.items import Article
from crawler.storage.codec import to_milliseconds
from crawler.storage.records import CopiedArticle
from crawler.storage.sqlite import story_index, word_index
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
from crawler.storage.sqlite.tombstones import buried_among, retention_of
from crawler.stories import addresses
from crawler.stories.assembly import source_keys
from crawler.stories.grouping import StorySlot, moves_of_changed_stories, new_copies
from crawler.stories.links import IndexedArticle
from crawler.stories.model import Move, Saved, SaveOutcome
from crawler.stories.signature import Signature
from crawler.stories.tombstones import claims_forgotten, incoming_keys, is_forgotten
from crawler.stories.versions import Current, Incoming, OldVersion, needs_old_versions


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


def move(
    connection: sqlite3.Connection, old_id: str, number: int, versions: Sequence[Incoming]
) -> bool:
    """Store the texts of an article at another address; its id stays as an alias of the article
    that the newest text stands at.

    Return False, and leave the article where it is, if one of its texts may not be stored there.
    """
    for incoming in versions:
        if _is_forgotten(connection, incoming, buried_among(connection, incoming_keys(incoming))):
            return False
    ids = [_save(connection, incoming).article_id for incoming in versions]
    if old_id in ids:  # the claim to the other address is refused
        return False
    new_id = ids[-1]
    remove(connection, old_id, number)
    connection.execute("UPDATE aliases SET article_id = ? WHERE article_id = ?", (new_id, old_id))
    connection.execute(
        "INSERT OR REPLACE INTO aliases (id, article_id) VALUES (?, ?)", (old_id, new_id)
    )
    connection.execute("DELETE FROM aliases WHERE id = ?", (new_id,))  # it has moved back
    copies = connection.execute("SELECT id FROM articles WHERE story_id = ?", (old_id,)).fetchall()
    regroup(connection, [new_id, *(copy_id for (copy_id,) in copies)])
    return True


def _save(connection: sqlite3.Connection, incoming: Incoming) -> Saved:
    refused_claims = 0
    buried = buried_among(connection, incoming_keys(incoming))
    if _is_forgotten(connection, incoming, buried):
        story = story_of(connection, incoming.id)
        return Saved("forgotten", story or incoming.id, incoming.id)
    if claims_forgotten(incoming, buried):
        incoming, refused_claims = addresses.at_own_address(incoming), 1
    elif not addresses.is_owner(incoming.article):
        incoming, refused_claims = _settle_claim(connection, incoming)
    stored = current_of(connection, incoming.id)
    if stored is not None and addresses.is_takeover(incoming, stored[1]):
        outcome, refused_claims = _take_over(connection, *stored, incoming)
    else:
        outcome = _save_at_address(connection, incoming)
    story_id = story_of(connection, incoming.id)
    assert story_id is not None
    return Saved(outcome, story_id, incoming.id, refused_claims)


def _is_forgotten(
    connection: sqlite3.Connection, incoming: Incoming, buried: Collection[str]
) -> bool:
    """Return True if an article is refused, because it was removed. buried: those of its keys that
    tombstones have."""
    retention = retention_of(connection, incoming.article.outlet)
    is_stored = bool(buried) and current_of(connection, incoming.id) is not None
    return is_forgotten(incoming, buried, retention, is_stored=is_stored)


def _save_at_address(connection: sqlite3.Connection, incoming: Incoming) -> SaveOutcome:
    """Store an article at its canonical address, whoever owns it."""
    stored = current_of(connection, incoming.id)
    if stored is None:
        return _save_new(connection, incoming)
    return _save_change(connection, *stored, incoming)


def _settle_claim(connection: sqlite3.Connection, incoming: Incoming) -> tuple[Incoming, int]:
    """Return an article that claims another page's address where it is to be stored, and the number
    of claims that are refused."""
    at_own_address = addresses.at_own_address(incoming)
    stored = current_of(connection, incoming.id)
    if stored is not None:
        number, current = stored
        old = old_versions(connection, number)
        restless = story_index.restless_of(connection, incoming.article.outlet)
        if addresses.is_claim_refused(incoming, current, old, restless):
            return at_own_address, 1
    is_stored = current_of(connection, at_own_address.id) is not None
    return (at_own_address if is_stored else incoming), 0


def _take_over(
    connection: sqlite3.Connection, number: int, current: Current, incoming: Incoming
) -> tuple[SaveOutcome, int]:
    """Write the article of an owner over those of claimants, which move to their own addresses.

    Returns its outcome and the number of claims that are refused from now on.
    """
    restless = story_index.restless_of(connection, incoming.article.outlet)
    takeover = addresses.take_over(current, old_versions(connection, number), incoming, restless)
    for moved in takeover.moved:
        if not _is_forgotten(connection, moved, buried_among(connection, incoming_keys(moved))):
            _save_at_address(connection, moved)
    connection.execute("DELETE FROM revisions WHERE article = ?", (number,))
    for old in takeover.old_versions:
        _write_old_version(connection, number, old)
    moves = _write_current(connection, number, incoming.id, takeover.current)
    if takeover.outcome is not None:
        return takeover.outcome, takeover.refused_claims
    copies = new_copies([incoming.id], {incoming.id}, (), moves)
    return ("new_copy" if copies else "new_story"), takeover.refused_claims


def _save_new(connection: sqlite3.Connection, incoming: Incoming) -> SaveOutcome:
    """Write a new article: a story of its own until it is assigned."""
    current = incoming.as_first
    signature = story_index.sign(connection, None, current, detect_stop_keys=True)
    number = _insert(
        connection, incoming.id, current, signature, StorySlot(incoming.id, current.time)
    )
    own = IndexedArticle(incoming.id, signature, incoming.article)
    moves = _index_and_assign(connection, number, own, None)
    copies = new_copies([incoming.id], {incoming.id}, (), moves)
    return "new_copy" if copies else "new_story"


def insert_copied(connection: sqlite3.Connection, copied: CopiedArticle) -> None:
    """Write an article as another store holds it."""
    number = _insert(connection, copied.id, copied.current, copied.signature, copied.slot)
    story_index.write_postings(connection, number, None, copied.signature)
    for old in copied.older:
        _write_old_version(connection, number, old)


def _insert(
    connection: sqlite3.Connection,
    article_id: str,
    current: Current,
    signature: Signature,
    slot: StorySlot,
) -> int:
    """Write an article with the words and sources that it is searched by; return its number."""
    number = connection.execute(
        "INSERT INTO articles (id, canonical_url, story_id, story_time,"  # noqa: S608
        f" {CURRENT_COLUMNS}, {LISTED_COLUMNS}, {SIGNATURE_COLUMNS})"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article_id,
            current.article.canonical_url,
            slot.story_id,
            to_milliseconds(slot.story_time),
            *current_to_row(current),
            *signature_to_row(signature),
        ),
    ).lastrowid
    assert number is not None
    _write_search_keys(connection, number, current.article)
    return number


def _save_change(
    connection: sqlite3.Connection, number: int, current: Current, incoming: Incoming
) -> SaveOutcome:
    """Write what `incoming` changes of a stored article."""
    restless = story_index.restless_of(connection, incoming.article.outlet)
    older: Sequence[OldVersion] = ()
    if needs_old_versions(current, incoming, restless):
        older = old_versions(connection, number)
    change = addresses.apply(current, incoming, older, restless)
    if change.old_version is not None:
        _write_old_version(connection, number, change.old_version)
    if change.current != current:
        _write_current(connection, number, incoming.id, change.current)
    return change.outcome


def _write_current(
    connection: sqlite3.Connection, number: int, article_id: str, current: Current
) -> list[Move]:
    """Write the text that stands at an address now; return the moves of all articles of its
    group."""
    old = story_index.stored_signature(connection, number)
    new = story_index.sign(connection, number, current, detect_stop_keys=True)
    _update_current(connection, number, current)
    _update_signature(connection, number, new)
    own = IndexedArticle(article_id, new, current.article)
    return _index_and_assign(connection, number, own, old)


def remove(connection: sqlite3.Connection, article_id: str, number: int) -> None:
    """Remove an article with all that was written of it."""
    signature = story_index.stored_signature(connection, number)
    nothing = replace(signature, keys=())
    story_index.write_postings(connection, number, signature, nothing)
    word_index.remove_words(connection, number)
    connection.execute("DELETE FROM sources WHERE article = ?", (number,))
    connection.execute("DELETE FROM revisions WHERE article = ?", (number,))
    connection.execute("DELETE FROM articles WHERE number = ?", (number,))
    story_index.remove_links_of(connection, article_id, signature.text_hash)


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
    word_index.remove_words(connection, number)
    connection.execute(
        f"UPDATE articles SET ({CURRENT_COLUMNS}, {LISTED_COLUMNS})"  # noqa: S608
        " = (?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE number = ?",
        (*current_to_row(current), number),
    )
    connection.execute("DELETE FROM sources WHERE article = ?", (number,))
    _write_search_keys(connection, number, current.article)


def _update_signature(connection: sqlite3.Connection, number: int, signature: Signature) -> None:
    connection.execute(
        f"UPDATE articles SET ({SIGNATURE_COLUMNS}) = (?, ?, ?, ?, ?, ?) WHERE number = ?",  # noqa: S608
        (*signature_to_row(signature), number),
    )


def _write_search_keys(connection: sqlite3.Connection, number: int, article: Article) -> None:
    """Write the words and sources that an article is searched by."""
    word_index.write_words(connection, number, article)
    rows = [(source, number) for source in source_keys(article)]
    connection.executemany("INSERT INTO sources (source, article) VALUES (?, ?)", rows)


def _write_old_version(connection: sqlite3.Connection, number: int, old: OldVersion) -> None:
    connection.execute(
        f"INSERT INTO revisions (article, {OLD_VERSION_COLUMNS}, digest) VALUES (?, ?, ?, ?, ?)",  # noqa: S608
        (number, *old_version_to_row(old)),
    )

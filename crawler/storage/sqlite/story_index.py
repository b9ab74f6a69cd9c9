"""The index of stories: the postings by which articles are found, their links, and stop keys.

Every function runs inside a transaction of the worker.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence

from crawler.dedup.sketch import make_sketch
from crawler.storage.sqlite.rows import (
    INDEXED_ARTICLE_COLUMNS,
    LINK_COLUMNS,
    POSTING_COLUMNS,
    SIGNATURE_COLUMNS,
    indexed_article_from_row,
    link_from_row,
    link_to_row,
    posting_from_row,
    signature_from_row,
)
from crawler.stories.candidates import (
    MAX_ARTICLES_PER_TEXT,
    Posting,
    find_candidates,
    sign_articles,
)
from crawler.stories.links import IndexedArticle, TextLink, find_links, valid_links
from crawler.stories.model import Boilerplate
from crawler.stories.signature import Signature
from crawler.stories.versions import Current


def sign(
    connection: sqlite3.Connection, number: int | None, current: Current, *, detect_stop_keys: bool
) -> Signature:
    """Return the signature of an article, by today's boilerplate and stop keys.

    number: None for a new article. detect_stop_keys: make a text that too many articles print a
    stop key.
    """
    boilerplate = boilerplate_of(connection, current.article.outlet).keys
    own = make_sketch(current.article, boilerplate=boilerplate)
    known_stop_keys: set[int] = set()
    printed: dict[int, int] = {}
    if own.text_hash is not None:
        known_stop_keys = _stop_keys_among(connection, (own.text_hash, *own.keys))
        if detect_stop_keys and own.text_hash not in known_stop_keys:
            printed[own.text_hash] = _count_others(connection, number, own.text_hash)
    (signature,), new_stop_keys = sign_articles(
        [(current, own)], known_stop_keys, printed, detect_stop_keys=detect_stop_keys
    )
    _add_stop_keys(connection, new_stop_keys)
    return signature


def boilerplate_of(connection: sqlite3.Connection, outlet: str | None) -> Boilerplate:
    """Return the boilerplate of `outlet`."""
    row = connection.execute(
        "SELECT version, keys, restless FROM boilerplate WHERE outlet = ?", (outlet,)
    ).fetchone()
    if row is None:
        return Boilerplate()
    version, keys, restless = row
    return Boilerplate(version, frozenset(json.loads(keys)), frozenset(json.loads(restless)))


def restless_of(connection: sqlite3.Connection, outlet: str | None) -> frozenset[str]:
    """Return the keys of the lines of `outlet` that never rest."""
    return boilerplate_of(connection, outlet).restless


def stored_signature(connection: sqlite3.Connection, number: int) -> Signature:
    """Return the signature of an article as it was written."""
    row = connection.execute(
        f"SELECT {SIGNATURE_COLUMNS} FROM articles WHERE number = ?",  # noqa: S608
        (number,),
    ).fetchone()
    return signature_from_row(row)


def write_postings(
    connection: sqlite3.Connection, number: int, old: Signature | None, new: Signature
) -> None:
    """Bring the postings of an article from `old` to `new`."""
    before = set() if old is None else {(old.bucket, key, number) for key in old.keys}
    after = {(new.bucket, key, number) for key in new.keys}
    connection.executemany(
        "DELETE FROM entries WHERE bucket = ? AND key = ? AND article = ?", sorted(before - after)
    )
    connection.executemany(
        "INSERT INTO entries (bucket, key, article) VALUES (?, ?, ?)", sorted(after - before)
    )


def link_to_candidates(
    connection: sqlite3.Connection, own: IndexedArticle, *, detect_stop_keys: bool
) -> None:
    """Write the links of an article to its candidates, without those to linked texts."""
    signature = own.signature
    if signature.text_hash is None or not signature.keys:
        return
    candidates = find_candidates(
        signature, _read_postings(connection, signature), detect_stop_keys=detect_stop_keys
    )
    _add_stop_keys(connection, candidates.stop_keys)
    if not candidates.articles:
        return
    links = find_links(
        own,
        [_read_indexed(connection, article_id) for article_id in candidates.articles],
        _read_valid_links(connection, signature.text_hash),
        lambda outlet: boilerplate_of(connection, outlet).keys,
    )
    connection.executemany(
        f"INSERT OR IGNORE INTO links ({LINK_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608
        map(link_to_row, links),
    )


def is_witness(connection: sqlite3.Connection, article_id: str, text_hash: int) -> bool:
    """Return True if an article is a witness of links of a text."""
    return any(article_id in link.articles for link in read_links(connection, [text_hash]))


def read_articles_of_text(connection: sqlite3.Connection, text_hash: int) -> list[IndexedArticle]:
    """Return the articles that print a text."""
    rows = connection.execute(
        f"SELECT {INDEXED_ARTICLE_COLUMNS} FROM articles WHERE text = ?",  # noqa: S608
        (text_hash,),
    )
    return [indexed_article_from_row(row) for row in rows]


def read_links(connection: sqlite3.Connection, text_hashes: Collection[int]) -> set[TextLink]:
    """Return all links of texts, broken ones among them."""
    links: set[TextLink] = set()
    for text_hash in text_hashes:
        for side in ("text_a", "text_b"):
            rows = connection.execute(
                f"SELECT {LINK_COLUMNS} FROM links WHERE {side} = ?",  # noqa: S608
                (text_hash,),
            )
            links.update(map(link_from_row, rows))
    return links


def remove_links(connection: sqlite3.Connection, links: Iterable[TextLink]) -> None:
    """Remove links."""
    connection.executemany(
        "DELETE FROM links WHERE article_a = ? AND article_b = ? AND face_a = ? AND face_b = ?",
        [(*link.articles, *link.inputs_hashes) for link in links],
    )


def remove_links_of(connection: sqlite3.Connection, article_id: str, text_hash: int | None) -> None:
    """Remove the links that an article, which prints a text, shows."""
    links = read_links(connection, () if text_hash is None else [text_hash])
    remove_links(connection, [link for link in links if article_id in link.articles])


def stop_keys(connection: sqlite3.Connection) -> frozenset[int]:
    """Return all stop keys."""
    return frozenset(key for (key,) in connection.execute("SELECT key FROM stopped"))


def set_stop_keys(connection: sqlite3.Connection, keys: Iterable[int]) -> None:
    """Replace all stop keys by `keys`."""
    connection.execute("DELETE FROM stopped")
    _add_stop_keys(connection, keys)


def _read_postings(connection: sqlite3.Connection, own: Signature) -> list[Posting]:
    """Return the postings of `own`'s keys in `own`'s buckets."""
    marks = ", ".join("?" * len(own.keys))
    rows = connection.execute(
        f"SELECT {POSTING_COLUMNS} FROM entries JOIN articles ON number = article"  # noqa: S608
        f" WHERE bucket IN (?, ?, ?) AND key IN ({marks})",
        (*own.buckets, *own.keys),
    )
    return [posting_from_row(row) for row in rows]


def _read_indexed(connection: sqlite3.Connection, article_id: str) -> IndexedArticle:
    row = connection.execute(
        f"SELECT {INDEXED_ARTICLE_COLUMNS} FROM articles WHERE id = ?",  # noqa: S608
        (article_id,),
    ).fetchone()
    return indexed_article_from_row(row)


def _read_valid_links(connection: sqlite3.Connection, text_hash: int) -> list[TextLink]:
    """Return the valid links of a text."""
    links = read_links(connection, [text_hash])
    inputs_hashes: dict[str, int] = {}
    for article_id in {article_id for link in links for article_id in link.articles}:
        row = connection.execute("SELECT face FROM articles WHERE id = ?", (article_id,)).fetchone()
        if row is not None:
            inputs_hashes[article_id] = row[0]
    return valid_links(links, inputs_hashes)


def _count_others(connection: sqlite3.Connection, number: int | None, text_hash: int) -> int:
    """Return how many other articles print a text, `MAX_ARTICLES_PER_TEXT` at most."""
    rows = connection.execute(
        "SELECT number FROM articles WHERE text = ? AND number IS NOT ? LIMIT ?",
        (text_hash, number, MAX_ARTICLES_PER_TEXT),
    )
    return len(rows.fetchall())


def _stop_keys_among(connection: sqlite3.Connection, keys: Sequence[int]) -> set[int]:
    marks = ", ".join("?" * len(keys))
    rows = connection.execute(f"SELECT key FROM stopped WHERE key IN ({marks})", keys)  # noqa: S608
    return {key for (key,) in rows}


def _add_stop_keys(connection: sqlite3.Connection, keys: Iterable[int]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO stopped (key) VALUES (?)", [(key,) for key in keys]
    )

"""The index of copies: what an article is found by, and its links to the texts that tell its story.

Every function runs inside a transaction of the worker.
"""

import json
import sqlite3
from array import array
from collections.abc import Collection, Iterable, Sequence

from crawler.dedup.sketch import sketch
from crawler.storage.protocol import Boilerplate
from crawler.storage.sqlite.queries import read_article
from crawler.stories.candidates import (
    MAX_ARTICLES_PER_TEXT,
    Posting,
    find_candidates,
    sign_articles,
)
from crawler.stories.links import IndexedArticle, Link, find_links, valid_links
from crawler.stories.signature import Signature
from crawler.stories.versions import Current

_LINK = "article_a, article_b, face_a, face_b, text_a, text_b"


def signature_of(
    connection: sqlite3.Connection, number: int, current: Current, *, detect_stop_keys: bool
) -> Signature:
    """Return the signature of an article, by today's boilerplate and stop keys.

    detect_stop_keys: make its text a stop key if too many articles print it.
    """
    boilerplate = boilerplate_of(connection, current.article.outlet).keys
    sketched = sketch(current.article, boilerplate=boilerplate)
    known: set[int] = set()
    printed: dict[int, int] = {}
    if sketched.text is not None:
        known = _stop_keys_among(connection, (sketched.text, *sketched.keys))
        if detect_stop_keys and sketched.text not in known:
            printed[sketched.text] = _count_others(connection, number, sketched.text)
    (signature,), new_stop_keys = sign_articles(
        [(current, sketched)], known, printed, detect_stop_keys=detect_stop_keys
    )
    _stop(connection, new_stop_keys)
    return signature


def boilerplate_of(connection: sqlite3.Connection, outlet: str | None) -> Boilerplate:
    """What `outlet` is known to print under many stories."""
    row = connection.execute(
        "SELECT version, keys FROM boilerplate WHERE outlet = ?", (outlet,)
    ).fetchone()
    return Boilerplate(row[0], frozenset(json.loads(row[1]))) if row else Boilerplate()


def stored_signature(connection: sqlite3.Connection, number: int) -> Signature:
    """The likeness of an article as it was written."""
    row = connection.execute(
        "SELECT text, keys, size, day, face, rules FROM articles WHERE number = ?", (number,)
    ).fetchone()
    return _read_signature(*row)


def write_postings(
    connection: sqlite3.Connection, number: int, old: Signature | None, new: Signature
) -> None:
    """Bring the index from `old` to `new`."""
    before = set() if old is None else {(old.bucket, key, number) for key in old.keys}
    after = {(new.bucket, key, number) for key in new.keys}
    connection.executemany(
        "DELETE FROM entries WHERE bucket = ? AND key = ? AND article = ?", sorted(before - after)
    )
    connection.executemany(
        "INSERT INTO entries (bucket, key, article) VALUES (?, ?, ?)", sorted(after - before)
    )


def write_links(connection: sqlite3.Connection, number: int, *, detect_stop_keys: bool) -> None:
    """Link the text of an article to those of its candidates that tell its story.

    detect_stop_keys: whether formulas are found.
    """
    signature = stored_signature(connection, number)
    if signature.text_hash is None or not signature.keys:
        return
    found = find_candidates(
        signature, _postings(connection, signature), detect_stop_keys=detect_stop_keys
    )
    _stop(connection, found.stop_keys)
    if not found.articles:
        return
    known = _valid_links(connection, signature.text_hash)
    own, *others = _indexed_articles(connection, [number, *found.articles])
    new = find_links(own, others, known, lambda outlet: boilerplate_of(connection, outlet).keys)
    connection.executemany(
        f"INSERT OR IGNORE INTO links ({_LINK}) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608
        [(*link.articles, *link.inputs_hashes, *link.text_hashes) for link in new],
    )


def witnesses(connection: sqlite3.Connection, article_id: str, text: int) -> bool:
    """Whether an article is a witness of links of `text`."""
    rows = links_of(connection, [text])
    return any(article_id in one.articles for one in rows)


def printing(connection: sqlite3.Connection, text: int) -> list[int]:
    """The numbers of the articles that print `text`."""
    return [
        number
        for (number,) in connection.execute("SELECT number FROM articles WHERE text = ?", (text,))
    ]


def links_of(connection: sqlite3.Connection, texts: Collection[int]) -> set[Link]:
    """All links of `texts`, also those that hold no more."""
    found: set[Link] = set()
    for text in texts:
        for side in ("text_a", "text_b"):
            rows = connection.execute(f"SELECT {_LINK} FROM links WHERE {side} = ?", (text,))  # noqa: S608
            found.update(
                Link((a, b), (face_a, face_b), (one, two))
                for a, b, face_a, face_b, one, two in rows
            )
    return found


def forget(connection: sqlite3.Connection, gone: Iterable[Link]) -> None:
    """Remove links that hold no more."""
    connection.executemany(
        "DELETE FROM links WHERE article_a = ? AND article_b = ? AND face_a = ? AND face_b = ?",
        [(*link.articles, *link.inputs_hashes) for link in gone],
    )


def stop_keys(connection: sqlite3.Connection) -> frozenset[int]:
    """The keys and texts that are formulas and no story."""
    return frozenset(key for (key,) in connection.execute("SELECT key FROM stopped"))


def set_stop_keys(connection: sqlite3.Connection, keys: Iterable[int]) -> None:
    """Replace the keys and texts that are formulas and no story."""
    connection.execute("DELETE FROM stopped")
    _stop(connection, keys)


def pack(keys: Sequence[int]) -> bytes:
    """Keys as they stand in a row: 4 bytes each."""
    return array("I", keys).tobytes()


def _postings(connection: sqlite3.Connection, own: Signature) -> list[Posting]:
    marks = ", ".join("?" * len(own.keys))
    rows = connection.execute(
        "SELECT key, number, text, day, size, story_id FROM entries JOIN articles ON number = article"  # noqa: S608
        f" WHERE bucket IN (?, ?, ?) AND key IN ({marks})",
        (*own.buckets, *own.keys),
    )
    return [Posting(*row) for row in rows]


def _indexed_articles(
    connection: sqlite3.Connection, numbers: Iterable[int | str]
) -> list[IndexedArticle]:
    found = []
    for number in numbers:
        row = connection.execute(
            "SELECT id, text, keys, size, day, face, rules, document FROM articles WHERE number = ?",
            (number,),
        ).fetchone()
        found.append(IndexedArticle(row[0], _read_signature(*row[1:7]), read_article(row[7])))
    return found


def _valid_links(connection: sqlite3.Connection, text: int) -> list[Link]:
    """Return the valid links of the text with that hash."""
    links = links_of(connection, [text])
    inputs_hashes: dict[str, int] = {}
    for article in {article for link in links for article in link.articles}:
        row = connection.execute("SELECT face FROM articles WHERE id = ?", (article,)).fetchone()
        inputs_hashes[article] = row[0]
    return valid_links(links, inputs_hashes)


def _read_signature(
    text: int | None, keys: bytes, size: int, day: int, face: int, rules: int
) -> Signature:
    return Signature(text, tuple(array("I", keys)), size, day, face, rules)


def _stop_keys_among(connection: sqlite3.Connection, keys: Sequence[int]) -> set[int]:
    marks = ", ".join("?" * len(keys))
    rows = connection.execute(f"SELECT key FROM stopped WHERE key IN ({marks})", keys)  # noqa: S608
    return {key for (key,) in rows}


def _count_others(connection: sqlite3.Connection, number: int, text: int) -> int:
    """Return how many other articles print a text, up to `MAX_ARTICLES_PER_TEXT`."""
    rows = connection.execute(
        "SELECT number FROM articles WHERE text = ? AND number <> ? LIMIT ?",
        (text, number, MAX_ARTICLES_PER_TEXT),
    )
    return len(rows.fetchall())


def _stop(connection: sqlite3.Connection, keys: Iterable[int]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO stopped (key) VALUES (?)", [(key,) for key in keys]
    )

"""The index of copies: what an article is found by, and its links to the texts that tell its story.

Every function runs inside a transaction of the worker.
"""

import json
import sqlite3
from array import array
from collections.abc import Collection, Iterable, Sequence

from crawler.dedup.sketch import sketch
from crawler.storage import likeness as rules
from crawler.storage.history import Standing
from crawler.storage.likeness import MOST_PRINTS, Entry, Likeness, Link, Print, look_up, other_texts
from crawler.storage.protocol import Boilerplate
from crawler.storage.sqlite.queries import read_article

_LINK = "article_a, article_b, face_a, face_b, text_a, text_b"


def likeness_of(
    connection: sqlite3.Connection, number: int, standing: Standing, *, stopping: bool
) -> Likeness:
    """The likeness of what stands, by today's boilerplate and stopped keys. stopping: whether more
    are found."""
    sketched = sketch(
        standing.article, boilerplate=boilerplate_of(connection, standing.article.outlet).keys
    )
    if sketched.text is None:
        return rules.likeness(standing, sketched, ())
    marks = "?" + ", ?" * len(sketched.keys)
    found = connection.execute(
        f"SELECT key FROM stopped WHERE key IN ({marks})",  # noqa: S608
        (sketched.text, *sketched.keys),
    )
    stopped = {key for (key,) in found}
    if (
        stopping
        and sketched.text not in stopped
        and _others(connection, number, sketched.text) >= MOST_PRINTS
    ):
        _stop(connection, [sketched.text])
        stopped.add(sketched.text)
    return rules.likeness(standing, sketched, stopped)


def boilerplate_of(connection: sqlite3.Connection, outlet: str | None) -> Boilerplate:
    """What `outlet` is known to print under many stories."""
    row = connection.execute(
        "SELECT version, keys FROM boilerplate WHERE outlet = ?", (outlet,)
    ).fetchone()
    return Boilerplate(row[0], frozenset(json.loads(row[1]))) if row else Boilerplate()


def stored_likeness(connection: sqlite3.Connection, number: int) -> Likeness:
    """The likeness of an article as it was written."""
    row = connection.execute(
        "SELECT text, keys, size, day, face FROM articles WHERE number = ?", (number,)
    ).fetchone()
    return _read_likeness(*row)


def write_entries(
    connection: sqlite3.Connection, number: int, old: Likeness | None, new: Likeness
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


def link(connection: sqlite3.Connection, number: int, *, stopping: bool) -> None:
    """Link the text of an article to those of its candidates that tell its story.

    stopping: whether formulas are found.
    """
    likeness = stored_likeness(connection, number)
    if likeness.text is None or not likeness.keys:
        return
    found = look_up(likeness, _entries(connection, likeness), stopping=stopping)
    _stop(connection, found.stopped)
    if not found.candidates:
        return
    linked = other_texts(likeness.text, _holding(connection, likeness.text))
    own, *others = _prints(connection, [number, *found.candidates])
    new = rules.links(own, others, linked, lambda outlet: boilerplate_of(connection, outlet).keys)
    connection.executemany(
        f"INSERT OR IGNORE INTO links ({_LINK}) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608
        [(*one.articles, *one.faces, *one.texts) for one in new],
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
        [(*one.articles, *one.faces) for one in gone],
    )


def stopped(connection: sqlite3.Connection) -> frozenset[int]:
    """The keys and texts that are formulas and no story."""
    return frozenset(key for (key,) in connection.execute("SELECT key FROM stopped"))


def set_stopped(connection: sqlite3.Connection, keys: Iterable[int]) -> None:
    """Replace the keys and texts that are formulas and no story."""
    connection.execute("DELETE FROM stopped")
    _stop(connection, keys)


def pack(keys: Sequence[int]) -> bytes:
    """Keys as they stand in a row: 4 bytes each."""
    return array("I", keys).tobytes()


def _entries(connection: sqlite3.Connection, own: Likeness) -> list[Entry]:
    marks = ", ".join("?" * len(own.keys))
    rows = connection.execute(
        "SELECT key, number, text, day, size, story_id FROM entries JOIN articles ON number = article"  # noqa: S608
        f" WHERE bucket IN (?, ?, ?) AND key IN ({marks})",
        (*own.buckets, *own.keys),
    )
    return [Entry(*row) for row in rows]


def _prints(connection: sqlite3.Connection, numbers: Iterable[int | str]) -> list[Print]:
    found = []
    for number in numbers:
        row = connection.execute(
            "SELECT id, text, keys, size, day, face, document FROM articles WHERE number = ?",
            (number,),
        ).fetchone()
        found.append(Print(row[0], _read_likeness(*row[1:6]), read_article(row[6])))
    return found


def _holding(connection: sqlite3.Connection, text: int) -> list[Link]:
    """The links of `text` that hold."""
    faces: dict[str, int] = {}
    found = links_of(connection, [text])
    for article in {article for one in found for article in one.articles}:
        row = connection.execute("SELECT face FROM articles WHERE id = ?", (article,)).fetchone()
        faces[article] = row[0]
    return [one for one in found if tuple(faces[article] for article in one.articles) == one.faces]


def _read_likeness(text: int | None, keys: bytes, size: int, day: int, face: int) -> Likeness:
    return Likeness(text, tuple(array("I", keys)), size, day, face)


def _others(connection: sqlite3.Connection, number: int, text: int) -> int:
    """How many other articles print `text`, up to `MOST_PRINTS`."""
    rows = connection.execute(
        "SELECT number FROM articles WHERE text = ? AND number <> ? LIMIT ?",
        (text, number, MOST_PRINTS),
    )
    return len(rows.fetchall())


def _stop(connection: sqlite3.Connection, keys: Iterable[int]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO stopped (key) VALUES (?)", [(key,) for key in keys]
    )

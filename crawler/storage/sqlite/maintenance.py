"""Checking, backing up and measuring the file of a store in SQLite."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

from crawler.search import FOLDING
from crawler.storage.protocol import StoreError
from crawler.storage.sqlite.rows import (
    CURRENT_COLUMNS,
    LISTED_COLUMNS,
    SIGNATURE_COLUMNS,
    current_from_row,
    current_to_row,
    signature_from_row,
)
from crawler.storage.sqlite.worker import StorePart
from crawler.storage.upkeep import UNREADABLE, Damage, MaintenanceStore
from crawler.stories.assembly import source_keys

_SLICE = 200  # articles
_MAX_PROBLEMS = 20  # of the file


class SqliteMaintenance(StorePart, MaintenanceStore):
    async def damage(self) -> AsyncIterator[Damage]:
        for problem in await self._worker.read(_file_problems):
            yield Damage("", problem, is_lasting=True)
        for problem in await self._worker.write(_problems_of_words):
            yield Damage("", problem, is_lasting=True)
        after: str | None = ""
        while after is not None:
            found, after = await self._worker.read(_damaged_articles, after)
            for each in found:
                yield each
        for problem in await self._worker.read(_stray_rows):
            yield Damage("", problem, is_lasting=True)

    async def backup(self, path: Path) -> None:
        part = path.with_name(f".{path.name}.part")
        _require_writable(path)
        try:
            await self._worker.read(_write_copy, part)
            await asyncio.to_thread(_give_name, part, path)
        except StoreError as error:
            raise StoreError(f"{path}: {error}") from error
        finally:
            part.unlink(missing_ok=True)


def _file_problems(connection: sqlite3.Connection) -> list[str]:
    """Return what SQLite finds wrong with the file, and rows that belong to no article."""
    rows = connection.execute(f"PRAGMA integrity_check({_MAX_PROBLEMS})").fetchall()
    problems = [problem for (problem,) in rows if problem != "ok"]
    orphans = connection.execute("PRAGMA foreign_key_check").fetchmany(_MAX_PROBLEMS)
    return problems + [f"{table}: row {row} belongs to nothing" for table, row, *_ in orphans]


def _problems_of_words(connection: sqlite3.Connection) -> list[str]:
    """Return in words what is wrong with the index of words."""
    try:
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        return [f"the index of words: {error}"]
    return []


def _damaged_articles(
    connection: sqlite3.Connection, after: str
) -> tuple[list[Damage], str | None]:
    """Return the damage of the next articles behind the id `after`, and the last id looked at."""
    rows = connection.execute(
        f"SELECT number, id, canonical_url, {CURRENT_COLUMNS}, {LISTED_COLUMNS},"  # noqa: S608
        f" {SIGNATURE_COLUMNS} FROM articles WHERE id > ? ORDER BY id LIMIT ?",
        (after, _SLICE),
    ).fetchall()
    found = []
    for number, article_id, *row in rows:
        try:
            wrong = _what_does_not_follow(connection, number, row)
        except UNREADABLE:
            continue  # told when the articles are read
        found += [Damage(article_id, f"{what} do not follow from the article") for what in wrong]
    return found, rows[-1][1] if rows else None


def _what_does_not_follow(
    connection: sqlite3.Connection, number: int, row: list[object]
) -> list[str]:
    """Return names of what is derived from an article and does not follow from it. row: its
    address, then the columns of its current text, of its place in lists and of its signature."""
    address, *columns = row
    current = current_from_row(tuple(columns[:4]))
    signature = signature_from_row(columns[9:])
    wrong = []
    if current.article.canonical_url != address or current_to_row(current)[4:] != tuple(
        columns[4:9]
    ):
        wrong.append("columns")
    sources = connection.execute("SELECT source FROM sources WHERE article = ?", (number,))
    if sorted(source for (source,) in sources) != sorted(source_keys(current.article)):
        wrong.append("sources")
    postings = [
        connection.execute(
            "SELECT 1 FROM entries WHERE bucket = ? AND key = ? AND article = ?",
            (signature.bucket, key, number),
        ).fetchone()
        for key in signature.keys
    ]
    if None in postings:
        wrong.append("postings")
    indexed = connection.execute(
        "SELECT version FROM foldings JOIN words_docsize ON id = article WHERE article = ?",
        (number,),
    ).fetchone()
    if indexed != (FOLDING,):
        wrong.append("words")
    return wrong


def _stray_rows(connection: sqlite3.Connection) -> list[str]:
    """Return in words how many rows of words belong to no article."""
    (strays,) = connection.execute(
        "SELECT count(*) FROM words_docsize WHERE id NOT IN (SELECT number FROM articles)"
    ).fetchone()
    return [f"the index of words holds {strays} articles that are not stored"] if strays else []


def _require_writable(path: Path) -> None:
    if path.exists():
        raise StoreError(f"{path} exists already")
    if not path.parent.is_dir():
        raise StoreError(f"{path} cannot be written: there is no folder {path.parent}")
    if not os.access(path.parent, os.W_OK):
        raise StoreError(f"{path} cannot be written: its folder may not be")


def _write_copy(connection: sqlite3.Connection, path: Path) -> None:
    """Write the store as it stands now into a file without free pages, and check the file. Others
    go on writing meanwhile: in the mode of the write-ahead log readers stop nobody."""
    path.unlink(missing_ok=True)
    connection.execute("VACUUM INTO ?", (str(path),))
    copy = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        (result,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    finally:
        copy.close()
    if result != "ok":
        raise StoreError(f"the copy is damaged: {result}")


def _give_name(part: Path, path: Path) -> None:
    """Make the file durable, and let it stand under its name."""
    _sync(part)
    part.rename(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

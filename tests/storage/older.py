"""Stores as older versions of the program left them."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

from pymongo import MongoClient

from crawler.items import Article
from crawler.text import fold_words
from tests.storage.samples import SyncStore

_BEFORE_6 = """
DROP TABLE day_tallies; DROP TABLE stale_days;
DROP TRIGGER stale_by_insert; DROP TRIGGER stale_by_delete; DROP TRIGGER stale_by_update;
"""
_BEFORE_5 = """
DROP TABLE words; DROP TABLE indexed_words; DROP TABLE foldings; DROP TABLE vocabulary;
CREATE VIRTUAL TABLE words USING fts5 (folded, detail = none, tokenize = 'ascii');
"""
_BEFORE_4 = "DROP TABLE aliases; ALTER TABLE boilerplate DROP COLUMN restless;"
_BEFORE_3 = """
DROP TABLE pages; DROP TABLE leases; DROP INDEX runs_of_outlet; DROP INDEX stories_of_outlet;
"""


def make_older(store: SyncStore, version: int) -> None:
    """Make of a store the one that a program of schema `version` would have left."""
    articles = {stored.id: stored.article for stored in store.articles()}
    if store.uri.startswith("sqlite"):
        _make_older_sqlite(store.uri.removeprefix("sqlite:///"), version, articles)
    else:
        _make_older_mongo(store.uri, version, articles)


def _make_older_sqlite(path: str, version: int, articles: dict[str, Article]) -> None:
    steps = {5: _BEFORE_6, 4: _BEFORE_5, 3: _BEFORE_4, 2: _BEFORE_3}
    with closing(sqlite3.connect(path)) as connection:
        for older in range(5, version - 1, -1):
            connection.executescript(steps[older])
        for article_id, article in articles.items() if version < 5 else ():
            connection.execute(
                "INSERT INTO words (rowid, folded) SELECT number, ? FROM articles WHERE id = ?",
                (_words_of(article), article_id),
            )
        connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()


def _make_older_mongo(uri: str, version: int, articles: dict[str, Article]) -> None:
    with MongoClient[dict[str, Any]](uri) as client:
        database = client.get_default_database()
        database["day_tallies"].drop()
        if version < 5:
            _unfold_words(database, articles)
        database["meta"].update_one({}, {"$set": {"version": version}})


def _unfold_words(database: Any, articles: dict[str, Article]) -> None:
    database["vocabulary"].drop()
    database["articles"].drop_index("words_1_story_time_-1")
    database["articles"].create_index("words")
    for article_id, article in articles.items():
        words = sorted(set(_words_of(article).split()))
        change = {"$set": {"words": words}, "$unset": {"folding": 1}}
        database["articles"].update_one({"_id": article_id}, change)


def _words_of(article: Article) -> str:
    return fold_words(f"{article.headline or ''}\n{article.body or ''}")


class Interrupted(Exception):
    """Stands for the end of a process."""


def refuse_second_call(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return `function`, which raises Interrupted when it is called for the second time."""
    calls = 0

    def refuse(*args: object) -> Any:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise Interrupted
        return function(*args)

    return refuse

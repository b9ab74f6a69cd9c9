"""Many copies at once, and many articles that are nothing but one notice."""

import sqlite3
import subprocess
import sys
from typing import Any

from pymongo import MongoClient

from crawler.dedup.sketch import make_sketch
from crawler.storage import Store
from crawler.stories.candidates import MAX_ARTICLES_PER_TEXT
from tests.mongod import ROOT
from tests.storage.crowd import COPIES, SHARES, copies
from tests.storage.samples import SyncStore, article

NOTICE = (
    "يرجى تفعيل جافا سكريبت في متصفحك لمشاهدة هذه الصفحة كما ينبغي، أو العودة إلى الصفحة الرئيسية"
)


def test_200_copies_from_8_processes_are_one_story_whatever_their_order(store: SyncStore) -> None:
    command = [sys.executable, "-W", "error", "-m", "tests.storage.crowd", store.uri]
    processes = [subprocess.Popen([*command, str(share)], cwd=ROOT) for share in range(SHARES)]
    assert [process.wait(120) for process in processes] == [0] * SHARES
    (story,) = store.stories()
    assert len(story.copies) == COPIES
    dated = [one for share in range(SHARES) for one in copies(share) if one.published]
    assert story.published == min(one.published for one in dated if one.published)


def count_postings(store: SyncStore) -> int:
    """How many keys of articles the index of copies holds."""
    if store.uri.startswith("sqlite"):
        with sqlite3.connect(store.uri.removeprefix("sqlite:///")) as connection:
            (number,) = connection.execute("SELECT count(*) FROM entries").fetchone()
        connection.close()
        return int(number)
    with MongoClient[dict[str, Any]](store.uri) as client:
        return client.get_default_database()["entries"].count_documents({"key": {"$exists": True}})


def test_articles_of_one_notice_do_not_blow_the_index_up(store: SyncStore) -> None:
    number = (
        10_000 if store.uri.startswith("sqlite") else 3 * MAX_ARTICLES_PER_TEXT
    )  # a server is slower, not different
    notices = [article(f"o{n}/1", NOTICE, headline=f"خبر {n}") for n in range(number)]
    keys = len(make_sketch(notices[0]).keys)
    assert keys > 1

    async def save(opened: Store) -> None:
        await opened.save_many(notices)

    store.run(save)
    assert count_postings(store) == MAX_ARTICLES_PER_TEXT * keys
    assert sorted(map(len, store.partition()))[-2:] == [1, MAX_ARTICLES_PER_TEXT]
    assert store.outcomes(article("late", NOTICE)) == ["new_story"]

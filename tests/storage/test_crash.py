"""Four processes of eight writers at the same 20 stories, kill -9 of one of them, and of the
server.

Whatever was acknowledged is there afterwards, once, and every story is one story.
"""

import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.mongod import ROOT, Mongod, started_or_skipped, with_database
from tests.storage.samples import SyncStore
from tests.storage.writer import STORIES, copies

PROCESSES = 4
COPIES = 3

Writer = subprocess.Popen[str]


def writer(uri: str, outlet: str, number: int = COPIES, seed: int = 0) -> Writer:
    command = [
        sys.executable,
        "-W",
        "error",
        "-m",
        "tests.storage.writer",
        uri,
        outlet,
        str(number),
        str(seed),
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def acknowledged(process: Writer, lines: int | None = None) -> list[list[str]]:
    """What a writer says was saved: so many lines, or all until it ends."""
    assert process.stdout is not None
    read = (
        process.stdout.readlines()
        if lines is None
        else [process.stdout.readline() for _ in range(lines)]
    )
    return [line.split() for line in read if line.endswith("\n")]


def finished(process: Writer) -> list[list[str]]:
    said = acknowledged(process)
    assert process.wait(60) == 0
    assert process.stdout is not None
    process.stdout.close()
    return said


def killed(process: Writer, after: int) -> list[list[str]]:
    said = acknowledged(process, after)
    process.kill()
    said += acknowledged(process)
    assert process.wait() == -signal.SIGKILL, "it was done before it could be killed"
    assert process.stdout is not None
    process.stdout.close()
    return said


def require_whole(store: SyncStore, saved: list[list[str]], outlets: list[str]) -> None:
    """Nothing acknowledged is lost, nothing is doubled, and each story is one, under the id all
    agree on."""
    stored = store.articles()
    ids = [item.id for item in stored]
    urls = {item.article.url for item in stored}
    assert len(set(ids)) == len(ids) == len(urls)
    assert {article_id for _, article_id, _ in saved} <= set(ids)
    stories = store.stories()
    assert len(stories) == store.counts()["stories"] == STORIES
    assert sum(len(story.copies) for story in stories) == len(ids)
    assert all(story.id == story.copies[0].id for story in stories)
    assert all(
        len({copy.url.rpartition("/")[2] for copy in story.copies}) == 1 for story in stories
    )
    for outlet in outlets:  # these ran to their end
        assert {copy.url for copy in copies(outlet, COPIES)} <= urls


def test_four_processes_of_eight_writers_at_the_same_articles(store: SyncStore) -> None:
    processes = [writer(store.uri, "o", seed=seed) for seed in range(PROCESSES)]
    saved = [line for process in processes for line in finished(process)]
    require_whole(store, saved, ["o"])
    outcomes = Counter(outcome for outcome, _, _ in saved)
    assert outcomes["new_story"] == STORIES
    assert outcomes["new_story"] + outcomes["new_copy"] == STORIES * COPIES
    assert outcomes["revision"] == store.counts()["revisions"] == 0


def test_kill_9_of_writers_loses_nothing_acknowledged(store: SyncStore) -> None:
    others = [writer(store.uri, f"p{n}", seed=n) for n in range(PROCESSES - 1)]
    saved = []
    for turn, after in enumerate((1, 7, 20)):
        victim = writer(store.uri, f"v{turn}", seed=turn)
        saved += killed(victim, after)
    saved += [line for process in others for line in finished(process)]
    require_whole(store, saved, [f"p{n}" for n in range(PROCESSES - 1)])
    if store.uri.startswith("sqlite"):
        with sqlite3.connect(store.uri.removeprefix("sqlite:///")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()


@pytest.fixture
def own_mongod() -> Iterator[Mongod]:
    """A server that the test may kill."""
    server = started_or_skipped()
    yield server
    server.stop()


def test_kill_9_of_the_server_loses_nothing_acknowledged(own_mongod: Mongod) -> None:
    store = SyncStore(with_database(own_mongod.uri, "khabar"))
    processes = [writer(store.uri, f"p{n}", seed=n) for n in range(PROCESSES)]
    saved = []
    for after in (5, 15):
        for process in processes:
            saved += acknowledged(process, after)
        own_mongod.kill()
        own_mongod.start()
    saved += [line for process in processes for line in finished(process)]
    require_whole(store, saved, [f"p{n}" for n in range(PROCESSES)])

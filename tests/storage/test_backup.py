"""A copy of the store in one file, while others write."""

import asyncio
import resource
from pathlib import Path

import pytest

from crawler.storage import Store, StoreError
from tests.storage.samples import SyncStore, article
from tests.storage.test_crash import acknowledged, finished, writer
from tests.storage.test_removal import SECRET
from tests.storage.writer import STORIES


def backup(store: SyncStore, path: Path) -> None:
    store.run(lambda opened: opened.backup(path))


def test_a_backup_is_a_store_of_what_was_there(sqlite_uri: str, tmp_path: Path) -> None:
    store = SyncStore(sqlite_uri)
    store.save(article("a", SECRET), article("b"))
    path = tmp_path / "backup.db"
    backup(store, path)
    copy = SyncStore(f"sqlite:///{path}")
    assert copy.articles() == store.articles()
    assert copy.partition() == store.partition()
    assert len(copy.articles(text=SECRET)) == 1
    assert {file.name for file in tmp_path.glob("*backup*")} == {"backup.db", "backup.db-lock"}


def test_a_backup_is_made_while_others_write(sqlite_uri: str, tmp_path: Path) -> None:
    store = SyncStore(sqlite_uri)
    store.counts()
    process = writer(sqlite_uri, "o")
    numbers = []

    async def often(opened: Store) -> None:
        for number in range(4):
            await opened.backup(tmp_path / f"{number}.db")
            await asyncio.sleep(0.05)

    acknowledged(process, 10)
    store.run(often)
    finished(process)
    for number in range(4):
        copy = SyncStore(f"sqlite:///{tmp_path}/{number}.db")
        copy.partition()
        numbers.append(copy.counts()["articles"])
    assert numbers == sorted(numbers)
    assert numbers[0] >= 10
    assert store.counts()["stories"] == STORIES


def test_what_cannot_be_written_leaves_no_file(sqlite_uri: str, tmp_path: Path) -> None:
    store = SyncStore(sqlite_uri)
    store.save(*(article(f"a/{n}", f"{SECRET} {n}" * 50) for n in range(50)))
    path = tmp_path / "backup.db"
    path.write_text("of somebody else")
    with pytest.raises(StoreError, match=r"backup\.db exists already"):
        backup(store, path)
    assert path.read_text() == "of somebody else"
    with pytest.raises(StoreError, match="there is no folder"):
        backup(store, tmp_path / "none" / "backup.db")

    async def on_a_full_disk(opened: Store) -> None:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
        try:
            await opened.backup(tmp_path / "full.db")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    with pytest.raises(StoreError, match=r"full\.db"):
        store.run(on_a_full_disk)
    assert list(tmp_path.glob("*full*")) == []
    assert store.counts()["articles"] == 50


def test_of_mongodb_the_tool_is_named(mongodb_uri: str, tmp_path: Path) -> None:
    store = SyncStore(mongodb_uri)
    store.save(article("a"))
    with pytest.raises(StoreError, match=r"mongodump --uri=mongodb://127\.0\.0\.1"):
        backup(store, tmp_path / "backup.gz")


def test_the_size_of_a_store_is_that_of_its_files(store: SyncStore) -> None:
    store.save(*(article(f"a/{n}", f"{SECRET} {n}" * 50) for n in range(50)))
    size = store.run(lambda opened: opened.size())
    assert size > 10_000
    if store.uri.startswith("sqlite"):
        path = Path(store.uri.removeprefix("sqlite:///"))
        assert abs(size - path.stat().st_size) <= 8192

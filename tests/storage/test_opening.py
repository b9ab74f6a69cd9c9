"""Opening a store: what is no store, what cannot be reached, and what a message must not show."""

import asyncio
import gc
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pymongo import MongoClient

from crawler.storage import StoreError, StoreUnavailable, open_store
from crawler.storage.locks import file_lock
from tests.storage.samples import SyncStore, article


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port where something accepts connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(16)
        yield listener.getsockname()[1]


def opened(uri: str) -> None:
    SyncStore(uri).counts()


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "khabar.db",
        "postgres://user:hunter2@host/db",
        "sqlite://khabar.db",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:////tmp/",
        "mongodb://",
        "mongodb://user:hunter2@host:port/db",
        "mongodb://user:hunt@er2@host/db",
        "mongodb://host/a b",
    ],
)
def test_a_uri_that_names_no_store_is_one_clear_line_without_secrets(uri: str) -> None:
    with pytest.raises(StoreError, match="expected") as caught:
        opened(uri)
    assert not isinstance(caught.value, StoreUnavailable)
    assert "\n" not in str(caught.value)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("kind", ["sqlite", "mongodb"])
def test_a_store_that_is_only_read_is_not_made(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    uri = request.getfixturevalue(f"{kind}_uri")

    async def read() -> int:
        async with open_store(uri, create=False) as store:
            return (await store.counts())["articles"]

    for _ in range(2):
        with pytest.raises(StoreError, match="there is no store yet") as caught:
            asyncio.run(read())
        assert not isinstance(caught.value, StoreUnavailable)
    assert list(tmp_path.iterdir()) == []
    SyncStore(uri).save(article("a"))
    assert asyncio.run(read()) == 1


@pytest.fixture
def collected() -> Iterator[None]:
    """Garbage is collected before the next test, which would be blamed for it."""
    yield
    gc.collect()


# AsyncMongoClient to a refused port now and then leaves a socket to the garbage collector (pymongo
# 4.20).
@pytest.mark.filterwarnings("ignore:unclosed.*socket:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.usefixtures("collected")
@pytest.mark.parametrize("port", ["free_port", "silent_port"])
def test_a_server_that_is_down_is_told_within_five_seconds(
    port: str, request: pytest.FixtureRequest
) -> None:
    number = request.getfixturevalue(port)
    started = time.monotonic()
    with pytest.raises(
        StoreUnavailable, match=f"127.0.0.1:{number}/news: no MongoDB server"
    ) as caught:
        opened(f"mongodb://reader:hunter2@127.0.0.1:{number}/news")
    assert time.monotonic() - started < 5
    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_wrong_password_is_told_without_it(mongodb_uri: str) -> None:
    with_password = mongodb_uri.replace("mongodb://", "mongodb://reader:hunter2@")
    with pytest.raises(StoreError, match="Authentication failed") as caught:
        opened(with_password)
    assert "hunter2" not in str(caught.value)


def test_mongodb_without_a_database_uses_ours(mongod_uri: str) -> None:
    async def name() -> str:
        async with open_store(mongod_uri) as store:
            return store._client.display_uri  # type: ignore[attr-defined, no-any-return]

    assert asyncio.run(name()).endswith("/khabar")
    with MongoClient[dict[str, object]](mongod_uri) as client:
        client.drop_database("khabar")


def test_another_schema_is_refused(store: SyncStore) -> None:
    store.counts()
    if store.uri.startswith("sqlite"):
        with sqlite3.connect(store.uri.removeprefix("sqlite:///")) as connection:
            connection.execute("PRAGMA user_version = 99")
        connection.close()
    else:
        with MongoClient[dict[str, object]](store.uri) as client:
            client.get_default_database()["meta"].update_one(
                {"_id": "schema"}, {"$set": {"version": 99}}
            )
    with pytest.raises(StoreError, match="schema"):
        store.counts()


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to be taken for a file" * 9, None]
)
def test_a_file_of_somebody_else_is_refused_and_left_alone(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "other.db"
    if content is None:
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE mine (x)")
        connection.close()
        content = path.read_bytes()
    else:
        path.write_bytes(content)
    with pytest.raises(StoreError, match=r"other\.db.*not a"):
        opened(f"sqlite:///{path}")
    assert path.read_bytes()[100:] == content[100:]


def test_a_folder_that_is_missing_is_an_error_that_no_later_call_mends(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=f"there is no folder {tmp_path}/missing$") as caught:
        opened(f"sqlite:///{tmp_path}/missing/khabar.db")
    assert not isinstance(caught.value, StoreUnavailable)


def test_a_lock_that_is_held_is_told_within_five_seconds(sqlite_uri: str) -> None:
    path = Path(sqlite_uri.removeprefix("sqlite:///"))
    started = time.monotonic()
    with (
        file_lock(path.with_name("khabar.db-lock"), timeout=1),
        pytest.raises(StoreUnavailable, match="another process"),
    ):
        opened(sqlite_uri)
    assert time.monotonic() - started < 5


def test_a_foreign_connection_that_writes_is_waited_for(sqlite_uri: str) -> None:
    store = SyncStore(sqlite_uri)
    store.save(article("a"))
    other = sqlite3.connect(
        sqlite_uri.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False
    )
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.5, other.execute, ["COMMIT"])
    timer.start()
    assert store.outcomes(article("b")) == ["new_copy"]
    timer.join()
    other.close()


def test_a_closed_store_says_so(store: SyncStore) -> None:
    async def use_after_close() -> None:
        async with open_store(store.uri) as opened_store:
            pass
        await opened_store.save(article("a"))

    with pytest.raises(StoreError, match="close"):
        asyncio.run(use_after_close())

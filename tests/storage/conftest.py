"""Every test that takes `store` runs on both backends, each in a fresh store of its own."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from pymongo import MongoClient

from tests.mongod import with_database
from tests.storage.samples import SyncStore


@pytest.fixture
def sqlite_uri(tmp_path: Path) -> str:
    """A fresh embedded store."""
    return f"sqlite:///{tmp_path}/khabar.db"


@pytest.fixture
def mongodb_uri(mongod_uri: str) -> Iterator[str]:
    """A fresh database, dropped at the end."""
    name = f"khabar_test_{uuid.uuid4().hex[:12]}"
    yield with_database(mongod_uri, name)
    with MongoClient[dict[str, object]](mongod_uri) as client:
        client.drop_database(name)


@pytest.fixture(params=["sqlite", "mongodb"])
def store(request: pytest.FixtureRequest) -> SyncStore:
    """A fresh store, once of each kind."""
    return SyncStore(request.getfixturevalue(f"{request.param}_uri"))

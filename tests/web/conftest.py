"""The site over stores of both kinds."""

import uuid

import pytest

from tests.mongod import with_database
from tests.web.newsroom import Visitor, fill
from tests.web.tallied import fill_and_count


@pytest.fixture(scope="session")
def sqlite_newsroom(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URI of a filled embedded store, which nobody writes to."""
    uri = f"sqlite:///{tmp_path_factory.mktemp('newsroom')}/khabar.db"
    fill(uri)
    return uri


@pytest.fixture(scope="session")
def mongodb_newsroom(mongod_uri: str) -> str:
    """The URI of the same in a database of MongoDB."""
    uri = with_database(mongod_uri, f"khabar_web_{uuid.uuid4().hex[:12]}")
    fill(uri)
    return uri


@pytest.fixture
def visitor(sqlite_newsroom: str) -> Visitor:
    """A visitor of the site over the embedded store."""
    return Visitor(sqlite_newsroom)


@pytest.fixture(params=["sqlite", "mongodb"])
def visitor_of_both(request: pytest.FixtureRequest) -> Visitor:
    """A visitor of the site, once over a store of each kind."""
    return Visitor(request.getfixturevalue(f"{request.param}_newsroom"))


@pytest.fixture(scope="session")
def tallied_newsroom(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URI of an embedded store of more stories, whose days were counted."""
    uri = f"sqlite:///{tmp_path_factory.mktemp('tallied')}/khabar.db"
    fill_and_count(uri)
    return uri


@pytest.fixture(scope="session")
def mongodb_tallied_newsroom(mongod_uri: str) -> str:
    """The URI of the same in a database of MongoDB."""
    uri = with_database(mongod_uri, f"khabar_web_{uuid.uuid4().hex[:12]}")
    fill_and_count(uri)
    return uri


@pytest.fixture
def tallied_visitor(tallied_newsroom: str) -> Visitor:
    """A visitor of the site over the embedded store with numbers."""
    return Visitor(tallied_newsroom)


@pytest.fixture(params=["tallied_newsroom", "mongodb_tallied_newsroom"])
def tallied_visitor_of_both(request: pytest.FixtureRequest) -> Visitor:
    """A visitor of the site with numbers, once over a store of each kind."""
    return Visitor(request.getfixturevalue(request.param))

"""Stores of both kinds for tests of exports."""

from tests.storage.conftest import mongodb_uri, sqlite_uri, store

__all__ = ["mongodb_uri", "sqlite_uri", "store"]

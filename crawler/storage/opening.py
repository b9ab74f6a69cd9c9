"""Opening a store of either kind by its URI."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from crawler.storage.protocol import Reader, Store, StoreError

_MONGO_SCHEMES = ("mongodb", "mongodb+srv")


@asynccontextmanager
async def open_store(
    uri: str, *, countries: Mapping[str, str] | None = None, create: bool = True
) -> AsyncIterator[Store]:
    """Open the store at `uri` until the end of the block.

    "sqlite:///khabar.db" is a file beside the working directory, "sqlite:////var/khabar.db" an
    absolute one; "mongodb://host/database" is a database of MongoDB, by default "khabar".
    countries: the country (ISO 3166-1 alpha-2) of each outlet by name; the filter `country` needs
    it. create: make the store where there is none; else that is a StoreError.

    Raises StoreError for a URI that names no store, StoreUnavailable within 5 seconds for a store
    that cannot be reached.
    """
    check_uri(uri)
    # Only the backend that is used is loaded: pymongo alone costs 0.2 s of each command's start.
    scheme, _, rest = uri.partition("://")
    if scheme == "sqlite":
        from crawler.storage.sqlite import open_sqlite

        async with open_sqlite(_path(rest), countries, create=create) as sqlite:
            yield sqlite
    else:
        from crawler.storage.mongo import open_mongo

        async with open_mongo(uri, countries, create=create) as mongo:
            yield mongo


@asynccontextmanager
async def open_reader(
    uri: str,
    *,
    countries: Mapping[str, str] | None = None,
    seconds: float = 2.0,
    connections: int = 4,
) -> AsyncIterator[Reader]:
    """Open the store at `uri` to be read alone, until the end of the block; uri, countries: as in
    `open_store`.

    seconds: that each call may take, and each slice of a list; then it raises StoreTooSlow.
    connections: how many calls an SQLite file is asked at once; others wait, and that counts. (A
    MongoDB server shares its time itself.)

    Nothing is made, upgraded, locked or written. Raises StoreError for a URI that names no store, a
    store that is missing or has another schema, StoreUnavailable within 5 seconds for one that
    cannot be reached.
    """
    check_uri(uri)
    scheme, _, rest = uri.partition("://")
    if scheme == "sqlite":
        from crawler.storage.sqlite import open_sqlite_reader

        reader = open_sqlite_reader(
            _path(rest), countries, seconds=seconds, connections=connections
        )
        async with reader as sqlite:
            yield sqlite
    else:
        from crawler.storage.mongo import open_mongo_reader

        async with open_mongo_reader(uri, countries, seconds=seconds) as mongo:
            yield mongo


def check_uri(uri: str) -> None:
    """Raise StoreError for a URI that names neither a file of SQLite nor a server of MongoDB."""
    scheme, separator, rest = uri.partition("://")
    if separator and scheme == "sqlite":
        _path(rest)
    elif not separator or scheme not in _MONGO_SCHEMES:
        # The rest may hold a password.
        start = f"{scheme}://..." if separator else "no scheme"
        raise StoreError(f"store URI ({start}): expected sqlite:///PATH or mongodb://HOST/DATABASE")


def _path(rest: str) -> Path:
    slash, name = rest[:1], rest[1:]
    names_file = name and name != ":memory:" and not name.endswith("/")
    if slash != "/" or not names_file:
        raise StoreError("store URI (sqlite): expected sqlite:///PATH of a file")
    return Path(name)

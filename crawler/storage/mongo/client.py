"""Reaching the server, and telling its errors as the protocol does, without credentials."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC

from bson.codec_options import CodecOptions
from bson.errors import BSONError
from pymongo import AsyncMongoClient, WriteConcern
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import (
    BulkWriteError,
    ConnectionFailure,
    PyMongoError,
    WriteConcernError,
)
from pymongo.uri_parser import parse_uri

from crawler.storage.codec import Document
from crawler.storage.protocol import StoreError, StoreUnavailable

Database = AsyncDatabase[Document]
Collection = AsyncCollection[Document]

_DEFAULT_DATABASE = "khabar"
_FIND_SERVER = 4.0  # seconds; a store that is down must be told within 5
_ANSWER = 20.0  # seconds; a server that is silent for longer has gone away

# Journal and majority are asked for by name: a server's defaults lost up to 175 acknowledged writes
# under kill -9.
_ACKNOWLEDGED = WriteConcern(w="majority", j=True)

SOON = WriteConcern(w=1)
"""For what may be lost until a later acknowledged write of the same writer, which is journalled
behind it."""


@asynccontextmanager
async def connect(uri: str) -> AsyncIterator[tuple[Database, str]]:
    """The database that `uri` names and how it is shown in messages.

    Raises StoreError for a URI that is none, StoreUnavailable when no server answers within 5
    seconds.
    """
    display_uri, name = _read(uri)
    with translate_errors(display_uri):
        client: AsyncMongoClient[Document] = AsyncMongoClient(
            uri,
            serverSelectionTimeoutMS=int(_FIND_SERVER * 1000),
            connectTimeoutMS=int(_FIND_SERVER * 1000),
            socketTimeoutMS=int(_ANSWER * 1000),
        )
    try:
        with translate_errors(display_uri):
            try:
                # A timeout of our own besides the driver's, which does not end a slow look-up of
                # the host's name.
                async with asyncio.timeout(_FIND_SERVER + 0.5):
                    await client.admin.command("ping")
            except TimeoutError as error:
                raise _no_answer(display_uri) from error
        options = CodecOptions[Document](tz_aware=True, tzinfo=UTC)
        yield (
            client.get_database(name, codec_options=options, write_concern=_ACKNOWLEDGED),
            display_uri,
        )
    finally:
        await client.close()


@contextmanager
def translate_errors(display_uri: str) -> Iterator[None]:
    """The driver's errors as StoreUnavailable where trying again may help, else as StoreError."""
    try:
        yield
    except ConnectionFailure as error:
        raise _no_answer(display_uri) from error
    except PyMongoError as error:
        kind = StoreUnavailable if _is_transient(error) else StoreError
        raise kind(f"{display_uri}: {_one_line(error)}") from error
    except BSONError as error:
        raise StoreError(f"{display_uri}: not storable: {_one_line(error)}") from error


def _read(uri: str) -> tuple[str, str]:
    """How the store at `uri` is shown, and the name of its database."""
    try:
        parsed = parse_uri(uri, warn=False)
    except (PyMongoError, ValueError):
        # The driver's message may repeat part of the URI, and with it of a password: it is not
        # shown.
        raise StoreError("store URI (mongodb): expected mongodb://HOST/DATABASE") from None
    name = parsed["database"] or _DEFAULT_DATABASE
    hosts = ",".join(f"{host}:{port}" if port else host for host, port in parsed["nodelist"])
    return f"mongodb://{hosts}/{name}", name


def _no_answer(display_uri: str) -> StoreUnavailable:
    return StoreUnavailable(f"{display_uri}: no MongoDB server that can be written to answers")


def _is_transient(error: PyMongoError) -> bool:
    if (
        error.timeout
        or isinstance(error, WriteConcernError)
        or error.has_error_label("RetryableWriteError")
    ):
        return True
    return isinstance(error, BulkWriteError) and bool(
        (error.details or {}).get("writeConcernErrors")
    )


def _one_line(error: Exception) -> str:
    return str(error).split(", full error:")[0].replace("\n", " ")

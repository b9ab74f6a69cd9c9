"""The database on its server. Errors of the driver are translated here, and hold no credentials."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC
from typing import Concatenate, ParamSpec, TypeVar

import pymongo
from bson.codec_options import CodecOptions
from bson.errors import BSONError
from pymongo import AsyncMongoClient, WriteConcern
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import (
    BulkWriteError,
    ConnectionFailure,
    ExecutionTimeout,
    NetworkTimeout,
    OperationFailure,
    PyMongoError,
    WaitQueueTimeoutError,
    WriteConcernError,
)
from pymongo.uri_parser import parse_uri

from crawler.storage.codec import Document
from crawler.storage.protocol import StoreError, StoreTooSlow, StoreUnavailable

Database = AsyncDatabase[Document]
Collection = AsyncCollection[Document]

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")

_DEFAULT_DATABASE = "khabar"
_SELECTION_TIMEOUT = 4.0  # seconds; a store that is down must be told within 5
_LONGEST_MESSAGE = 300  # characters
_OUT_OF_DISK_SPACE = 14031  # MongoDB's error code
_CLOSE_TIMEOUT = 1.0
_SOCKET_TIMEOUT = 20.0  # seconds; a server that is silent for longer has gone away

_TOO_SLOW = (ExecutionTimeout, NetworkTimeout, WaitQueueTimeoutError)

# Journal and majority are asked for by name: a server's defaults lost up to 175 acknowledged writes
# under kill -9.
_ACKNOWLEDGED = WriteConcern(w="majority", j=True)

SOON = WriteConcern(w=1)
"""For what may be lost until a later acknowledged write of the same writer, which is journalled
behind it."""


@dataclass(frozen=True, slots=True)
class Client:
    """A database, and its URI as messages show it: without credentials.

    seconds: that each call may take; None for as long as it takes.
    """

    database: Database
    display_uri: str
    seconds: float | None = None

    async def call(
        self,
        function: Callable[Concatenate[Database, _Parameters], Awaitable[_Result]],
        *args: _Parameters.args,
        **kwargs: _Parameters.kwargs,
    ) -> _Result:
        """Return what `function` returns for the database and `args`.

        Raises StoreTooSlow when its time is over, StoreUnavailable for errors of the driver that
        may pass, else StoreError.
        """
        with _translate_errors(self.display_uri):
            if self.seconds is None:
                return await function(self.database, *args, **kwargs)
            try:
                # The server is told the time that is left, and stops working for it by itself.
                with pymongo.timeout(self.seconds):
                    return await function(self.database, *args, **kwargs)
            except _TOO_SLOW as error:
                within = f"no answer within {self.seconds:g} s"
                raise StoreTooSlow(f"{self.display_uri}: {within}") from error


class StorePart:
    """One concern of a store, over the client that all of them share."""

    def __init__(self, client: Client) -> None:
        self._client = client


@asynccontextmanager
async def connect(uri: str, *, seconds: float | None = None) -> AsyncIterator[Client]:
    """Connect to the database that `uri` names, until the end of the block.

    seconds: that each call may take; None for as long as it takes.

    Raises StoreError for a malformed URI, StoreUnavailable when no server answers within 5 seconds.
    """
    display_uri, name = _parse(uri)
    with _translate_errors(display_uri):
        client: AsyncMongoClient[Document] = AsyncMongoClient(
            uri,
            serverSelectionTimeoutMS=int(_SELECTION_TIMEOUT * 1000),
            connectTimeoutMS=int(_SELECTION_TIMEOUT * 1000),
            socketTimeoutMS=int(_SOCKET_TIMEOUT * 1000),
        )
    try:
        with _translate_errors(display_uri):
            # A timeout of our own besides the driver's, which does not end a slow look-up of the
            # host's name.
            async with asyncio.timeout(_SELECTION_TIMEOUT + 0.5):
                await client.admin.command("ping")
        options = CodecOptions[Document](tz_aware=True, tzinfo=UTC)
        database = client.get_database(name, codec_options=options, write_concern=_ACKNOWLEDGED)
        yield Client(database, display_uri, seconds)
    finally:
        # It tells the server which sessions have ended, and would wait for one that is away.
        with pymongo.timeout(_CLOSE_TIMEOUT):
            await client.close()


@contextmanager
def _translate_errors(display_uri: str) -> Iterator[None]:
    try:
        yield
    except (ConnectionFailure, TimeoutError) as error:
        raise StoreUnavailable(
            f"{display_uri}: no MongoDB server that can be written to answers"
        ) from error
    except PyMongoError as error:
        kind = StoreUnavailable if _is_transient(error) else StoreError
        raise kind(f"{display_uri}: {_one_line(error)}") from error
    except BSONError as error:
        raise StoreError(f"{display_uri}: not storable: {_one_line(error)}") from error


def _parse(uri: str) -> tuple[str, str]:
    """Return the URI without credentials and options, and the name of the database."""
    try:
        parsed = parse_uri(uri, warn=False)
    except (PyMongoError, ValueError):
        # The driver's message may repeat part of the URI, and with it of a password: it is not
        # shown.
        raise StoreError("store URI (mongodb): expected mongodb://HOST/DATABASE") from None
    name = parsed["database"] or _DEFAULT_DATABASE
    hosts = ",".join(f"{host}:{port}" if port else host for host, port in parsed["nodelist"])
    return f"mongodb://{hosts}/{name}", name


def _is_transient(error: PyMongoError) -> bool:
    if error.timeout or error.has_error_label("RetryableWriteError"):
        return True
    if isinstance(error, BulkWriteError):
        return bool(error.details and error.details.get("writeConcernErrors"))
    is_full = isinstance(error, OperationFailure) and error.code == _OUT_OF_DISK_SPACE
    return is_full or isinstance(error, WriteConcernError)


def _one_line(error: Exception) -> str:
    """Return the message of `error`, without the command that the server repeats: it may hold whole
    articles."""
    message = str(error)
    if isinstance(error, BulkWriteError) and error.details.get("writeErrors"):
        message = error.details["writeErrors"][0]["errmsg"]
    words = message.split(", full error:")[0].partition("{")[0].split()
    return " ".join(words)[:_LONGEST_MESSAGE]

"""The one thread that owns a store's connection, so that nothing blocks the reactor.

Writes that wait together share one transaction, and each is acknowledged only after its commit: an
fsync costs the same for one as for fifty.
"""

import asyncio
import itertools
import os
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

from crawler.storage.locks import file_lock
from crawler.storage.protocol import StoreError, StoreUnavailable
from crawler.storage.sqlite.schema import connect

_Result = TypeVar("_Result")

# Seconds to wait for the lock, and then for a foreign connection's, when opening: a store that is
# down is told within 5 seconds.
_OPEN_LOCK_TIMEOUT = 3.0
_OPEN_TIMEOUT = 1.5
_BUSY_TIMEOUT = 30.0
_MOST_IN_ONE_TRANSACTION = 200
_LONGEST_TRANSACTION = (
    0.1  # seconds from which on no further job is begun in it: others wait for the lock
)
_GIVE_WAY = (
    0.005  # seconds before the next one, longer than others pause between two tries for the lock
)

# https://www.sqlite.org/rescode.html: what may pass, unlike a damaged file or an error of ours
_TRANSIENT = ("BUSY", "LOCKED", "IOERR", "FULL", "CANTOPEN", "READONLY", "PERM", "NOLFS")


@dataclass(frozen=True, slots=True, order=True)
class _Job:
    """What is short and others go on from has rank 0 and goes first; the end of all has the last
    rank."""

    rank: int
    number: int  # in order of arrival
    run: Callable[[sqlite3.Connection], Any] = field(compare=False)
    writes: bool = field(compare=False)
    answer: "Future[Any]" = field(compare=False, default_factory=Future)


_FIRST, _IN_TURN, _LAST = range(3)


class Worker:
    """Runs functions of a connection on its own thread. Raises StoreError and StoreUnavailable for
    SQLite's."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = path.with_name(path.name + "-lock")
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._opened: Future[None] = Future()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name=f"store {path.name}", daemon=True)

    async def open(self) -> None:
        """Start the thread and wait until the store is open."""
        self._thread.start()
        await asyncio.wrap_future(self._opened)

    async def read(self, function: Callable[[sqlite3.Connection], _Result]) -> _Result:
        """The result of `function`, which only reads."""
        return await self._submit(function, writes=False)

    async def write(
        self, function: Callable[[sqlite3.Connection], _Result], *, first: bool = False
    ) -> _Result:
        """The result of `function` once what it wrote is committed and on the disk. `first`: before
        what waits."""
        return await self._submit(function, writes=True, rank=_FIRST if first else _IN_TURN)

    async def close(self) -> None:
        """Finish what waits and close the connection."""
        if not self._closed:
            self._closed = True
            self._jobs.put(_Job(_LAST, next(self._numbers), lambda _: None, writes=False))
        await asyncio.to_thread(self._thread.join)

    async def _submit(
        self,
        function: Callable[[sqlite3.Connection], _Result],
        *,
        writes: bool,
        rank: int = _IN_TURN,
    ) -> _Result:
        if self._closed:
            raise StoreError(f"{self._path}: the store is closed")
        job = _Job(rank, next(self._numbers), function, writes)
        self._jobs.put(job)
        return cast(_Result, await asyncio.wrap_future(job.answer))

    def _work(self) -> None:
        try:
            with file_lock(self._lock, _OPEN_LOCK_TIMEOUT):
                connection = connect(self._path, _OPEN_TIMEOUT)
            connection.execute(f"PRAGMA busy_timeout = {int(_BUSY_TIMEOUT * 1000)}")
            self._inode = self._path.stat().st_ino
        except Exception as error:
            self._opened.set_exception(self._as_store_error(error))
            return
        self._opened.set_result(None)
        while jobs := self._waiting():
            if writing := [job for job in jobs if job.writes]:
                self._commit(connection, writing)
            for job in jobs:
                if not job.writes:
                    self._answer(job, connection)
        try:
            # The last close checkpoints the log and removes it.
            with file_lock(self._lock, _BUSY_TIMEOUT):
                connection.close()
        except StoreUnavailable:
            connection.close()

    def _waiting(self) -> list[_Job]:
        """The jobs that wait, at least one; none when the store is closing and all are done."""
        jobs = [self._jobs.get()]
        with suppress(queue.Empty):
            while len(jobs) < _MOST_IN_ONE_TRANSACTION and jobs[-1].rank != _LAST:
                jobs.append(self._jobs.get_nowait())
        if jobs[-1].rank == _LAST and len(jobs) > 1:
            self._jobs.put(jobs.pop())
        return [job for job in jobs if job.rank != _LAST]

    def _commit(self, connection: sqlite3.Connection, jobs: list[_Job]) -> None:
        """Commit as many of `jobs` as fit into one transaction; the others wait on, with what came
        meanwhile."""
        outcomes: list[tuple[_Job, Any, Exception | None]] = []
        left = list(reversed(jobs))
        try:
            with file_lock(self._lock, _BUSY_TIMEOUT):
                self._require_the_file()
                connection.execute("BEGIN IMMEDIATE")
                try:
                    began = time.monotonic()
                    while left and time.monotonic() - began <= _LONGEST_TRANSACTION:
                        if (job := left.pop()).answer.set_running_or_notify_cancel():
                            outcomes.append(self._in_savepoint(connection, job))
                    connection.execute("COMMIT")
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
        except Exception as error:
            for job in jobs:
                if job.answer.running() or (
                    job in left and job.answer.set_running_or_notify_cancel()
                ):
                    job.answer.set_exception(self._as_store_error(error))
            return
        for job, result, failure in outcomes:
            if failure is None:
                job.answer.set_result(result)
            else:
                job.answer.set_exception(self._as_store_error(failure))
        if left:
            for job in left:
                self._jobs.put(job)
            time.sleep(_GIVE_WAY)

    def _in_savepoint(
        self, connection: sqlite3.Connection, job: _Job
    ) -> tuple[_Job, Any, Exception | None]:
        """One job of a transaction; if it fails, it alone is undone."""
        connection.execute("SAVEPOINT job")
        try:
            result = job.run(connection)
        except Exception as error:
            if (
                not connection.in_transaction
            ):  # SQLite has undone the whole transaction, as when the disk is full
                raise
            connection.execute("ROLLBACK TO job")
            connection.execute("RELEASE job")
            return job, None, error
        connection.execute("RELEASE job")
        return job, result, None

    def _answer(self, job: _Job, connection: sqlite3.Connection) -> None:
        if not job.answer.set_running_or_notify_cancel():
            return
        try:
            job.answer.set_result(job.run(connection))
        except Exception as error:
            job.answer.set_exception(self._as_store_error(error))

    def _require_the_file(self) -> None:
        """SQLite goes on writing to a file that was moved or deleted, and what it writes is
        lost."""
        try:
            same = os.stat(self._path).st_ino == self._inode
        except FileNotFoundError:
            same = False
        if not same:
            raise StoreUnavailable(
                f"{self._path}: the file was moved or deleted while the store was open"
            )

    def _as_store_error(self, error: Exception) -> Exception:
        """`error` as the protocol tells it."""
        if isinstance(error, sqlite3.Error):
            name = getattr(error, "sqlite_errorname", "")
            kind = (
                StoreUnavailable
                if name.removeprefix("SQLITE_").startswith(_TRANSIENT)
                else StoreError
            )
            return kind(f"{self._path}: {error}")
        if isinstance(error, OSError):
            return StoreUnavailable(f"{self._path}: {error.strerror}")
        return error

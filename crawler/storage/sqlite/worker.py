"""The one thread that owns a store's connection, so that nothing blocks the reactor.

Writes that wait together share one transaction, and each is acknowledged only after its commit: an
fsync costs the same for one as for fifty.
"""

import asyncio
import itertools
import queue
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast

from crawler.storage.locks import file_lock
from crawler.storage.protocol import StoreError, StoreUnavailable
from crawler.storage.sqlite.errors import as_store_error, require_the_file
from crawler.storage.sqlite.schema import connect

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")

# Seconds to wait for the lock, and then for a foreign connection's, when opening: a store that is
# down is told within 5 seconds.
_OPEN_LOCK_TIMEOUT = 3.0
_OPEN_TIMEOUT = 1.5
_BUSY_TIMEOUT = 30.0  # seconds
_MAX_JOBS = 200  # in one transaction
# Seconds from which on no further job is begun in a transaction: others wait for the lock.
_MAX_TRANSACTION = 0.1
# Seconds until the next transaction, longer than others pause between two tries for the lock.
_GIVE_WAY = 0.005

_URGENT, _NORMAL, _CLOSING = range(3)  # ranks of jobs


@dataclass(slots=True, order=True)
class _Job:
    """A function to run; jobs are ordered by rank, then by arrival."""

    rank: int
    number: int
    run: Callable[[sqlite3.Connection], object] = field(compare=False)
    writes: bool = field(compare=False)
    answer: Future[object] = field(compare=False, default_factory=Future)
    result: object = field(compare=False, default=None)
    failure: Exception | None = field(compare=False, default=None)

    def begin(self) -> bool:
        """Return False if the caller has been cancelled meanwhile."""
        return self.answer.set_running_or_notify_cancel()


class Worker:
    """Runs functions of a connection on a thread of its own.

    Raises StoreError and StoreUnavailable for the errors of SQLite and of the disk.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = path.with_name(path.name + "-lock")
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._opened: Future[None] = Future()
        self._closed = False
        self._ended: Future[None] = Future()
        for awaited in (self._opened, self._ended):
            awaited.set_running_or_notify_cancel()  # who waits for it may give up
        self._thread = threading.Thread(target=self._work, name=f"store {path.name}", daemon=True)

    @property
    def path(self) -> Path:
        """The path of the store's file."""
        return self._path

    async def open(self) -> None:
        """Start the thread and wait until the store is open."""
        self._thread.start()
        try:
            await asyncio.wrap_future(self._opened)
        except asyncio.CancelledError:
            self._begin_to_close()  # nobody else will
            raise

    async def read(
        self,
        function: Callable[Concatenate[sqlite3.Connection, _Parameters], _Result],
        *args: _Parameters.args,
        **kwargs: _Parameters.kwargs,
    ) -> _Result:
        """Return what `function`, which only reads, returns for the connection and `args`."""
        return await self._submit(
            lambda connection: function(connection, *args, **kwargs), writes=False
        )

    async def write(
        self,
        function: Callable[Concatenate[sqlite3.Connection, _Parameters], _Result],
        *args: _Parameters.args,
        **kwargs: _Parameters.kwargs,
    ) -> _Result:
        """Return what `function` returns, once all that it wrote is committed and on the disk."""
        return await self._submit(
            lambda connection: function(connection, *args, **kwargs), writes=True
        )

    async def write_first(
        self,
        function: Callable[Concatenate[sqlite3.Connection, _Parameters], _Result],
        *args: _Parameters.args,
        **kwargs: _Parameters.kwargs,
    ) -> _Result:
        """Write as `write` does, before all that waits: for short writes that unblock others."""
        return await self._submit(
            lambda connection: function(connection, *args, **kwargs), writes=True, rank=_URGENT
        )

    async def maintain(
        self,
        function: Callable[Concatenate[sqlite3.Connection, _Parameters], _Result],
        *args: _Parameters.args,
        **kwargs: _Parameters.kwargs,
    ) -> _Result:
        """Return what `function` returns, which runs outside of transactions while no other process
        of ours writes."""

        def run(connection: sqlite3.Connection) -> _Result:
            with file_lock(self._lock, _BUSY_TIMEOUT):
                require_the_file(self._path, self._inode)
                return function(connection, *args, **kwargs)

        return await self._submit(run, writes=False)

    async def close(self) -> None:
        """Finish the jobs that wait and close the connection."""
        self._begin_to_close()
        # Not `join` in a thread of asyncio's: the interpreter's own end would wait for that thread.
        await asyncio.wrap_future(self._ended)

    def _begin_to_close(self) -> None:
        if not self._closed:
            self._closed = True
            self._jobs.put(_Job(_CLOSING, next(self._numbers), lambda _: None, writes=False))

    async def _submit(
        self, run: Callable[[sqlite3.Connection], _Result], *, writes: bool, rank: int = _NORMAL
    ) -> _Result:
        if self._closed:
            raise StoreError(f"{self._path}: the store is closed")
        job = _Job(rank, next(self._numbers), run, writes)
        self._jobs.put(job)
        return cast(_Result, await asyncio.wrap_future(job.answer))

    # On the thread

    def _work(self) -> None:
        try:
            with file_lock(self._lock, _OPEN_LOCK_TIMEOUT):
                connection = connect(self._path, _OPEN_TIMEOUT)
            connection.execute(f"PRAGMA busy_timeout = {int(_BUSY_TIMEOUT * 1000)}")
            self._inode = self._path.stat().st_ino
        except Exception as error:
            self._opened.set_exception(as_store_error(self._path, error))
            return
        self._opened.set_result(None)
        while jobs := self._waiting():
            if writing := [job for job in jobs if job.writes]:
                self._commit(connection, writing)
            for job in jobs:
                if not job.writes and job.begin():
                    _run(job, connection)
                    self._answer(job)
        try:
            # The last close checkpoints the log and removes it.
            with file_lock(self._lock, _BUSY_TIMEOUT):
                connection.close()
        except StoreUnavailable:
            connection.close()
        finally:
            self._ended.set_result(None)

    def _waiting(self) -> list[_Job]:
        """Wait for jobs and return them; an empty list when all are done and the store closes."""
        jobs = [self._jobs.get()]
        with suppress(queue.Empty):
            while len(jobs) < _MAX_JOBS and jobs[-1].rank != _CLOSING:
                jobs.append(self._jobs.get_nowait())
        if jobs[-1].rank == _CLOSING and len(jobs) > 1:
            self._jobs.put(jobs.pop())
        return [job for job in jobs if job.rank != _CLOSING]

    def _commit(self, connection: sqlite3.Connection, jobs: list[_Job]) -> None:
        """Commit as many of `jobs` as fit into one transaction; the others go back to the queue,
        among those that came meanwhile."""
        begun: list[_Job] = []
        waiting = deque(jobs)
        try:
            with file_lock(self._lock, _BUSY_TIMEOUT):
                require_the_file(self._path, self._inode)
                with _transaction(connection):
                    deadline = time.monotonic() + _MAX_TRANSACTION
                    while waiting and time.monotonic() <= deadline:
                        job = waiting.popleft()
                        if job.begin():
                            begun.append(job)
                            _run_in_savepoint(job, connection)
        except Exception as error:
            begun += [job for job in waiting if job.begin()]
            waiting.clear()
            for job in begun:
                job.failure = error
        for job in begun:
            self._answer(job)
        if waiting:
            for job in waiting:
                self._jobs.put(job)
            time.sleep(_GIVE_WAY)

    def _answer(self, job: _Job) -> None:
        if job.failure is None:
            job.answer.set_result(job.result)
        else:
            job.answer.set_exception(as_store_error(self._path, job.failure))


class Reads(Protocol):
    """What runs functions that only read: a worker, or a pool of connections that cannot write."""

    @property
    def path(self) -> Path:
        """The path of the store's file."""
        ...

    async def read(
        self,
        function: Callable[Concatenate[sqlite3.Connection, _Parameters], _Result],
        *args: _Parameters.args,
        **kwargs: _Parameters.kwargs,
    ) -> _Result:
        """Return what `function` returns for a connection and `args`."""
        ...


class ReaderPart:
    """One concern of a store, as it is read."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads


class StorePart(ReaderPart):
    """One concern of a store, over the worker that all of them share."""

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker)
        self._worker = worker


def _run(job: _Job, connection: sqlite3.Connection) -> None:
    try:
        job.result = job.run(connection)
    except Exception as error:
        job.failure = error


def _run_in_savepoint(job: _Job, connection: sqlite3.Connection) -> None:
    """Run one job of a transaction; if it fails, it alone is undone."""
    connection.execute("SAVEPOINT job")
    _run(job, connection)
    if job.failure is not None:
        # SQLite has undone the whole transaction, as when the disk is full.
        if not connection.in_transaction:
            raise job.failure
        connection.execute("ROLLBACK TO job")
    connection.execute("RELEASE job")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise

"""Connections that only read, each on a thread of its own, and each call within a time.

The file is opened with `mode=ro`: whatever is run, SQLite refuses to write to it. A slow query is
ended at its deadline, and earlier if a call that waits would else not be answered in time: many
slow ones do not stop the others.
"""

import asyncio
import os
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar, cast

from crawler.storage.protocol import StoreError, StoreTooSlow, StoreUnavailable
from crawler.storage.schemas import no_store
from crawler.storage.sqlite.errors import as_store_error, require_folder, require_the_file

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")

# Steps of SQLite's virtual machine between two looks at the clock: some milliseconds at most. Each
# look takes Python's lock, which on a busy program is waited for as long as the steps take.
_STEPS = 10_000
# The part of `seconds` that a call may run, and another wait, before the one gives way.
_FAIR_SHARE = 0.25

_INTERRUPTED = "SQLITE_INTERRUPT"
# Where the files of the write-ahead log are missing, and may not be made.
_REFUSED = ("SQLITE_CANTOPEN", "SQLITE_READONLY")


@dataclass(slots=True, eq=False)
class _Job:
    """A function to run. submitted, started: by time.monotonic. gave_way: it was ended for others.
    is_abandoned: nobody waits for the answer."""

    run: Callable[[sqlite3.Connection], object]
    submitted: float = field(default_factory=time.monotonic)
    started: float = 0.0
    gave_way: bool = False
    is_abandoned: bool = False
    answer: Future[object] = field(default_factory=Future)


class ReadPool:
    """Runs functions that only read, several at once.

    seconds: that a call may take, its wait for a connection included. connections: how many calls
    run at once. Raises StoreTooSlow, and StoreError and StoreUnavailable for the errors of SQLite
    and of the disk.
    """

    def __init__(self, path: Path, *, seconds: float, connections: int) -> None:
        self._path = path
        self._seconds = seconds
        self._fair_share = seconds * _FAIR_SHARE
        self._waiting: deque[_Job] = deque()
        self._given_way = 0  # calls that were ended for a waiting one which has not begun yet
        self._closed = False
        self._changed = threading.Condition()  # guards the three above
        self._threads: list[Future[None]] = []
        for number in range(connections):
            ended: Future[None] = Future()
            ended.set_running_or_notify_cancel()  # who waits for it may give up
            self._threads.append(ended)
            name = f"reader {number} of {path.name}"
            threading.Thread(target=self._work, args=(ended,), name=name, daemon=True).start()

    @property
    def path(self) -> Path:
        """The path of the store's file."""
        return self._path

    async def read(
        self,
        function: Callable[Concatenate[sqlite3.Connection, _Parameters], _Result],
        *args: _Parameters.args,
        **kwargs: _Parameters.kwargs,
    ) -> _Result:
        """Return what `function` returns for a connection and `args`. Raises StoreTooSlow."""
        job = _Job(lambda connection: function(connection, *args, **kwargs))
        with self._changed:
            self._require_open()
            self._waiting.append(job)
            self._changed.notify()
        try:
            # The thread may be busy outside of SQLite, where nothing looks at the clock.
            async with asyncio.timeout(self._seconds):
                return cast(_Result, await asyncio.wrap_future(job.answer))
        except TimeoutError:
            raise StoreTooSlow(f"{self._path}: no answer within {self._seconds:g} s") from None
        finally:
            job.is_abandoned = True
            with self._changed:
                if job in self._waiting:
                    self._waiting.remove(job)

    async def close(self) -> None:
        """End what runs and what waits, and close the connections."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        # Not `join` in a thread of asyncio's: the interpreter's own end would wait for that thread.
        await asyncio.gather(*map(asyncio.wrap_future, self._threads))

    def _require_open(self) -> None:
        if self._closed:
            raise StoreError(f"{self._path}: the store is closed")

    # On the threads

    def _work(self, ended: Future[None]) -> None:
        connection: sqlite3.Connection | None = None
        inode = 0
        while job := self._next():
            try:
                if connection is None:
                    connection, inode = self._connect()
                try:
                    require_the_file(self._path, inode)
                except StoreUnavailable:
                    # The next call reads what stands in its place then.
                    connection.close()
                    connection = None
                    raise
                result = self._run(job, connection)
            except Exception as error:
                job.answer.set_exception(self._as_store_error(job, error))
            else:
                job.answer.set_result(result)
        if connection is not None:
            connection.close()
        ended.set_result(None)

    def _next(self) -> _Job | None:
        """Wait for the next job whose caller still waits; None when the pool closes."""
        with self._changed:
            while True:
                while not self._waiting:
                    if self._closed:
                        return None
                    self._changed.wait()
                job = self._waiting.popleft()
                self._given_way = max(0, self._given_way - 1)
                if not job.answer.set_running_or_notify_cancel():
                    continue
                if self._closed:
                    job.answer.set_exception(StoreError(f"{self._path}: the store is closed"))
                    continue
                job.started = time.monotonic()
                return job

    def _connect(self) -> tuple[sqlite3.Connection, int]:
        """Return a connection that cannot write, and the number of the file that it reads."""
        require_folder(self._path)
        try:
            inode = self._path.stat().st_ino
        except FileNotFoundError:
            raise no_store(self._path) from None
        uri = f"{self._path.absolute().as_uri()}?mode=ro"
        connection = sqlite3.connect(uri, uri=True, timeout=self._seconds, isolation_level=None)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            connection.close()
            raise self._as_refusal(error) from error
        except BaseException:
            connection.close()
            raise
        return connection, inode

    def _as_refusal(self, error: sqlite3.OperationalError) -> Exception:
        """Return what is to be said of a file that cannot be opened to be read."""
        if not error.sqlite_errorname.startswith(_REFUSED) or not os.access(self._path, os.R_OK):
            return as_store_error(self._path, error)
        return StoreUnavailable(
            f"{self._path}: while nothing writes to it, it cannot be read by who may not write to"
            " its folder"
        )

    def _run(self, job: _Job, connection: sqlite3.Connection) -> object:
        connection.set_progress_handler(lambda: self._has_to_end(job), _STEPS)
        try:
            return job.run(connection)
        finally:
            connection.set_progress_handler(None, 0)

    def _has_to_end(self, job: _Job) -> bool:
        """Return True if a running job is to be ended: SQLite asks every so many steps."""
        now = time.monotonic()
        if self._closed or job.is_abandoned or now > job.submitted + self._seconds:
            return True
        if now < job.started + self._fair_share:
            return False
        with self._changed:
            # Those who wait stand in order: for each that has to be let in, one gives way.
            if len(self._waiting) <= self._given_way:
                return False
            longest = self._waiting[self._given_way]
            if now < longest.submitted + self._fair_share:
                return False
            self._given_way += 1
            job.gave_way = True
            return True

    def _as_store_error(self, job: _Job, error: Exception) -> Exception:
        if getattr(error, "sqlite_errorname", "") != _INTERRUPTED:
            return as_store_error(self._path, error)
        if self._closed:
            return StoreError(f"{self._path}: the store is closed")
        if job.gave_way:
            share = f"{self._fair_share:g} s"
            return StoreTooSlow(f"{self._path}: no answer within {share}, while others wait")
        return StoreTooSlow(f"{self._path}: no answer within {self._seconds:g} s")

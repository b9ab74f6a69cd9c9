"""Locks on files, between processes and between the handles of one process."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from crawler.storage.protocol import StoreUnavailable

_PAUSE = 0.002  # seconds between two tries


@contextmanager
def file_lock(path: Path, timeout: float) -> Iterator[None]:
    """Hold an exclusive lock on the file at `path`, which is made where it is missing.

    The kernel frees the lock if this process dies. Raises StoreUnavailable when the lock is not had
    within `timeout` seconds, since its holder may be a stopped process.
    """
    # flock rather than lockf: a POSIX record lock does not exclude two handles of one process, and
    # is lost as soon as either is closed.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        deadline = time.monotonic() + timeout
        while not _locked(descriptor):
            if time.monotonic() > deadline:
                raise StoreUnavailable(
                    f"{path}: another process has held this lock for {timeout:g} s"
                )
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)


def try_lock(file: IO[bytes]) -> bool:
    """Take the lock on an open file, until it is closed. Return False if somebody else has it."""
    return _locked(file.fileno())


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

"""Where an export goes: a file that is whole or not there at all, or a stream."""

import hashlib
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from crawler.storage.locks import try_lock

STDOUT = "-"


class ExportError(Exception):
    """An export that cannot be made; the message is one line."""


class UnwritableError(ExportError):
    """The destination cannot be written to at all; nothing was read or written."""


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """Open `path` for writing; "-" is stdout.

    A file gets its name when the block ends: what is written stands beside it under another name,
    which is removed if the block raises. A file of that name from before is replaced whole. What a
    process that was killed has left of the same file is removed. Devices and pipes are written to
    as they are.

    Raises UnwritableError if the path cannot be written to, ExportError if it cannot be any longer.
    """
    if path == STDOUT:
        try:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        except BrokenPipeError:  # the reader has seen enough
            raise
        except OSError as error:
            raise ExportError(f"stdout: {reason(error)}") from error
        return
    try:
        target = Path(os.path.realpath(path))  # a link goes on leading to the file
        mode = target.stat().st_mode if target.exists() else None
        if mode is not None and stat.S_ISDIR(mode):
            raise UnwritableError(f"{path}: is a directory")
        require_folder(path)
        in_place = mode is not None and not stat.S_ISREG(mode)
        part, file = _open_in_place(target) if in_place else _open_part(target)
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the path
        raise UnwritableError(f"{path}: {reason(error)}") from None
    try:
        with file:
            yield file
            file.flush()
            if not in_place:
                _finish(file, part, target, mode)
    except OSError as error:
        raise ExportError(f"{path}: {reason(error)}; nothing was kept") from error
    finally:
        if not in_place:
            with suppress(OSError):  # it has its name by now
                part.unlink()


def require_folder(path: str) -> None:
    """Raise UnwritableError if the folder that the file `path` would stand in is missing."""
    folder = os.path.dirname(os.path.realpath(path))
    if not os.path.isdir(folder):
        raise UnwritableError(f"{path}: there is no folder {folder}")


def reason(error: OSError | ValueError) -> str:
    """Return why a file cannot be written, in words."""
    strerror = error.strerror if isinstance(error, OSError) else None
    return (strerror or str(error)).lower()


def _open_in_place(target: Path) -> tuple[Path, BinaryIO]:
    return target, open(target, "wb")


def _open_part(target: Path) -> tuple[Path, BinaryIO]:
    """Make the file that is written in place of `target`, and hold its lock, by which others see
    that its process lives; return its path, and the file."""
    of_target = f".khabar-{hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]}"
    for stale in target.parent.glob(f"{of_target}-*.part"):
        _remove_stale(stale)
    while True:
        part = target.with_name(f"{of_target}-{token_hex(8)}.part")
        file = open(part, "xb")  # noqa: SIM115 (closed by whoever writes it)
        # Another export may have taken it for a stale one before it was locked.
        if try_lock(file) and part.exists():
            return part, file
        file.close()


def _remove_stale(part: Path) -> None:
    """Remove what a process that is dead has left of an export, with the folder that the XLSX
    format keeps rows in."""
    with suppress(OSError), part.open("rb") as file:
        if try_lock(file):
            for folder in part.parent.glob(f"{part.name}-*"):
                shutil.rmtree(folder, ignore_errors=True)
            part.unlink()


def _finish(file: BinaryIO, part: Path, target: Path, mode: int | None) -> None:
    """Give the whole file its name, once it is on the disk, and the permissions of the file that it
    replaces."""
    if mode is not None:
        os.fchmod(file.fileno(), stat.S_IMODE(mode))
    os.fsync(file.fileno())
    part.replace(target)

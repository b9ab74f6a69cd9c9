"""Where an export goes: a file that is whole or not there at all, or a stream."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

STDOUT = "-"


class ExportError(Exception):
    """An export that cannot be made; the message is one line."""


class UnwritableError(ExportError):
    """The destination cannot be written to at all; nothing was read or written."""


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """Open `path` for writing; "-" is stdout.

    A file gets its name when the block ends: what is written stands beside it under another name,
    which is removed if the block raises. A file of that name from before is replaced whole. Devices
    and pipes are written to as they are.

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
        in_place = mode is not None and not stat.S_ISREG(mode)
        part = target if in_place else target.with_name(f".khabar-{token_hex(8)}.part")
        file = open(part, "wb" if in_place else "xb")  # noqa: SIM115 (closed below)
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


def reason(error: OSError | ValueError) -> str:
    """Return why a file cannot be written, in words."""
    strerror = error.strerror if isinstance(error, OSError) else None
    return (strerror or str(error)).lower()


def _finish(file: BinaryIO, part: Path, target: Path, mode: int | None) -> None:
    """Give the whole file its name, once it is on the disk, and the permissions of the file that it
    replaces."""
    if mode is not None:
        os.fchmod(file.fileno(), stat.S_IMODE(mode))
    os.fsync(file.fileno())
    part.replace(target)

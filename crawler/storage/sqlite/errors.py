"""What goes wrong with the file of a store, in the terms of `crawler.storage`."""

import os
import sqlite3
from pathlib import Path

from crawler.storage.protocol import StoreError, StoreUnavailable

# https://www.sqlite.org/rescode.html: what may pass, unlike a damaged file or an error of ours
_TRANSIENT = ("BUSY", "LOCKED", "IOERR", "FULL", "CANTOPEN", "READONLY", "PERM", "NOLFS")


def as_store_error(path: Path, error: Exception) -> Exception:
    """Return the StoreError for an error of SQLite or of the disk, any other as it is. path: of the
    store's file."""
    if isinstance(error, sqlite3.Error):
        name: str = getattr(error, "sqlite_errorname", "")  # SQLite's own errors have one
        transient = name.removeprefix("SQLITE_").startswith(_TRANSIENT)
        kind = StoreUnavailable if transient else StoreError
        return kind(f"{path}: {error}")
    if isinstance(error, OSError):
        return StoreUnavailable(f"{path}: {error.strerror}")
    return error


def require_folder(path: Path) -> None:
    """Raise StoreError if the folder of the store's file is missing."""
    if not path.parent.is_dir():
        raise StoreError(f"{path}: there is no folder {path.parent}")


def require_the_file(path: Path, inode: int) -> None:
    """Raise StoreUnavailable if the file that was opened at `path` was moved or deleted: SQLite
    would go on with it, and what it writes would be lost."""
    try:
        same = os.stat(path).st_ino == inode
    except FileNotFoundError:
        same = False
    if not same:
        raise StoreUnavailable(f"{path}: the file was moved or deleted while the store was open")

"""The spool: a file of JSON lines in which articles wait while the store is away. The next run
stores them first.

No article in it is lost, and no two runs store the same article at once:

- A line is on the disk before `append` returns. A line that a crash cut short is closed by the next
  `append`; when the spool is stored it is set aside as it stands, and counted.
- To store a spool, a run renames it (from then on others append to a new one) and holds a lock on
  the renamed file, which it removes when the store has acknowledged every article. If the run dies,
  the lock is free and the next run takes the file over; articles that were stored already are
  "unchanged" then.

With khabar-spool.jsonl for the spool, a file being stored is khabar-spool.taken-<time>.jsonl, and
lines that could not be stored stand in khabar-spool.broken.jsonl.
"""

import json
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from glob import escape
from itertools import islice
from pathlib import Path
from typing import IO

from crawler.items import Article
from crawler.outlet import Outlet
from crawler.storage.codec import article_from_document, article_to_document, dumps
from crawler.storage.locks import file_lock, try_lock
from crawler.storage.protocol import StoreError, StoreUnavailable, StoryStore
from crawler.stories.addresses import as_declared

_LOCK_TIMEOUT = 30.0  # seconds; held only for one line, or for a rename
_BATCH = 100  # lines


@dataclass(frozen=True, slots=True)
class Unspooled:
    """The result of storing a spool.

    stored: number of articles stored. broken: number of lines set aside, because a crash cut them
    short or the store rejected them.
    """

    stored: int = 0
    broken: int = 0


@dataclass(frozen=True, slots=True)
class Removed:
    """The result of removing articles from a spool.

    lines: number of lines removed. busy: number of files that a run is storing now, which were left
    alone.
    """

    lines: int = 0
    busy: int = 0


def no_outlet(name: str) -> Outlet | None:
    """Return None: no outlet is declared."""
    return None


class Spool:
    """The spool at `path`, which any number of processes may use at once. Its methods raise
    StoreUnavailable when the disk fails or is full."""

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._lock = self._path.with_name(self._path.name + ".lock")
        self.broken_path = self._path.with_name(f"{self._path.stem}.broken{self._path.suffix}")

    def prepare(self) -> None:
        """Make the folder of the spool. Raises StoreError if the spool could not be written."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"the spool {self._path} cannot be written: {error.strerror}"
            ) from None
        if not os.access(self._path.parent, os.W_OK):
            raise StoreError(f"the spool {self._path} cannot be written: its folder may not be")

    def append(self, article: Article) -> None:
        """Add `article`, which is durable when this returns. Raises StoreError for an article that
        cannot be written as JSON; what could not be written whole is taken back."""
        try:
            line = dumps(article_to_document(article))
        except (AttributeError, TypeError, ValueError) as error:
            raise StoreError(f"{article.url!r} cannot be spooled: {error}") from error
        with self._translate_errors(), self._locked():
            _append_lines(self._path, [line.encode()])

    async def store_into(
        self, store: StoryStore, declared: Callable[[str], Outlet | None] = no_outlet
    ) -> Unspooled:
        """Store all articles that wait, also those in files that a dead run had taken, at the
        addresses that their outlets declare today. declared: the outlet of a name.

        Raises StoreUnavailable when the store goes away meanwhile; the articles then wait for the
        next call.
        """
        stored = broken = 0
        with self._translate_errors(), self._take() as files:
            for path, file in files:
                unspooled = await self._store_file(file, store, declared)
                stored += unspooled.stored
                broken += unspooled.broken
                with self._locked():
                    path.unlink()
        return Unspooled(stored, broken)

    def remove(self, is_removed: Callable[[Article], bool], names: Collection[str]) -> Removed:
        """Remove the articles that wait, or were set aside, and of which `is_removed` is true.

        names: what a line that is no article must not hold, as an address or an id.
        """
        marks = [name.encode() for name in names]
        lines = busy = 0
        with self._translate_errors():
            paths = [path for path in (self._path, self.broken_path) if path.exists()]
            if not paths and not self._taken():
                return Removed()
            with self._locked():
                for path in (*paths, *self._taken()):
                    with path.open("rb") as file:
                        if path not in paths and not try_lock(file):
                            busy += 1
                            continue
                        all_lines = file.readlines()
                        kept = [
                            line for line in all_lines if not _is_removed(line, is_removed, marks)
                        ]
                        if len(kept) < len(all_lines):
                            lines += len(all_lines) - len(kept)
                            _replace_lines(path, kept)
        return Removed(lines, busy)

    @contextmanager
    def _take(self) -> Iterator[Sequence[tuple[Path, IO[bytes]]]]:
        """Hold the lock on the files to store, until the end of the block; oldest first."""
        if not self._path.exists() and not self._taken():
            yield ()
            return
        with ExitStack() as held:
            ours = []
            with self._locked():
                if self._path.exists():
                    taken = f"{self._path.stem}.taken-{time.time_ns():020}{self._path.suffix}"
                    self._path.rename(self._path.with_name(taken))
                    _sync_folder(self._path.parent)
                for path in self._taken():
                    file = held.enter_context(path.open("rb"))
                    if try_lock(file):
                        ours.append((path, file))
            yield ours

    def _taken(self) -> list[Path]:
        """Return the renamed files, of runs that store them or died meanwhile; oldest first."""
        folder = self._path.parent
        pattern = f"{escape(self._path.stem)}.taken-*{escape(self._path.suffix)}"
        return sorted(folder.glob(pattern)) if folder.exists() else []

    async def _store_file(
        self, file: IO[bytes], store: StoryStore, declared: Callable[[str], Outlet | None]
    ) -> Unspooled:
        stored = 0
        broken: list[bytes] = []
        lines = (line for line in file if line.strip())
        while batch := list(islice(lines, _BATCH)):
            articles = []
            for line in batch:
                article = _article_in(line)
                if article is None:
                    broken.append(line)
                else:
                    outlet = declared(article.outlet) if article.outlet else None
                    articles.append((line, as_declared(article, outlet) if outlet else article))
            refused = await _save(articles, store)
            broken += refused
            stored += len(articles) - len(refused)
        if broken:
            with self._locked():
                _append_lines(self.broken_path, broken)
        return Unspooled(stored, len(broken))

    @contextmanager
    def _translate_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StoreUnavailable(
                f"the spool {self._path} cannot be written: {error.strerror}"
            ) from error

    def _locked(self) -> AbstractContextManager[None]:
        return file_lock(self._lock, _LOCK_TIMEOUT)


async def _save(articles: Sequence[tuple[bytes, Article]], store: StoryStore) -> list[bytes]:
    """Save `articles`, given with their lines; return the lines of those that the store rejects."""
    try:
        await store.save_many(article for _, article in articles)
    except StoreUnavailable:
        raise
    except Exception:  # also one of ours, over a line that nobody foresaw
        if len(articles) == 1:
            return [articles[0][0]]
        return [line for article in articles for line in await _save([article], store)]
    return []


def _article_in(line: bytes) -> Article | None:
    """Return the article in a line, None for a line that a crash cut short or that nobody knows."""
    try:
        return article_from_document(json.loads(line))
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return None


def _is_removed(
    line: bytes, is_removed: Callable[[Article], bool], marks: Collection[bytes]
) -> bool:
    article = _article_in(line)
    return any(mark in line for mark in marks) if article is None else is_removed(article)


def _replace_lines(path: Path, lines: Collection[bytes]) -> None:
    """Let the file at `path` hold `lines` alone, at once; a file without lines is removed."""
    if not lines:
        path.unlink()
        _sync_folder(path.parent)
        return
    written = path.with_name(f"{path.name}.new")
    with written.open("wb") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    written.replace(path)
    _sync_folder(path.parent)


def _append_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Add whole lines to the file at `path`, durably, or none at all. A line that a crash cut short
    is closed."""
    is_new = not path.exists()
    data = b"".join(line.rstrip(b"\n") + b"\n" for line in lines)
    with path.open("a+b", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        if size and os.pread(file.fileno(), 1, size - 1) != b"\n":
            data = b"\n" + data
        try:
            while data:
                data = data[file.write(data) :]
            os.fsync(file.fileno())
        except OSError:
            file.truncate(size)
            raise
    if is_new:
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the names of new files in `folder` durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

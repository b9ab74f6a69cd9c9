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
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from glob import escape
from itertools import islice
from pathlib import Path
from typing import IO

from crawler.items import Article
from crawler.storage.codec import article_from_document, article_to_document, dumps
from crawler.storage.locks import file_lock, try_lock
from crawler.storage.protocol import StoreError, StoreUnavailable, StoryStore

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

    async def store_into(self, store: StoryStore) -> Unspooled:
        """Store all articles that wait, also those in files that a dead run had taken.

        Raises StoreUnavailable when the store goes away meanwhile; the articles then wait for the
        next call.
        """
        stored = broken = 0
        with self._translate_errors(), self._take() as files:
            for path, file in files:
                unspooled = await self._store_file(file, store)
                stored += unspooled.stored
                broken += unspooled.broken
                with self._locked():
                    path.unlink()
        return Unspooled(stored, broken)

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

    async def _store_file(self, file: IO[bytes], store: StoryStore) -> Unspooled:
        stored = 0
        broken: list[bytes] = []
        lines = (line for line in file if line.strip())
        while batch := list(islice(lines, _BATCH)):
            articles = []
            for line in batch:
                try:
                    articles.append((line, article_from_document(json.loads(line))))
                except (AttributeError, LookupError, RecursionError, TypeError, ValueError):
                    broken.append(line)
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

"""Where articles wait while the store is away: a file of JSON lines that the next run stores first.

Nothing in it is lost, and no two runs store it twice at once:

- A line is on the disk before `append` returns. A line that a crash cut short is closed by the next
  `append`, set aside with the bytes it has when the spool is stored, and counted.
- To store a spool, a run renames it (from then on others append to a new one) and holds a lock on
  the renamed file, which it removes when the store has acknowledged all of it. If the run dies, the
  lock is free and the next run takes the file over; what had been stored already is "unchanged"
  then.

With khabar-spool.jsonl for the spool, a file being stored is khabar-spool.taken-<time>.jsonl, and
what could not be stored stands in khabar-spool.broken.jsonl.
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
from crawler.storage.protocol import Store, StoreError, StoreUnavailable

_LOCK_TIMEOUT = 30.0  # seconds; held only for one line, or for a rename
_BATCH = 100


@dataclass(frozen=True, slots=True)
class Unspooled:
    """How many waiting articles were stored, and how many lines were set aside as `broken`: cut
    short by a crash, or refused by the store."""

    stored: int = 0
    broken: int = 0


class Spool:
    """The spool at `path`. Any number of processes may use it at once. Raises OSError when the disk
    fails."""

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._lock = self._path.with_name(self._path.name + ".lock")
        self.broken_path = self._path.with_name(f"{self._path.stem}.broken{self._path.suffix}")

    def prepare(self) -> None:
        """See that the spool can be written should it be needed. Raises StoreError."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"the spool {self._path} cannot be written: {error.strerror}"
            ) from None
        if not os.access(self._path.parent, os.W_OK):
            raise StoreError(f"the spool {self._path} cannot be written: its folder may not be")

    def append(self, article: Article) -> None:
        """Add `article`; when this returns it survives a power cut. Raises StoreError if it cannot
        be written."""
        try:
            line = dumps(article_to_document(article))
        except (AttributeError, TypeError, ValueError) as error:
            raise StoreError(f"{article.url!r} cannot be spooled: {error}") from error
        with self._locked():
            _append_lines(self._path, [line.encode()])

    async def store_into(self, store: Store) -> Unspooled:
        """Store all that waits, and what runs that died had taken.

        When the store is away in the middle StoreUnavailable is raised and everything waits for the
        next time.
        """
        stored = broken = 0
        with self._take() as files:
            for path, file in files:
                done = await self._store_file(file, store)
                stored, broken = stored + done.stored, broken + done.broken
                with self._locked():
                    path.unlink()
        return Unspooled(stored, broken)

    @contextmanager
    def _take(self) -> Iterator[Sequence[tuple[Path, IO[bytes]]]]:
        """The files that are ours to store for as long as the block lasts, oldest first."""
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
        """The files that somebody is storing, or was when it died, oldest first."""
        folder = self._path.parent
        pattern = f"{escape(self._path.stem)}.taken-*{escape(self._path.suffix)}"
        return sorted(folder.glob(pattern)) if folder.exists() else []

    async def _store_file(self, file: IO[bytes], store: Store) -> Unspooled:
        stored, broken = 0, []
        lines = (line for line in file if line.strip())
        while batch := list(islice(lines, _BATCH)):
            articles = []
            for line in batch:
                try:
                    articles.append((line, article_from_document(json.loads(line))))
                except (AttributeError, KeyError, TypeError, ValueError):
                    broken.append(line)
            refused = await _refused(store, articles)
            broken += refused
            stored += len(articles) - len(refused)
        if broken:
            with self._locked():
                _append_lines(self.broken_path, broken)
        return Unspooled(stored, len(broken))

    def _locked(self) -> AbstractContextManager[None]:
        return file_lock(self._lock, _LOCK_TIMEOUT)


async def _refused(store: Store, articles: Sequence[tuple[bytes, Article]]) -> list[bytes]:
    """Store `articles`; the lines of those that the store will never take."""
    try:
        await store.save_many(article for _, article in articles)
    except StoreUnavailable:
        raise
    except StoreError:
        if len(articles) == 1:
            return [articles[0][0]]
        return [line for one in articles for line in await _refused(store, [one])]
    return []


def _append_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Add whole lines to the file at `path`, durably, after closing one that a crash cut short."""
    new = not path.exists()
    with path.open("a+b") as file:
        size = file.seek(0, os.SEEK_END)
        cut = size and os.pread(file.fileno(), 1, size - 1) != b"\n"
        file.write(b"\n" * cut + b"".join(line.rstrip(b"\n") + b"\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())
    if new:
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make a new name in `folder` durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

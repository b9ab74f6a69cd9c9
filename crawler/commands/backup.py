"""`scrapy backup`: a copy of the store in one file, while crawls run."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from scrapy.exceptions import UsageError

from crawler.health.status import Status
from crawler.store_command import StoreCommand


class Command(StoreCommand):
    def syntax(self) -> str:
        return "[options] PATH"

    def short_desc(self) -> str:
        return "Write a copy of the store (SQLite) into one file, while crawls run"

    def long_desc(self) -> str:
        return (
            "Write all that the store holds into a new file; in a folder, under the name"
            " khabar-<time>.db. The file is checked, and stands under its name only when it is"
            " whole; its store is used like any other. Of MongoDB the command says which tool to"
            " use, with exit status 2."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("name the file, or a folder, to write to", print_help=False)
        path = Path(args[0])
        if path.is_dir():
            path /= f"khabar-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.db"
        self.execute(self.backup(path))

    async def backup(self, path: Path) -> Status:
        """Write the copy, and say how large it is."""
        async with self.open_store() as store:
            await store.backup(path)
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")  # noqa: ASYNC240 (one look)
        return Status.DONE

"""`scrapy export`: stories, articles or earlier texts for other programs."""

import argparse
import sys
from typing import BinaryIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from scrapy.exceptions import UsageError

from crawler.export.destination import STDOUT, ExportError, UnwritableError, opened
from crawler.export.formats import BINARY_FORMATS, WRITERS
from crawler.export.rows import TABLES
from crawler.export.write import write
from crawler.health.status import Status
from crawler.query_command import QueryCommand
from crawler.storage import Store


class Command(QueryCommand):
    def short_desc(self) -> str:
        return "Write stories, articles or earlier texts to a file: JSON lines, CSV, XLSX, ..."

    def long_desc(self) -> str:
        return (
            "Write the stories that match QUERY to a file, newest first, any number in the same"
            " memory. The file gets its name when it is whole. docs/export.md documents the"
            " columns."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--format", choices=tuple(WRITERS), required=True)
        parser.add_argument(
            "-o", "--output", metavar="PATH", default=STDOUT, help='"-" is stdout (the default)'
        )
        parser.add_argument(
            "--what", choices=tuple(TABLES), default="stories", help="default: stories"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if opts.output == STDOUT and opts.format in BINARY_FORMATS and sys.stdout.isatty():
            raise UsageError(f"{opts.format} is not for a terminal: give -o", print_help=False)
        filters = self.read_filters(args, opts)
        self.execute(self.export(filters, opts.what, opts.format, opts.output))

    async def export(
        self, filters: dict[str, object], what: str, format_name: str, path: str
    ) -> Status:
        """Write `what` the filters let through; return the exit status."""
        try:
            with opened(path) as file:
                async with self.open_for(filters) as store:
                    await _write(store, file, format_name, what, filters)
        except ExportError as error:
            print(f"scrapy export: {error}", file=sys.stderr)
            return Status.USAGE if isinstance(error, UnwritableError) else Status.ERROR
        return Status.DONE


async def _write(
    store: Store, file: BinaryIO, format_name: str, what: str, filters: dict[str, object]
) -> None:
    """Write all rows, with a bar on a terminal."""
    with Progress(
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=True,
    ) as progress:
        total = None if progress.disable else await _total(store, filters, what)
        task = progress.add_task(what, total=total)
        await write(
            store,
            file,
            format_name,
            what,
            filters,
            on_rows=lambda number: progress.advance(task, number),
        )


async def _total(store: Store, filters: dict[str, object], what: str) -> int | None:
    """Return how many rows there will be; None if only reading them tells."""
    if any(value is not None for name, value in filters.items() if name != "limit"):
        return None
    number = (await store.counts())[what]
    limit = filters["limit"]
    return min(number, limit) if isinstance(limit, int) else number

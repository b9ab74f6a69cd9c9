"""An export from the first row to the last."""

from collections.abc import Callable
from contextlib import aclosing
from typing import BinaryIO

from crawler.export.formats import WRITERS
from crawler.export.rows import TABLES
from crawler.storage import Store


async def write(
    store: Store,
    file: BinaryIO,
    format_name: str,
    what: str,
    filters: dict[str, object],
    *,
    on_rows: Callable[[int], object] = lambda number: None,
) -> None:
    """Write "stories", "articles" or "revisions" to `file`, newest first, any number in the same
    memory.

    format_name: a key of WRITERS. filters: the arguments of `Store.stories`. on_rows: called with
    the number of rows of each batch that is written. Raises StoreError; OSError when the file can
    take no more; UnwritableError where the format needs a library that is not installed.
    """
    table = TABLES[what]
    writer = WRITERS[format_name](file, what, table.columns)
    try:
        async with aclosing(table.read(store, filters)) as batches:
            async for rows in batches:
                writer.write(rows)
                on_rows(len(rows))
        writer.close()
    except BaseException:
        writer.discard()
        raise

"""Reading tables, CSV files among a package's data: rows of text, checked when loaded."""

import csv
from functools import lru_cache
from importlib.resources import files

from crawler.text import fold_words


class TableError(ValueError):
    """A data file that cannot be used; the message names the file, the line and what is wrong."""


def read_table(package: str, name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of the CSV file `name` in the folder of `package`, each by column.

    Raises TableError unless the header is exactly `columns` and each row has as many cells.
    """
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    rows = csv.reader(text.splitlines())
    header = tuple(next(rows, ()))
    if header != columns:
        raise TableError(f"{name}: the columns are {header}, not {columns}")
    table = []
    for line, cells in enumerate(rows, start=2):
        if len(cells) != len(columns):
            raise TableError(f"{name}, line {line}: {len(cells)} cells instead of {len(columns)}")
        table.append(dict(zip(columns, cells, strict=True)))
    return table


def spellings(cell: str) -> list[str]:
    """Return the names in one cell, which "|" separates."""
    return [name for name in cell.split("|") if name]


@lru_cache(maxsize=1 << 15)
def key(text: str) -> str:
    """Return the folded letters of `text`, which all spellings of one name share.

    Spaces and punctuation are left out: "أ. ف. ب" is "افب".
    """
    return fold_words(text).replace(" ", "")

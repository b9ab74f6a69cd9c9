"""Reading the package's data files: rows of text, checked as they are loaded."""

import csv
from functools import lru_cache
from importlib.resources import files

from crawler.text import fold_words


class TableError(ValueError):
    """A data file that cannot be used; the message names the file, the line and what is wrong."""


def read_table(name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of the CSV file `name` of this package, which must have exactly these `columns`.

    Raises TableError.
    """
    text = files("crawler.sources").joinpath(name).read_text(encoding="utf-8")
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
    """The names in one cell, which are separated by "|"."""
    return [name for name in cell.split("|") if name]


@lru_cache(maxsize=1 << 15)
def key(text: str) -> str:
    """What two spellings of one name share: folded letters without spaces or punctuation ("أ. ف. ب"
    is "افب")."""
    return fold_words(text).replace(" ", "")

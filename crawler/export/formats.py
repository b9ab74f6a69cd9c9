"""The formats of an export: each writes rows to a binary file, one batch at a time, and keeps none
of them."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, BinaryIO, Protocol

from crawler.export.atom import AtomWriter
from crawler.export.columns import Column, Row
from crawler.export.parquet import ParquetWriter
from crawler.export.text import TextWriter
from crawler.export.values import cell_text
from crawler.export.xlsx import XlsxWriter
from crawler.storage.codec import iso_instant

FORMULA_STARTS = ("=", "+", "-", "@")
"""First characters, white space apart, at which a spreadsheet takes a cell of a CSV file for a
formula."""


class Writer(Protocol):
    """Writes rows of one kind."""

    def write(self, rows: Sequence[Row]) -> None:
        """Write some rows. Raises OSError."""
        ...

    def close(self) -> None:
        """Write the end. Raises OSError."""
        ...

    def discard(self) -> None:
        """Let go of what is open, after an error."""
        ...


class JsonlWriter:
    """One JSON object a line, in UTF-8: every column, also those that are missing (null)."""

    def __init__(self, file: BinaryIO, what: str, columns: Sequence[Column]) -> None:
        self._file = file
        self._names = [column.name for column in columns]

    def write(self, rows: Sequence[Row]) -> None:
        for row in rows:
            values = {name: row[name] for name in self._names}
            line = json.dumps(values, ensure_ascii=False, default=_encode)
            self._file.write(line.encode() + b"\n")

    def close(self) -> None:
        pass

    def discard(self) -> None:
        pass


class CsvWriter:
    """CSV by RFC 4180, in UTF-8 with a byte order mark, by which Excel knows it.

    No columns of records. A cell that a spreadsheet would take for a formula begins with an
    apostrophe.
    """

    def __init__(self, file: BinaryIO, what: str, columns: Sequence[Column]) -> None:
        self._columns = [column for column in columns if column.kind != "records"]
        self._text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        self._csv = csv.writer(self._text)
        self._csv.writerow([column.name for column in self._columns])

    def write(self, rows: Sequence[Row]) -> None:
        self._csv.writerows(
            [_csv_cell(cell_text(row[column.name])) for column in self._columns] for row in rows
        )

    def close(self) -> None:
        self._text.detach()

    def discard(self) -> None:
        self._text.detach()


WRITERS: dict[str, Callable[[BinaryIO, str, Sequence[Column]], Writer]] = {
    "jsonl": JsonlWriter,
    "csv": CsvWriter,
    "xlsx": XlsxWriter,
    "parquet": ParquetWriter,
    "atom": AtomWriter,
    "text": TextWriter,
}
"""The writer of each format; called with a file, "stories", "articles" or "revisions", and the
columns. Raises ExportError where the format needs a library that is not installed."""

BINARY_FORMATS = frozenset({"xlsx", "parquet"})
"""Formats that no terminal can show."""


def _csv_cell(text: str) -> str:
    return f"'{text}" if text.lstrip().startswith(FORMULA_STARTS) else text


def _encode(value: Any) -> str:
    if isinstance(value, datetime):
        return iso_instant(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")

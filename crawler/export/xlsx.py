"""The XLSX format, written by XlsxWriter."""

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from crawler.export.columns import Column, Row
from crawler.export.optional import load
from crawler.export.values import SEPARATOR, cell_text

MAX_CELL = 32_767
"""Largest text of a cell, in UTF-16 code units, as Excel counts them."""

MAX_ROWS = 1_048_576
"""Rows of a sheet, the row of names included."""

CUT = "cut"
"""The last column: the names of the columns whose text was cut in this row."""

_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


class XlsxWriter:
    """A sheet with a row of names; further sheets where one is full. No columns of records.

    Texts and instants are cells of text, so that none is taken for a formula, an address or a
    number; numbers are numbers.
    """

    def __init__(self, file: BinaryIO, what: str, columns: Sequence[Column]) -> None:
        self._library = load("xlsxwriter", "xlsx")
        self._errors = load("xlsxwriter.exceptions", "xlsx")
        self._sheet_class = _sheet_class()
        self._what = what
        self._columns = [column for column in columns if column.kind != "records"]
        # Rows wait in files beside the export, not in memory. By the name of their folder it is
        # found when this process has been killed.
        folder = _folder_of(file)
        name = os.path.basename(file.name) if folder else ".khabar-xlsx"
        self._folder = TemporaryDirectory(prefix=f"{name}-", dir=folder)
        options = {"constant_memory": True, "tmpdir": self._folder.name}
        self._file = _FileThatFailsOnce(file)
        self._book = self._library.Workbook(self._file, options)
        self._bold = self._book.add_format({"bold": True})
        self._sheets = 0
        self._start_sheet()

    def write(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if self._row == MAX_ROWS:
                self._start_sheet()
            self._write_row(row)

    def close(self) -> None:
        try:
            self._book.close()
        except self._errors.FileCreateError as error:
            raise OSError(*error.args[0].args) from None
        self._folder.cleanup()

    def discard(self) -> None:
        self._file.has_failed = True
        for sheet in self._book.worksheets():
            with suppress(OSError):  # it writes what still waits
                sheet._opt_close()
        self._folder.cleanup()

    def _start_sheet(self) -> None:
        self._sheets += 1
        name = self._what if self._sheets == 1 else f"{self._what} {self._sheets}"
        self._sheet = self._book.add_worksheet(name, self._sheet_class)
        self._sheet.freeze_panes(1, 0)
        for number, column in enumerate(self._columns):
            self._sheet.write_string(0, number, column.name, self._bold)
        self._sheet.write_string(0, len(self._columns), CUT, self._bold)
        self._row = 1

    def _write_row(self, row: Row) -> None:
        cut: list[str] = []
        for number, column in enumerate(self._columns):
            value = row[column.name]
            if column.kind == "integer" and value is not None:
                self._sheet.write_number(self._row, number, value)
                continue
            text = _NO_XML.sub("\ufffd", cell_text(value))
            shortened = _shortened(text)
            if len(shortened) < len(text):
                cut.append(column.name)
            if shortened:
                self._sheet.write_string(self._row, number, shortened)
        if cut:
            self._sheet.write_string(self._row, len(self._columns), SEPARATOR.join(cut))
        self._row += 1


class _FileThatFailsOnce:
    """A file that raises the first error of writing and takes what follows without writing it.

    The library leaves its archive open after an error, and that writes its end when Python throws
    it away: on a full disk, or in a file that is closed by then.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._place = 0  # since the error; the archive computes lengths with it
        self.has_failed = False

    def write(self, data: bytes) -> int:
        if self.has_failed:
            self._place += len(data)
            return len(data)
        try:
            return self._file.write(data)
        except OSError:
            self.has_failed = True
            raise

    def tell(self) -> int:
        if not self.has_failed:
            self._place = self._file.tell()
        return self._place

    def seek(self, place: int) -> int:
        if not self.has_failed:
            return self._file.seek(place)
        self._place = place
        return place

    def flush(self) -> None:
        if not self.has_failed:
            self._file.flush()


def _folder_of(file: BinaryIO) -> str | None:
    """Return the folder of a file that has a name, None for a stream or a device."""
    if not os.path.isfile(file.name):
        return None
    return os.path.dirname(os.path.abspath(file.name))


def _shortened(text: str) -> str:
    """Return as much of `text` as a cell holds."""
    if len(text) <= MAX_CELL // 2:
        return text
    encoded = text.encode("utf-16-le")
    return encoded[: 2 * MAX_CELL].decode("utf-16-le", errors="ignore")


def _sheet_class() -> type:
    """Return the class of a sheet that writes every text as a text: the library's own writes one
    between <r> and </r> into the XML as it is."""
    base = load("xlsxwriter.worksheet", "xlsx").Worksheet
    return type("TextSheet", (base,), {"_xml_rich_inline_string": _write_as_text})


def _write_as_text(sheet: Any, text: str, attributes: Any = ()) -> None:
    sheet._xml_inline_string(text, True, attributes)

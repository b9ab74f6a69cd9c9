"""The Parquet format, written by pyarrow."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, BinaryIO

from crawler.export.columns import Column, Row
from crawler.export.optional import load

_GROUP_SIZE = 1000  # rows: read and written as one


class ParquetWriter:
    """Every column with its type: texts are lists of strings, records lists of structs, instants
    timestamps in milliseconds, UTC."""

    def __init__(self, file: BinaryIO, what: str, columns: Sequence[Column]) -> None:
        self._arrow = load("pyarrow", "parquet")
        parquet = load("pyarrow.parquet", "parquet")
        self._schema = self._arrow.schema(self._fields(columns))
        self._rows: list[Row] = []
        self._writer = parquet.ParquetWriter(file, self._schema, compression="zstd")

    def write(self, rows: Sequence[Row]) -> None:
        self._rows += rows
        if len(self._rows) >= _GROUP_SIZE:
            self._flush()

    def close(self) -> None:
        if self._rows:
            self._flush()
        self._writer.close()

    def discard(self) -> None:
        with suppress(OSError):  # it writes its end, to a file that nobody keeps
            self._writer.close()

    def _flush(self) -> None:
        self._writer.write_table(self._arrow.Table.from_pylist(self._rows, self._schema))
        self._rows = []

    def _fields(self, columns: Sequence[Column]) -> list[Any]:
        return [self._arrow.field(column.name, self._type(column)) for column in columns]

    def _type(self, column: Column) -> Any:
        match column.kind:
            case "text":
                return self._arrow.string()
            case "texts":
                return self._arrow.list_(self._arrow.string())
            case "instant":
                return self._arrow.timestamp("ms", tz="UTC")
            case "integer":
                return self._arrow.int64()
            case "records":
                return self._arrow.list_(self._arrow.struct(self._fields(column.fields)))

"""The text format: to be read by people, or by programs that want running text."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, BinaryIO

from crawler.export.columns import Column, Row
from crawler.export.values import cell_text, printed

_RULE = "-" * 40


class TextWriter:
    """Headline; when, where and by whom; addresses; the text; a rule. In UTF-8."""

    def __init__(self, file: BinaryIO, what: str, columns: Sequence[Column]) -> None:
        self._text = io.TextIOWrapper(file, encoding="utf-8", newline="\n", write_through=True)

    def write(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self._text.write(_entry(row))

    def close(self) -> None:
        self._text.detach()

    def discard(self) -> None:
        self._text.detach()


def _entry(row: Row) -> str:
    outlets = row.get("outlets") or [row["outlet"] or ""]
    facts = [_minute(row["published"]), *outlets, row["place"] or "", *row["source_names"]]
    lines = [
        row["headline"] or "",
        " · ".join(fact for fact in facts if fact),
        *(row.get("urls") or [row["url"]]),
    ]
    if "replaced_at" in row:
        lines.append(f"{cell_text(row['first_seen'])} - {cell_text(row['replaced_at'])}")
    return "\n".join([*lines, "", printed(row), "", _RULE, "", ""])


def _minute(instant: Any) -> str:
    return f"{instant:%Y-%m-%d %H:%M}Z" if isinstance(instant, datetime) else ""

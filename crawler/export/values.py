"""Values of columns as text."""

import re
from datetime import datetime
from typing import Any

from crawler.export.columns import Row
from crawler.storage.codec import iso_instant

SEPARATOR = "; "
"""Stands between the texts of one cell."""

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str | None) -> str:
    """Return `text` without characters that XML cannot hold; "" where it is missing."""
    return _NO_XML.sub("\ufffd", text or "")


def cell_text(value: Any) -> str:
    """Return the value of a column that is no column of records as the text of one cell; "" where
    it is missing."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return iso_instant(value)
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    return SEPARATOR.join(value)


def printed(row: Row) -> str:
    """Return the story of a row as it was printed: the dateline and the body."""
    return " ".join(part for part in (row["dateline"], row["body"]) if part)

"""The version by which a page is read: that of our code, and a hash of the declaration."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from crawler.outlet import Outlet

READER_VERSION = 2
"""Raise it by hand when a page is read otherwise than before (its fields, dates, links or sources):
then every page is read anew at the next visit, whether it has changed or not."""


def reader_version(outlet: Outlet) -> str:
    """Return a hash (16 hex digits) of READER_VERSION and of the values that `outlet` declares.

    A response that has not changed is read anew when the hash has. No name of a field counts and no
    default value, so that a renamed or a new field leaves the hash as it is; a field's position
    counts. Fields whose metadata say so (`reads_pages` False) do not count.
    """
    kinds = [type(kind).__name__ for kind in outlet.discovery]
    values = json.dumps([READER_VERSION, kinds, _values(outlet)], ensure_ascii=False)
    return hashlib.sha256(values.encode()).hexdigest()[:16]


def _values(declared: Any) -> Any:
    """Return a declared value in JSON's types; a dataclass as [position of field, value] pairs."""
    if is_dataclass(declared):
        return [
            [position, _values(getattr(declared, field.name))]
            for position, field in enumerate(fields(declared))
            if field.metadata.get("reads_pages", True)
            and getattr(declared, field.name) != field.metadata.get("default", field.default)
        ]
    if isinstance(declared, tuple):
        return [_values(value) for value in declared]
    return declared.isoformat() if isinstance(declared, date) else declared

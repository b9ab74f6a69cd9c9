"""Single values out of a page's markup: lines of text, addresses, lists without doubles."""

import html
import re
from collections.abc import Iterable
from typing import TypeVar
from urllib.parse import SplitResult, urljoin, urlsplit

from crawler.text.clean import clean_line

T = TypeVar("T")

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.I)
_MAX_ESCAPES = 2
"""Times that one text was seen to be escaped ("&amp;quot;")."""
_TAG = re.compile(r"<[^<>]{1,200}>")
# The Internet Archive puts its own address before every address of a page it kept.
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?:)", re.I)

_COUNTRY_CODE_CHARS, _MAX_REGISTRY_CHARS = 2, 3
"""Length of a country's label (pk), and of a registry's under it (com, co, org)."""


def plain_line(text: object) -> str | None:
    """Return `text` on one line, without markup and with entities undone, also those escaped
    twice. None for an empty text and for anything but a string."""
    if not isinstance(text, str):
        return None
    for _ in range(_MAX_ESCAPES):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return clean_line(text) or None


def absolute_url(value: object, base: str) -> str | None:
    """Return the address `value`, found on the page `base`, as an absolute http(s) address without
    an archive's prefix. None when `value` is no such address."""
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        joined = urljoin(_ARCHIVED.sub("", base), _ARCHIVED.sub("", value.strip()))
        url = _ARCHIVED.sub("", joined)
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def split_url(url: str) -> SplitResult:
    """Return `urlsplit(url)`; for a string that is no address, the parts of an empty one."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def site_of(url: str) -> str:
    """Return the last two labels of the host; three under a country's registry (com.pk, co.uk)."""
    labels = (split_url(url).hostname or "").split(".")
    has_registry = (
        len(labels) >= 3
        and len(labels[-1]) == _COUNTRY_CODE_CHARS
        and len(labels[-2]) <= _MAX_REGISTRY_CHARS
    )
    return ".".join(labels[-3:] if has_registry else labels[-2:])


def first(values: Iterable[T | None]) -> T | None:
    """Return the first value that is neither None nor empty; None without any. Later values are not
    computed."""
    return next(filter(None, values), None)


def distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    """Return the values that are neither None nor empty, in order, each once."""
    return tuple(dict.fromkeys(filter(None, values)))


def split_names(table: str) -> tuple[str, ...]:
    """Return the names in `table`, which spaces and line ends part."""
    return tuple(table.split())


def as_list(value: object) -> list[object]:
    """Return `value` if it is a list, else a list of this one value: JSON prints both."""
    return value if isinstance(value, list) else [value]

"""What one reader says about a page, before anybody decides whom to believe."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, urljoin, urlsplit

from crawler.extraction.document import Document
from crawler.text.clean import clean_line

_LONGEST_TITLE = 1000

PageKind = Literal["article", "listing", "gallery", "video", ""]

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.I)
_TAG = re.compile(r"<[^<>]{1,200}>")
# The Internet Archive puts its own address before every address of a page it kept.
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?:)", re.I)


@dataclass(slots=True)
class Claims:
    """One reader's values as printed; empty where it says nothing. Dates stay text, finest first.

    `kind` is what the page calls itself. `authors` are people and desks, `organisations` those
    named as author, `houses` the names of the site and its publisher. `keywords` may be of the site
    rather than of the story.
    """

    kind: PageKind = ""
    headline: str | None = None
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    houses: tuple[str, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    image: str | None = None
    description: str | None = None
    canonical: str | None = None
    body: str | None = None


def plain(text: object) -> str | None:
    """`text` on one line without markup and with entities undone, also those escaped twice; None
    when empty."""
    if not isinstance(text, str):
        return None
    for _ in range(2):
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
    return clean_line(_TAG.sub(" ", text)) or None


def document_title(document: Document) -> str | None:
    """The text of <title>."""
    element = document.root.find(".//title")
    return plain((element.text or "")[:_LONGEST_TITLE]) if element is not None else None


def address(value: object, base: str) -> str | None:
    """`value` as an absolute http(s) address, an archive's prefix taken off; None when it is
    none."""
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        absolute = _ARCHIVED.sub(
            "", urljoin(_ARCHIVED.sub("", base), _ARCHIVED.sub("", value.strip()))
        )
        parts = urlsplit(absolute)
    except ValueError:
        return None
    return absolute if parts.scheme in ("http", "https") and parts.hostname else None


def split_address(url: str) -> SplitResult:
    """`urlsplit(url)`; of what is no address, the parts of an empty one."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    """The values that are there, in order, each once."""
    return tuple(dict.fromkeys(value for value in values if value))

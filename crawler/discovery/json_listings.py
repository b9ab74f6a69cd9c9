"""Read listings in JSON: what an API answers, with addresses, ids or HTML in its entries."""

import json
import re
from collections.abc import Iterator
from itertools import islice

from w3lib.html import remove_tags, replace_entities

from crawler.discovery.announcement import (
    MAX_LINKS,
    Announcement,
    DiscoveryError,
    Link,
    LinkCollector,
    NoLinks,
    TooLarge,
    TooManyAttributes,
)
from crawler.discovery.decoding import beginning
from crawler.discovery.json_paths import search
from crawler.discovery.kinds import Listing
from crawler.discovery.listings import first_cursor, further_urls, read_links
from crawler.discovery.templates import fill_address
from crawler.discovery.urls import absolute_url
from crawler.text.clean import clean_line

MAX_CHARACTERS = 8_000_000
"""Characters of a JSON listing; at the worst, lists of nothing, it takes thirty times as much
memory."""
MAX_ENTRIES = MAX_LINKS
"""Entries that are read. Each may be a piece of HTML, which takes its time."""

_ADDRESS_KEYS = ("url", "link", "href")
_MAX_LINE = 2000  # characters of a headline or a date; the longest headline has some 300
_ASP_NET_DATE = re.compile(r"/Date\((\d+)[^)]*\)/")
"""Milliseconds since 1970 as .NET prints them."""


def read_json_listing(kind: Listing, text: str, url: str) -> Announcement:
    """Return the links of the entries at `kind.entries`; entries without a usable address are
    counted as broken.

    Raises DiscoveryError when the text is no JSON, NoLinks when no entry stands there, or none has
    an address, TooLarge. A dated listing may have no entries.
    """
    if len(text) > MAX_CHARACTERS:
        raise TooLarge(f"a JSON listing of more than {MAX_CHARACTERS:,} characters")
    document = _parse(text)
    entries = _entries(kind, document)
    if not entries and not kind.dated:
        raise NoLinks(f"nothing stands at entries={kind.entries!r}")
    collected = LinkCollector()
    broken, left_out = 0, max(0, len(entries) - MAX_ENTRIES)
    for number, entry in enumerate(islice(entries, MAX_ENTRIES)):
        if collected.is_full:
            left_out += min(len(entries), MAX_ENTRIES) - number
            break
        links = list(_links(kind, entry, url))
        broken += not links
        for link in links:
            if collected.is_full:
                left_out += 1
            else:
                collected.add(link)
    if broken and not collected.links:
        problem = f"has an address, or HTML with a link that {kind.links!r} selects"
        raise NoLinks(f"none of the {broken} entries at {kind.entries!r} {problem}")
    next_page = _printed_value(kind.next, document) if kind.next else None
    next_pages = [next_page] if next_page else []
    return Announcement(
        collected.links,
        further_urls=further_urls(kind, next_pages, url, url),
        cursor=first_cursor(kind, next_pages),
        broken_entries=broken,
        links_left_out=left_out,
    )


def _parse(text: str) -> object:
    try:
        parsed: object = json.loads(text)
        return parsed
    except RecursionError:
        raise DiscoveryError("JSON that is nested too deeply") from None
    except ValueError as error:
        raise DiscoveryError(f"not JSON: {error}: begins with {beginning(text)!r}") from None


def _entries(kind: Listing, document: object) -> list[object]:
    value = search(kind.entries, document)
    if isinstance(value, str) and value.lstrip().startswith(("[", "{")):
        value = _parse(value)  # JSON in a string of JSON, as ASP.NET has it in "d"
    if isinstance(value, list):
        return value
    return [] if value in (None, "") else [value]


def _links(kind: Listing, entry: object, url: str) -> Iterator[Link]:
    """Yield the links of an entry: several of HTML, else one; none without a usable address."""
    value = _address_value(kind, entry)
    if isinstance(value, str) and "<" in value:
        yield from _links_in_html(kind, value, url)
        return
    address = absolute_url(value, url) if isinstance(value, str) else None
    if address is not None:
        yield Link(
            address,
            published_raw=_date(kind.published, entry),
            headline=_text(kind.headline, entry),
        )


def _address_value(kind: Listing, entry: object) -> object:
    """Return the address of an entry as printed, or HTML with its address; None without either."""
    is_html = isinstance(entry, str) and "<" in entry
    if kind.address and not is_html and not kind.link:
        return fill_address(kind.address, lambda path: _printed_value(path, entry))
    if not isinstance(entry, dict):
        return entry
    if kind.link:
        return search(kind.link, entry)
    return next((entry[key] for key in _ADDRESS_KEYS if entry.get(key)), None)


def _printed_value(path: str, entry: object) -> str | None:
    """Return the text or number at `path` in an entry, or the entry if it is one itself."""
    value = search(path, entry) if isinstance(entry, dict) else entry
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value).strip() or None


def _links_in_html(kind: Listing, html: str, url: str) -> tuple[Link, ...]:
    """Return the links in a piece of HTML; none in one without an element. Raises DiscoveryError
    for one that would take the parser too long."""
    try:
        return read_links(kind, html, url)
    except (TooLarge, TooManyAttributes):
        raise
    except DiscoveryError:
        return ()


def _text(path: str, entry: object) -> str | None:
    """Return the text at `path`, which may be marked up as HTML, on one line; None without one."""
    value = search(path, entry) if path and isinstance(entry, dict) else None
    if not isinstance(value, str):
        return None
    return clean_line(replace_entities(remove_tags(value[:_MAX_LINE]))) or None


def _date(path: str, entry: object) -> str | None:
    """Return the printed date at `path`, or its number of seconds or milliseconds since 1970."""
    value = search(path, entry) if path and isinstance(entry, dict) else None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    printed = clean_line(str(value)[:_MAX_LINE])
    milliseconds = _ASP_NET_DATE.fullmatch(printed)
    return milliseconds[1] if milliseconds else printed or None

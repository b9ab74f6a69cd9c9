"""Read RSS and Atom feeds with feedparser."""

import io
import re
from typing import Any

import feedparser  # type: ignore[import-untyped]
from w3lib.html import remove_tags, replace_entities

from crawler.discovery.announcement import (
    Announcement,
    DiscoveryError,
    Link,
    LinkCollector,
    TooLarge,
)
from crawler.discovery.decoding import beginning
from crawler.discovery.urls import absolute_url

# The largest feed at hand has 2.4 MB and 23,242 tags. Of the feeds within these limits feedparser
# reads the worst in ten seconds. One element with 20,000 attributes took it fifty; an author of two
# million letters would take hours, because it looks for a mail address from each letter on.
MAX_CHARACTERS = 8_000_000
MAX_TAGS = 200_000
_HUNDRED_ATTRIBUTES = re.compile(
    r"""<[^\s<>"']+(?:\s+[^\s<>"'=]+\s*=\s*(?:"[^"<]*"|'[^'<]*')){100}"""
)

_ENDLESS_WORD = re.compile(r"[\w.+-]{500,}", re.ASCII)

# Where an RSS item has an empty <link>, feedparser does not take its permalink guid for the
# address.
_EMPTY_LINK = re.compile(r"<link\s*(?:/>|>\s*(?:<!\[CDATA\[\s*\]\]>\s*)?</link\s*>)", re.I)
# Feedparser files a dc:date as `updated`, which is also the name of an update in Atom. Under a name
# of its own it can be told from one.
_DC_PREFIX = re.compile(r"""xmlns:([\w.-]+)\s*=\s*["']http://purl\.org/dc/elements/1\.1/["']""")
_DATE_TAG = re.compile(r"(?P<bracket></?)(?P<prefix>[\w.-]+):date(?=[\s/>])")
_DC_DATE = "dcdate"


def read_feed(text: str, url: str) -> Announcement:
    """Return the entries of a feed; entries without a usable address are counted as broken.

    Raises DiscoveryError when the text is no feed, TooLarge when feedparser would take too long.
    """
    if len(text) > MAX_CHARACTERS or text.count("<") > MAX_TAGS or _HUNDRED_ATTRIBUTES.search(text):
        raise TooLarge("a feed larger than any that is meant to be read")
    # No address may hold a replacement character, so an endless word breaks its entry only.
    text = _ENDLESS_WORD.sub("\N{REPLACEMENT CHARACTER}", text)
    feed = _parse(_rename_dc_dates(_EMPTY_LINK.sub("", text)), url)
    if not feed.get("version") and not feed.entries:
        raise DiscoveryError(f"not a feed: begins with {beginning(text)!r}")
    is_rss = str(feed.get("version")).startswith("rss")
    collected = LinkCollector()
    broken = left_out = 0
    for entry in feed.entries:
        if collected.is_full:
            left_out += 1
        elif link := _link(entry, url, is_rss=is_rss):
            collected.add(link)
        else:
            broken += 1
    return Announcement(collected.links, broken_entries=broken, links_left_out=left_out)


def _parse(text: str, url: str) -> Any:
    # The bytes stand in a stream because feedparser takes plain ones for the name of a file to
    # open. Entries are kept as printed: cleaning their HTML, of which nothing is used, took a third
    # of the time on full-text feeds.
    try:
        return feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers={
                "content-type": "application/xml; charset=utf-8",
                "content-location": url,
            },
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:
        # On other text than XML it fails in many ways: OverflowError, KeyError, TypeError.
        raise DiscoveryError(f"not a feed: {type(error).__name__} in feedparser") from error


def _rename_dc_dates(text: str) -> str:
    """Return the text of a feed with each element date of Dublin Core renamed to `_DC_DATE`."""
    prefixes = {"dc", *_DC_PREFIX.findall(text)}

    def renamed(tag: re.Match[str]) -> str:
        return f"{tag['bracket']}{_DC_DATE}" if tag["prefix"] in prefixes else tag[0]

    return _DATE_TAG.sub(renamed, text)


def _link(entry: Any, url: str, *, is_rss: bool) -> Link | None:
    """Return the link of an entry; None without a usable address.

    The dc:date of an item of RSS is the day on which it was issued where the item has no pubDate,
    else a change.
    """
    address = absolute_url(_printed_address(entry), url)
    if address is None:
        return None
    published_raw, dc_date = entry.get("published"), entry.get(_DC_DATE)
    # Asked for by `in`: feedparser answers `get` with the publication date, and a warning.
    changed = entry["updated"] if "updated" in entry else None  # noqa: SIM401
    if is_rss and not published_raw:
        published_raw = dc_date
    else:
        changed = changed or dc_date
    return Link(
        address, published_raw=published_raw or None, headline=_headline(entry), changed=changed
    )


def _printed_address(entry: Any) -> str | None:
    """Return the article's own address: FeedBurner's copy of it, the first alternate link, or a
    permalink guid. None for an entry without an address.

    An Atom entry may have several alternates; the later ones are other formats (RFC 4287, 4.1.1),
    and `entry.link` is the last.
    """
    links = entry.get("links", ())
    alternates = [link.get("href") for link in links if link.get("rel") == "alternate"]
    for address in (entry.get("feedburner_origlink"), *alternates):
        if address:
            return str(address)
    return str(entry.get("link") or "") or None


def _headline(entry: Any) -> str | None:
    title = str(entry.get("title") or "")
    if title.strip() and entry.get("title_detail", {}).get("type") != "text/plain":
        title = replace_entities(remove_tags(title))
    return " ".join(title.split()) or None

"""Read a discovery document of any of the kinds of `crawler.discovery.kinds`."""

from dataclasses import replace
from typing import assert_never

from crawler.discovery.announcement import Announcement, DiscoveryError, Link, TooLarge
from crawler.discovery.decoding import as_utf8, decode, unpack
from crawler.discovery.feeds import read_feed
from crawler.discovery.json_listings import read_json_listing
from crawler.discovery.kinds import Discovery, Feed, Listing, Sitemap
from crawler.discovery.listings import read_listing
from crawler.discovery.sitemaps import read_sitemap

MAX_TEXT_BYTES = 24 * 1024 * 1024
"""Bytes of a feed or listing that are decoded: what a crawl downloads at most."""


def read_document(
    kind: Discovery, body: bytes, url: str, *, encoding: str | None = None
) -> Announcement:
    """Return the announcement of the document at `url`, read as the declared `kind`.

    `body`: as served, without the transport's Content-Encoding; a gzip file is unpacked.
    `encoding`: the charset of the HTTP header, if any. Raises DiscoveryError, naming `url`, when
    the document is not of the declared kind, and TooLarge when it is too large to read.
    """
    try:
        unpacked, is_whole = unpack(body)
        match kind:
            case Sitemap():
                announcement = read_sitemap(kind, as_utf8(unpacked, encoding), url)
            case Feed() | Listing():
                announcement = _read_text(kind, unpacked, url, encoding)
            case _:
                assert_never(kind)
    except DiscoveryError as error:
        raise type(error)(f"{url}: {error}") from None
    return replace(
        announcement,
        links=_with_declared_dates(kind, announcement.links),
        broken_entries=announcement.broken_entries + (not is_whole),
    )


def _with_declared_dates(kind: Discovery, links: tuple[Link, ...]) -> tuple[Link, ...]:
    """Return the links with their dates as the declaration values them."""
    if kind.machine_dates == "true":
        return links
    if kind.machine_dates == "local":
        return tuple(replace(link, wall_clock=True) for link in links)
    return tuple(replace(link, published_raw=None, changed=None) for link in links)


def _read_text(kind: Feed | Listing, body: bytes, url: str, encoding: str | None) -> Announcement:
    if len(body) > MAX_TEXT_BYTES:
        raise TooLarge(f"more than {MAX_TEXT_BYTES:,} bytes")
    text, used_encoding = decode(body, encoding)
    if not text:
        raise DiscoveryError("empty document")
    if isinstance(kind, Feed):
        return read_feed(text, url)
    if kind.entries:
        return read_json_listing(kind, text, url)
    return read_listing(kind, text, url, encoding=used_encoding)

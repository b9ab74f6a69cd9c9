"""One door for the four kinds of discovery document."""

from dataclasses import replace

from crawler.discovery.announcement import Announcement, DiscoveryError
from crawler.discovery.documents import decode, unpack
from crawler.discovery.feeds import read_feed
from crawler.discovery.kinds import Discovery, Feed, Listing
from crawler.discovery.listings import read_listing
from crawler.discovery.sitemaps import read_sitemap

MAX_ENTRIES = 50_000
"""Addresses taken from one document: as many as a sitemap may list (sitemaps.org, "Sitemap
file")."""


def read_document(
    kind: Discovery, body: bytes, url: str, *, encoding: str | None = None
) -> Announcement:
    """What the document at `url` announces, read as the `kind` that the outlet declared.

    `body`: as served, without the transport's Content-Encoding; a gzip file is unpacked.
    `encoding`: the charset of the HTTP header, if any. Raises DiscoveryError when the document is
    not of the declared kind.
    """
    try:
        unpacked, whole = unpack(body)
        text, found_encoding = decode(unpacked, encoding)
        if not text:
            raise DiscoveryError("empty document")
        match kind:
            case Feed():
                announcement = read_feed(text, url)
            case Listing():
                announcement = read_listing(kind, text, url, encoding=found_encoding)
            case _:
                announcement = read_sitemap(kind, text, url)
    except DiscoveryError as error:
        raise type(error)(f"{url}: {error}") from None
    return replace(
        announcement,
        links=announcement.links[:MAX_ENTRIES],
        broken_entries=announcement.broken_entries + (not whole),
        links_left_out=max(0, len(announcement.links) - MAX_ENTRIES),
    )

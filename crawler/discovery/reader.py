"""One door for the four kinds of discovery document."""

from dataclasses import replace

from crawler.discovery.announced import Announced, DiscoveryError
from crawler.discovery.documents import decode, unpack
from crawler.discovery.feeds import read_feed
from crawler.discovery.kinds import Discovery, Feed, Listing
from crawler.discovery.listings import read_listing
from crawler.discovery.sitemaps import read_sitemap

MAX_ENTRIES = 50_000
"""Addresses taken from one document: as many as a sitemap may list (sitemaps.org, "Sitemap
file")."""


def read(kind: Discovery, body: bytes, url: str, *, encoding: str | None = None) -> Announced:
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
                announced = read_feed(text, url)
            case Listing():
                announced = read_listing(kind, text, url, encoding=found_encoding)
            case _:
                announced = read_sitemap(kind, text, url)
    except DiscoveryError as error:
        raise type(error)(f"{url}: {error}") from None
    return replace(
        announced,
        links=announced.links[:MAX_ENTRIES],
        broken=announced.broken + (not whole),
        left_out=max(0, len(announced.links) - MAX_ENTRIES),
    )

"""Read a discovery document of any of the four kinds."""

from dataclasses import replace

from crawler.discovery.announcement import Announcement, DiscoveryError
from crawler.discovery.decoding import decode, unpack
from crawler.discovery.feeds import read_feed
from crawler.discovery.kinds import Discovery, Feed, Listing
from crawler.discovery.listings import read_listing
from crawler.discovery.sitemaps import read_sitemap

MAX_LINKS = 50_000
"""Links taken from one document: as many as a sitemap may list (sitemaps.org, "Sitemap file")."""


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
        text, used_encoding = decode(unpacked, encoding)
        if not text:
            raise DiscoveryError("empty document")
        match kind:
            case Feed():
                announcement = read_feed(text, url)
            case Listing():
                announcement = read_listing(kind, text, url, encoding=used_encoding)
            case _:
                announcement = read_sitemap(kind, text, url)
    except DiscoveryError as error:
        raise type(error)(f"{url}: {error}") from None
    return replace(
        announcement,
        links=announcement.links[:MAX_LINKS],
        broken_entries=announcement.broken_entries + (not is_whole),
        links_left_out=max(0, len(announcement.links) - MAX_LINKS),
    )

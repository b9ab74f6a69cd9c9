"""One door for the four kinds of discovery document."""

from crawler.discovery.announced import Announced, DiscoveryError
from crawler.discovery.documents import decode, unpack
from crawler.discovery.feeds import read_feed
from crawler.discovery.kinds import Discovery, Feed, Listing
from crawler.discovery.listings import read_listing
from crawler.discovery.sitemaps import read_sitemap


def read(kind: Discovery, body: bytes, url: str, *, encoding: str | None = None) -> Announced:
    """What the document at `url` announces, read as the `kind` that the outlet declared.

    `body`: as served, without the transport's Content-Encoding; a gzip file is unpacked. `encoding`: the charset
    of the HTTP header, if any. Raises DiscoveryError when the document is not of the declared kind.
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
        raise DiscoveryError(f"{url}: {error}") from None
    if whole:
        return announced
    return Announced(announced.links, announced.following, announced.broken + 1)

"""Discovery: the article addresses that a feed, a sitemap or a listing announces.

`read(kind, body, url)` takes the document as it was served; the network belongs to the caller.
"""

from crawler.discovery.announced import Announced, DiscoveryError, Link
from crawler.discovery.reader import read

__all__ = ["Announced", "DiscoveryError", "Link", "read"]

"""Discovery: the article addresses that a feed, a sitemap or a listing announces.

`read_document(kind, body, url)` takes the document as it was served; the network belongs to the caller.
"""

from crawler.discovery.announcement import Announcement, DiscoveryError, Link
from crawler.discovery.reader import read_document

__all__ = ["Announcement", "DiscoveryError", "Link", "read_document"]

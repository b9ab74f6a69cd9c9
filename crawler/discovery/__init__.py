"""Discovery: the article addresses that a feed, a sitemap or a listing announces.

`read_document(kind, body, url)` takes the document as served; the caller fetches it.
"""

from crawler.discovery.announcement import Announcement, DiscoveryError, Link
from crawler.discovery.reader import read_document

# The names that programs outside the project know them by.
Announced = Announcement
read = read_document

__all__ = ["Announced", "Announcement", "DiscoveryError", "Link", "read", "read_document"]

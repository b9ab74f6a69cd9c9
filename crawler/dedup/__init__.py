"""Same address, same text, same story? A plain library: values in, values out; no Scrapy, no I/O,
no clock."""

from crawler.dedup.address import AddressError, article_id, canonical_url, single_escaped
from crawler.dedup.fingerprint import content_hash, folded_headline
from crawler.dedup.match import Match, compare
from crawler.dedup.strip import paragraph_key

__all__ = [
    "AddressError",
    "Match",
    "article_id",
    "canonical_url",
    "compare",
    "content_hash",
    "folded_headline",
    "paragraph_key",
    "single_escaped",
]

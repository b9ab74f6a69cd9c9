"""Same address, same text, same story? A plain library: values in, values out; no Scrapy, no I/O, no clock."""

from crawler.dedup.address import AddressError, article_id, canonical_url
from crawler.dedup.fingerprint import content_hash, folded_headline

__all__ = ["AddressError", "article_id", "canonical_url", "content_hash", "folded_headline"]

"""Making an article ready to be stored, the same for both stores."""

from dataclasses import replace
from datetime import UTC, datetime

from crawler.clock import discount_future
from crawler.dedup import article_id, canonical_url, content_hash
from crawler.items import Article
from crawler.storage.codec import article_from_document, article_to_document
from crawler.storage.protocol import StoreError
from crawler.stories.versions import Incoming


def prepare(article: Article) -> Incoming:
    """Return `article` as both stores give it back, with canonical URL and content hash, and with
    an instant of fetching that can be believed.

    Raises StoreError if it cannot be stored.
    """
    now = _now()
    try:
        article = article_from_document(article_to_document(article))
        canonical = article.canonical_url or canonical_url(article.url)
        digest = article.content_hash or content_hash(article)
        fetched_at = article.fetched_at and discount_future(article.fetched_at, now)
        article = replace(
            article, canonical_url=canonical, content_hash=digest, fetched_at=fetched_at
        )
        return Incoming(article_id(canonical), article, fetched_at or now, now)
    except (TypeError, ValueError, AttributeError) as error:
        raise StoreError(f"{article.url!r} cannot be stored: {error}") from error


def stored_now() -> datetime:
    """Return the present instant in whole milliseconds, as stores keep it."""
    return _now()


def _now() -> datetime:
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)

"""Keys by which equal texts are found: the same hash whatever keyboard, house and dateline printed them."""

import hashlib

from crawler.dedup.strip import story_paragraphs
from crawler.items import Article
from crawler.text import fold_words


def content_hash(article: Article) -> str | None:
    """SHA-256 (hex) of the folded body without dateline and credit; None where no words are left.

    Spaces do not count: sources lose and add them, Urdu ones above all.
    """
    words = fold_words("\n".join(story_paragraphs(article)))
    if not words:
        return None
    return hashlib.sha256(words.replace(" ", "").encode()).hexdigest()


def folded_headline(text: str | None) -> str:
    """`text` as headlines are compared; "" for none."""
    return fold_words(text or "")

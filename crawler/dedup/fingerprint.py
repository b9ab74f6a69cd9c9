"""Keys by which equal texts are found, the same for every keyboard, outlet and dateline."""

import hashlib
import re
from collections.abc import Iterable

from crawler.dedup.strip import story_paragraphs
from crawler.items import Article
from crawler.text import fold_words

_NOT_LETTERS = re.compile(r"[\W_]+")


def story_letters(paragraphs: Iterable[str]) -> str:
    """Return the letters and digits of folded paragraphs.

    Spaces do not count: sources lose them, above all in Urdu.
    """
    return _NOT_LETTERS.sub("", "".join(paragraphs))


def content_hash(article: Article) -> str | None:
    """Return the SHA-256 (hex) of the story's letters, without dateline, credit and furniture.

    None for a body without letters. Equal hashes say that the body is the same, not yet that the
    story is: below `crawler.dedup.match.TINY_TEXT_LETTERS` the headline is the story ("details to
    follow"), and both `compare` and the stores go by it too.
    """
    letters = story_letters(story_paragraphs(article))
    return hashlib.sha256(letters.encode()).hexdigest() if letters else None


def folded_headline(headline: str | None) -> str:
    """Return a headline in the form in which headlines are compared; "" for a missing one."""
    return fold_words(headline or "")

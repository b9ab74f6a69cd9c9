"""What an outlet prints under many stories, learned from its latest articles.

A poll, a notice or a standing paragraph makes strangers alike: two pages of one outlet were seen to
share nine tenths of their text that way. Only the latest articles count, so what is printed no more
is forgotten, and neither the work nor the table grows with the collection.
"""

from collections.abc import Iterable

from crawler.dedup import folded_headline, paragraph_key
from crawler.items import Article
from crawler.storage.protocol import Boilerplate, Store

LATEST = 300
"""Articles of an outlet that are looked at: a few days to a few weeks of it."""

MANY = 6
"""Headlines under which a paragraph has to stand: more than follow-ups of one story repeat its
background."""

MOST = 200
"""Paragraphs known of one outlet at most, those under most headlines first."""


async def learn(store: Store, outlet: str) -> Boilerplate:
    """Learn what `outlet` prints under many stories, and let the store know it."""
    return await store.set_boilerplate(outlet, await learned(store, outlet))


async def learned(store: Store, outlet: str) -> frozenset[str]:
    """The keys of what `outlet` prints under many stories."""
    latest = [stored.article async for stored in store.articles(outlet=outlet, limit=LATEST)]
    return repeated(latest)


def repeated(articles: Iterable[Article]) -> frozenset[str]:
    """The keys of the paragraphs that stand under `MANY` headlines or more. Headlines, not stories:
    what strangers share may have made one story of them."""
    headlines: dict[str, set[str]] = {}
    for article in articles:
        headline = folded_headline(article.headline)
        for line in (article.body or "").split("\n"):
            if line.strip():
                headlines.setdefault(paragraph_key(line), set()).add(headline)
    many = [(len(found), key) for key, found in headlines.items() if len(found) >= MANY]
    return frozenset(key for _, key in sorted(many, reverse=True)[:MOST])

"""How a story is made of its copies, to be shown."""

from collections.abc import Iterable

from crawler.items import Article
from crawler.stories.grouping import earliest_key
from crawler.stories.model import Copy, StoredArticle, Story


def assemble(story_id: str, copies: Iterable[StoredArticle]) -> Story:
    """Return the story with these copies, of which there must be at least one.

    Of the articles, body, description, authors, section, tags and image may be left out.
    """
    ordered = sorted(copies, key=lambda copy: earliest_key(copy.id, copy.article.published))
    earliest = ordered[0].article
    sources = [key for copy in ordered for key in source_keys(copy.article)]
    return Story(
        id=story_id,
        headline=earliest.headline,
        language=earliest.language,
        published=earliest.published,
        place=earliest.place,
        sources=tuple(dict.fromkeys(sources)),
        dateline=earliest.dateline,
        copies=tuple(_copy(copy) for copy in ordered),
        revisions=sum(copy.revisions for copy in ordered),
        rules=min(copy.rules for copy in ordered),
    )


def source_keys(article: Article) -> tuple[str, ...]:
    """Return the article's sources, each once: gazetteer ids, printed names where there is no
    id."""
    keys = (attribution.source.id or attribution.source.name for attribution in article.sources)
    return tuple(dict.fromkeys(keys))


def _copy(stored: StoredArticle) -> Copy:
    article = stored.article
    return Copy(
        id=stored.id,
        outlet=article.outlet,
        url=article.url,
        published=article.published,
        headline=article.headline,
        genre=article.genre,
    )

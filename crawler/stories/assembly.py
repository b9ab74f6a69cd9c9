"""How a story is made of its copies, to be shown."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from crawler.items import Article
from crawler.sources.model import Role
from crawler.stories.grouping import earliest_key
from crawler.stories.model import Carried, Copy, StoredArticle, Story

_TO_THE_MINUTE = ("second", "minute", None)
"""The precisions of a publication from which minutes are counted; None if it was never said."""


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
        carried=tuple(_carried(ordered)),
    )


def source_keys(article: Article, role: Role | None = None) -> tuple[str, ...]:
    """Return the article's sources, in one role or in all, each once: gazetteer ids, printed names
    where there is no id."""
    keys = (
        attribution.source.id or attribution.source.name
        for attribution in article.sources
        if role in (None, attribution.role)
    )
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
        publisher=next(iter(source_keys(article, "publisher")), None),
        agencies=source_keys(article, "agency"),
        desk=next(iter(source_keys(article, "desk")), None),
        reporter=article.reporter,
    )


def _carried(ordered: Sequence[StoredArticle]) -> Iterator[Carried]:
    """Yield an item for each copy that carries the text of another. ordered: the earliest first."""
    first = ordered[0].article
    for copy in ordered:
        article = copy.article
        agencies = source_keys(article, "agency")
        if agencies or article.outlet != first.outlet:
            yield Carried(article.outlet, agencies, minutes_between(first, article))


def is_to_the_minute(article: Article) -> bool:
    """Return True if the publication of an article, where it has any, is known to the minute."""
    return article.published_precision in _TO_THE_MINUTE


def minutes_between(first: Article, later: Article) -> int | None:
    """Return the whole minutes between two publications; None where either is not known to the
    minute."""
    if first is later:
        return 0
    if first.published is None or later.published is None:
        return None
    if not (is_to_the_minute(first) and is_to_the_minute(later)):
        return None
    return (later.published - first.published) // timedelta(minutes=1)

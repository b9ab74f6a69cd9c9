"""How much was printed: numbers of stories and of their copies by day, outlet, agency, place or
language."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from functools import lru_cache

from crawler.dates.zones import printed_zone
from crawler.gazetteer import gazetteer
from crawler.items import Article
from crawler.storage.filters import place_values
from crawler.stories.model import StoredArticle
from crawler.text import fold_words

_DAYS_UNKNOWN = ("month", "year")  # precisions of a publication that tell no day


_Keys = Sequence[tuple[str | None, str]]
"""What an article counts for: keys, each with how the article spells it."""

_NO_KEYS: _Keys = ((None, ""),)


@dataclass(frozen=True, slots=True)
class Count:
    """The numbers of one day, outlet, agency, place or language.

    key: an ISO date, the name of an outlet, a source's id, a place as printed most often, or a code
    of a language; None for articles that have none. name: of a source, None for anything else.
    stories: of which an article that was counted is a copy. copies: articles.
    """

    key: str | None
    name: str | None
    stories: int
    copies: int


@dataclass(slots=True)
class _Tally:
    stories: set[str] = field(default_factory=set)
    copies: int = 0
    spellings: Counter[str] = field(default_factory=Counter)


async def count(articles: AsyncIterator[StoredArticle], by: str, zone: tzinfo) -> list[Count]:
    """Return the numbers of `articles`: days in their order, anything else the most stories first.

    by: a key of BY. zone: of the days. An article of two agencies counts for each of them.
    """
    keys_of, tallies = BY[by], dict[str | None, _Tally]()
    async for stored in articles:
        for key, spelling in keys_of(stored.article, zone) or _NO_KEYS:
            tally = tallies.setdefault(key, _Tally())
            tally.stories.add(stored.story_id)
            tally.copies += 1
            tally.spellings[spelling] += 1
    counts = [_count(key, tally, by) for key, tally in tallies.items()]
    if by == "day":
        return sorted(counts, key=lambda each: each.key or "")
    return sorted(counts, key=lambda each: (-each.stories, -each.copies, each.key or ""))


def _count(key: str | None, tally: _Tally, by: str) -> Count:
    if by == "place" and key is not None:
        key = min(tally.spellings, key=lambda spelling: (-tally.spellings[spelling], spelling))
    name = None
    if by == "agency" and key is not None:
        source = gazetteer().by_id.get(key)
        name = key if source is None else source.source.name
    return Count(key, name, len(tally.stories), tally.copies)


def _outlet(article: Article, _: tzinfo) -> _Keys:
    return [(article.outlet, "")] if article.outlet else []


def _language(article: Article, _: tzinfo) -> _Keys:
    return [(article.language, "")] if article.language else []


def _place(article: Article, _: tzinfo) -> _Keys:
    return [(place_key(article.place), article.place)] if article.place else []


@lru_cache(maxsize=4096)
def place_key(place: str) -> str:
    """Return what all names of a place have in common, in whatever script they are printed."""
    return min(map(fold_words, place_values(place)))


def _agencies(article: Article, _: tzinfo) -> _Keys:
    agencies = [each.source for each in article.sources if each.role == "agency"]
    return [(key, "") for key in dict.fromkeys(source.id or source.name for source in agencies)]


def _day(article: Article, zone: tzinfo) -> _Keys:
    day = _day_of(article, zone)
    return [] if day is None else [(day.isoformat(), "")]


def _day_of(article: Article, zone: tzinfo) -> date | None:
    """Return the day in `zone` on which an article was published; the day that was printed where no
    time was."""
    if article.published is None or article.published_precision in _DAYS_UNKNOWN:
        return None
    if article.published_precision == "day" and article.zone:
        zone = printed_zone(article.zone) or zone
    return article.published.astimezone(zone).date()


BY: dict[str, Callable[[Article, tzinfo], _Keys]] = {
    "day": _day,
    "outlet": _outlet,
    "agency": _agencies,
    "place": _place,
    "language": _language,
}
"""What can be counted by."""

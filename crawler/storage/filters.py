"""The filters of stories and articles: the same in both stores."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from crawler.gazetteer.names import ids_named
from crawler.items import Article
from crawler.outlet import Genre
from crawler.sources.places import place_spellings
from crawler.storage.codec import LONE_SURROGATE
from crawler.text import fold_words

GENRES: tuple[str, ...] = get_args(Genre)
"""The values of the filter `genre`."""

_NAMES = frozenset(
    (
        *("outlet", "language", "country", "source", "place", "genre", "since", "until", "text"),
        *("limit", "after"),
    )
)


@dataclass(frozen=True, slots=True)
class Filters:
    """Filters as stores apply them; None, or an empty `words`, is no filter.

    outlets: names of outlets, one of which must match. language: "ar" or "ur". sources: gazetteer
    ids, or printed names of sources that have none, one of which must match in any role. places:
    folded names, one of which must match. genre: a `crawler.outlet.Genre`. since, until: aware; the
    span is [since, until). words: folded words that headline and body must all hold, whole, in any
    order. limit: the largest number of items. after: the id of a story or article, behind which the
    list begins.
    """

    outlets: frozenset[str] | None = None
    language: str | None = None
    sources: frozenset[str] | None = None
    places: frozenset[str] | None = None
    genre: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    words: tuple[str, ...] = ()
    limit: int | None = None
    after: str | None = None


def parse_filters(given: Mapping[str, object], countries: Mapping[str, str] | None) -> Filters:
    """Return Filters for the keyword arguments `given`, of which those that are None do not count.

    outlet, source, place: a name, or several. country: ISO 3166-1 alpha-2, of the outlet. text:
    words. language, genre, since, until, limit, after: see Filters. `source_values` and
    `place_values` return what people mean by a name. countries: the country of each outlet by name.

    Raises TypeError for an unknown name, ValueError for a value that makes no sense.
    """
    if unknown := sorted(name for name in given.keys() - _NAMES if given[name] is not None):
        raise TypeError(f"no such filter: {', '.join(unknown)}")
    places = _names(given, "place")
    return Filters(
        outlets=_outlets(given, countries),
        language=_string(given, "language"),
        sources=_names(given, "source"),
        places=None if places is None else frozenset(map(fold_words, places)),
        genre=_genre(given),
        since=_instant(given, "since"),
        until=_instant(given, "until"),
        words=_words(given),
        limit=_limit(given),
        after=_string(given, "after"),
    )


def source_values(name: str) -> frozenset[str]:
    """Return the sources that `name` may mean, as articles are stored with them: `name` as it is,
    for a source without an id, and gazetteer ids (`crawler.gazetteer.names.ids_named`)."""
    return ids_named(name) | {name}


def place_values(name: str) -> frozenset[str]:
    """Return the names of the places that `name` may mean, in English, Arabic and Urdu, `name`
    among them."""
    return place_spellings(name) | {name}


def place_key(article: Article) -> str | None:
    """Return the place of an article as `Filters.places` is compared with it."""
    return fold_words(article.place) if article.place else None


def searched_words(article: Article) -> str:
    """Return the folded words of an article in which `Filters.words` are looked for, one space
    between them."""
    return fold_words(f"{article.headline or ''}\n{article.body or ''}")


def _outlets(
    given: Mapping[str, object], countries: Mapping[str, str] | None
) -> frozenset[str] | None:
    outlets = _names(given, "outlet")
    country = _string(given, "country")
    if country is None:
        return outlets
    if countries is None:
        raise ValueError("country: the store was opened without the countries of outlets")
    in_country = frozenset(name for name, code in countries.items() if code == country)
    return in_country if outlets is None else outlets & in_country


def _names(given: Mapping[str, object], filter_name: str) -> frozenset[str] | None:
    value = given.get(filter_name)
    if value is None:
        return None
    if isinstance(value, Iterable) and not isinstance(value, str):
        return frozenset(_checked_string(filter_name, name) for name in value)
    return frozenset((_checked_string(filter_name, value),))


def _words(given: Mapping[str, object]) -> tuple[str, ...]:
    text = _string(given, "text")
    if text is None:
        return ()
    words = tuple(dict.fromkeys(fold_words(text).split()))
    if not words:
        raise ValueError(f"text: {text!r} holds no word to look for")
    return words


def _genre(given: Mapping[str, object]) -> str | None:
    genre = _string(given, "genre")
    if genre is not None and genre not in GENRES:
        raise ValueError(f"genre: {genre!r} is none of {', '.join(GENRES)}")
    return genre


def _string(given: Mapping[str, object], name: str) -> str | None:
    value = given.get(name)
    return None if value is None else _checked_string(name, value)


def _checked_string(name: str, value: object) -> str:
    if not isinstance(value, str) or LONE_SURROGATE.search(value):
        raise ValueError(f"{name}: {value!r} is not text")
    return value


def _instant(given: Mapping[str, object], name: str) -> datetime | None:
    value = given.get(name)
    if value is None:
        return None
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError(f"{name}: {value!r} is not an aware datetime")
    return value


def _limit(given: Mapping[str, object]) -> int | None:
    limit = given.get("limit")
    if limit is None:
        return None
    if not isinstance(limit, int) or limit < 0:
        raise ValueError(f"limit: {limit!r} is not a number of stories")
    return limit

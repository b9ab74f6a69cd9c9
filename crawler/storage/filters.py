"""The filters of stories and articles: the same in both stores."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args

from crawler.gazetteer.names import ids_named
from crawler.items import Article
from crawler.outlet import Genre
from crawler.search import (
    And,
    Field,
    Node,
    Or,
    all_in_headline,
    exact_words,
    parse_query,
    with_fields,
)
from crawler.sources.places import place_spellings
from crawler.storage.codec import LONE_SURROGATE
from crawler.text import fold_words

GENRES: tuple[str, ...] = get_args(Genre)
"""The values of the filter `genre`."""

Order = Literal["time", "relevance"]

ORDERS: tuple[str, ...] = get_args(Order)
"""The values of `order`."""

Tier = Literal["headline", "text"]
"""In the order of relevance: all words stand in the headline, or not all."""

_NAMES = frozenset(
    (
        *("outlet", "language", "country", "source", "place", "genre", "since", "until", "text"),
        *("query", "order", "limit", "after"),
    )
)


@dataclass(frozen=True, slots=True)
class Filters:
    """Filters as stores apply them; None is no filter.

    outlets: names of outlets, one of which must match. language: "ar" or "ur". sources: gazetteer
    ids, or printed names of sources that have none, one of which must match in any role. places:
    folded names, one of which must match. genre: a `crawler.outlet.Genre`. since, until: aware; the
    span is [since, until). query: what the article must meet, its fields with values as articles
    have them. tier: only what the order of relevance has in that tier. limit: the largest number of
    items. after: the id of a story or article, behind which the list begins. after_tier: the tier
    of that one.
    """

    outlets: frozenset[str] | None = None
    language: str | None = None
    sources: frozenset[str] | None = None
    places: frozenset[str] | None = None
    genre: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    query: Node | None = None
    order: Order = "time"
    tier: Tier | None = None
    limit: int | None = None
    after: str | None = None
    after_tier: Tier | None = None


def parse_filters(given: Mapping[str, object], countries: Mapping[str, str] | None) -> Filters:
    """Return Filters for the keyword arguments `given`, of which those that are None do not count.

    outlet, source, place: a name, or several. country: ISO 3166-1 alpha-2, of the outlet. query:
    see `crawler.search.parse_query`; or what that returns, its fields with the values that articles
    are stored with. text: words that must all be there, whole and as given. order:
    "time", newest first, or "relevance", those first that have all words of the query in their
    headlines. after: an id, or the cursor of a `Hit`. language, genre, since, until, limit: see
    Filters. `source_values` and `place_values` return what people mean by a name. countries: the
    country of each outlet by name.

    Raises TypeError for an unknown name, ValueError for a value that makes no sense; the QueryError
    of a query is a ValueError.
    """
    if unknown := sorted(name for name in given.keys() - _NAMES if given[name] is not None):
        raise TypeError(f"no such filter: {', '.join(unknown)}")
    places = _names(given, "place")
    query = _query(given)
    order = _order(given)
    tiers = tiers_of(query, order)
    after, after_tier = _after(given, tiers)
    return Filters(
        outlets=_outlets(given, countries),
        language=_string(given, "language"),
        sources=_names(given, "source"),
        places=None if places is None else frozenset(map(fold_words, places)),
        genre=_genre(given),
        since=_instant(given, "since"),
        until=_instant(given, "until"),
        query=query,
        order=order,
        limit=_limit(given),
        after=after,
        after_tier=after_tier,
    )


def parse_filters_of_times(
    limit: int, given: Mapping[str, object], countries: Mapping[str, str] | None
) -> Filters:
    """Return Filters of the newest stories, at most `limit`, that meet those in `given`; raises as
    `parse_filters` does."""
    filters = parse_filters({**given, "limit": limit}, countries)
    return replace(filters, order="time", after=None, after_tier=None)


def source_values(name: str) -> frozenset[str]:
    """Return the sources that `name` may mean, as articles are stored with them: `name` as it is,
    for a source without an id, and gazetteer ids (`crawler.gazetteer.names.ids_named`)."""
    return ids_named(name) | {name}


def place_values(name: str) -> frozenset[str]:
    """Return the names of the places that `name` may mean, in English, Arabic and Urdu, `name`
    among them."""
    return place_spellings(name) | {name}


def tiers_of(query: Node | None, order: Order) -> tuple[Tier, ...]:
    """Return the tiers of a list in their order; none for a list by time alone."""
    if order == "time" or query is None or all_in_headline(query) is None:
        return ()
    return get_args(Tier)


def cursor_of(filters: Filters, item_id: str) -> str:
    """Return the `after` with which a list goes on behind an item of it."""
    return item_id if filters.tier is None else f"{filters.tier}:{item_id}"


def place_key(article: Article) -> str | None:
    """Return the place of an article as `Filters.places` is compared with it."""
    return fold_words(article.place) if article.place else None


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


def _query(given: Mapping[str, object]) -> Node | None:
    """Return what `query` and `text` ask for, None where neither is given."""
    nodes: list[Node] = []
    query, text = given.get("query"), _string(given, "text")
    if isinstance(query, Node):
        nodes.append(query)
    elif query is not None:
        nodes.append(with_fields(parse_query(_checked_string("query", query)), _as_stored))
    if text is not None:
        words = exact_words(text)
        if words is None:
            raise ValueError(f"text: {text!r} holds no word to look for")
        nodes.append(words)
    if len(nodes) < 2:
        return nodes[0] if nodes else None
    return And(tuple(nodes))


def _as_stored(field: Field) -> Node:
    """Return a field of a query with the value, or the values, that stored articles have."""
    match field.name:
        case "place":
            names = {fold_words(name) for name in place_values(field.value)}
            return Or(tuple(Field("place", name) for name in sorted(names)))
        case "source":
            ids = sorted(source_values(field.value))
            return Or(tuple(Field("source", source_id) for source_id in ids))
        case _:
            return field


def _order(given: Mapping[str, object]) -> Order:
    order = _string(given, "order")
    match order:
        case None | "time":
            return "time"
        case "relevance":
            return "relevance"
        case _:
            raise ValueError(f"order: {order!r} is none of {', '.join(ORDERS)}")


def _after(given: Mapping[str, object], tiers: tuple[Tier, ...]) -> tuple[str | None, Tier | None]:
    """Return the id in `after`, and its tier where the list has tiers."""
    after = _string(given, "after")
    if after is None or not tiers:
        return after, None
    named, _, item_id = after.partition(":")
    for tier in tiers:
        if tier == named:
            return item_id, tier
    raise ValueError(f"after: {after!r} is no cursor of a list by relevance")


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

"""The outlets, countries, sources and places that people mean by the names they write.

A name that neither the tables nor the store know is an error with those most like it: a search for
it would end in a quiet nothing.
"""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from crawler.gazetteer import gazetteer
from crawler.gazetteer.names import ids_named
from crawler.gazetteer.tables import key
from crawler.outlet import Outlet
from crawler.search import Field, Node, Or, fields_of, parse_query, with_fields
from crawler.sources.places import country_codes, country_names, place_names, place_spellings
from crawler.storage import StoryReader
from crawler.storage.filters import place_values, source_values
from crawler.text import fold_words, printable

_SHOWN = 3  # names like an unknown one
_TOLD = 80  # letters of an unknown name
_LIKENESS = 0.7  # of 1: fewer letters in common are no help


class UnknownName(ValueError):
    """A name that nothing has; the message names it and those most like it."""


def outlets_named(name: str, declared: Iterable[Outlet]) -> frozenset[str]:
    """Return the names of the declared outlets that `name` may mean: a name, a title, in English or
    as it is printed, a host, or the publisher's name."""
    by_name = {outlet.name: outlet for outlet in declared}
    if name in by_name:
        return frozenset((name,))
    folded, publishers = key(name), ids_named(name)
    return frozenset(
        outlet.name
        for outlet in by_name.values()
        if outlet.publisher in publishers
        or folded in (key(outlet.name), key(outlet.title), key(outlet.native))
    )


def country_named(name: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of a country. Raises UnknownName."""
    codes = country_codes(name)
    if len(codes) != 1:
        raise _unknown("country", name, country_names())
    return next(iter(codes))


async def outlets_in(store: StoryReader, name: str, declared: Collection[Outlet]) -> frozenset[str]:
    """Return the names of the outlets, declared or stored, that `name` may mean. Raises UnknownName
    and StoreError."""
    if named := outlets_named(name, declared):
        return named
    stored = await store.outlets()
    if name in stored:
        return frozenset((name,))
    titles = (title for each in declared for title in (each.name, each.title, each.native))
    raise _unknown("outlet", name, (*titles, *stored))


async def sources_in(store: StoryReader, name: str) -> frozenset[str]:
    """Return the sources that `name` may mean, as articles are stored with them. Raises UnknownName
    and StoreError."""
    if not ids_named(name):
        stored = await store.source_names()
        if name not in stored:
            names = (each for entry in gazetteer().by_id.values() for each in entry.names)
            raise _unknown("source", name, (*names, *gazetteer().by_id, *stored))
    return source_values(name)


async def places_in(store: StoryReader, name: str) -> frozenset[str]:
    """Return the names, in all scripts, of the places that `name` may mean. Raises UnknownName and
    StoreError."""
    if not place_spellings(name):
        stored = await store.place_names()
        if fold_words(name) not in map(fold_words, stored):
            raise _unknown("place", name, (*place_names(), *stored))
    return place_values(name)


async def resolve_names(
    store: StoryReader, filters: dict[str, object], declared: Collection[Outlet]
) -> None:
    """Replace the names in `filters` (those of `StoryReader.search`, as people write them) by what
    articles are stored with, so that they can be asked.

    declared: the outlets that names may mean. Raises UnknownName for a name that nothing has,
    QueryError for a query that asks for too much, and StoreError.
    """
    for name in ("outlet", "source", "place"):
        value = filters[name]
        if isinstance(value, str):
            filters[name] = await _values(store, name, value, declared)
    query = filters["query"]
    if isinstance(query, str):
        node = parse_query(query)
        known = {each: await _known(store, each, declared) for each in set(fields_of(node))}
        filters["query"] = with_fields(node, known.__getitem__)


async def _values(
    store: StoryReader, name: str, value: str, declared: Collection[Outlet]
) -> frozenset[str]:
    """Return what the field `name` holds of articles for which `value` is a name."""
    match name:
        case "outlet":
            return await outlets_in(store, value, declared)
        case "source":
            return await sources_in(store, value)
        case "place":
            return frozenset(map(fold_words, await places_in(store, value)))
        case _:
            return frozenset((value,))


async def _known(store: StoryReader, field: Field, declared: Collection[Outlet]) -> Node:
    """Return a field of the query with the values that articles are stored with."""
    values = await _values(store, field.name, field.value, declared)
    return Or(tuple(Field(field.name, value) for value in sorted(values)))


def _unknown(kind: str, name: str, names: Iterable[str]) -> UnknownName:
    by_key = {key(each): each for each in sorted(names)}
    nearest = [
        printable(by_key[near]) for near in get_close_matches(key(name), by_key, _SHOWN, _LIKENESS)
    ]
    short = name if len(name) <= _TOLD else f"{name[:_TOLD]}…"
    told = f"unknown {kind} {short!r}"
    if nearest:
        return UnknownName(f"{told}; did you mean {' or '.join(nearest)}?")
    return UnknownName(f"{told}: neither the tables nor the store have it")

"""Putting what articles are stored with for the names in a query of stories."""

from collections.abc import Collection

from crawler.known_names import outlets_in, places_in, sources_in
from crawler.outlet import Outlet
from crawler.search import Field, Node, Or, fields_of, parse_query, with_fields
from crawler.storage import StoryReader
from crawler.text import fold_words


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

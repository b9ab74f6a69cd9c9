"""The base of the commands that take a query of stories, with the options of that query.

Not in `crawler.commands`, where Scrapy would take the base for a command of its own.
"""

import argparse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from scrapy.exceptions import UsageError

from crawler.known_names import UnknownName, country_named, resolve_names
from crawler.search import QueryError
from crawler.storage import Store
from crawler.storage.filters import GENRES, parse_filters
from crawler.store_command import (
    StoreCommand,
    add_zone_option,
    positive,
    read_span_options,
    read_zone_option,
)

_OTHER_FILTERS = ("outlet", "language", "country", "place", "genre", "source", "text", "limit")


class QueryCommand(StoreCommand):
    """A command over the stories that a query names; the query is the same for all of them.

    QUERY is read by `crawler.search.parse_query`.
    """

    default_limit: int | None = None
    """Largest number of stories where `--limit` is not given; None is no limit."""

    def syntax(self) -> str:
        return "[options] [QUERY]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--outlet", metavar="NAME", help="only stories that this outlet ran, e.g. BBC Urdu"
        )
        parser.add_argument(
            "--language", choices=("ar", "ur"), help="only stories in this language"
        )
        parser.add_argument(
            "--country", metavar="NAME", help="only stories of outlets of this country, e.g. PK"
        )
        parser.add_argument(
            "--place", metavar="NAME", help="only stories written there, e.g. Moscow, موسكو"
        )
        parser.add_argument(
            "--genre", choices=GENRES, help="only stories of this genre, as the outlet names it"
        )
        parser.add_argument(
            "--since",
            metavar="WHEN",
            help="published then or later: a date, an instant, today, yesterday, 7d or 24h",
        )
        parser.add_argument("--until", metavar="WHEN", help="published before then")
        add_zone_option(parser)
        parser.add_argument(
            "--source",
            metavar="NAME",
            help="only stories from this agency or publisher, e.g. Sputnik",
        )
        parser.add_argument(
            "--text", metavar="WORDS", help="only stories with all these words, exactly so"
        )
        parser.add_argument(
            "--limit",
            type=positive,
            default=self.default_limit,
            help=f"how many at most (default: {self.default_limit or 'all'})",
        )

    def read_filters(self, args: list[str], opts: argparse.Namespace) -> dict[str, object]:
        """Return the filters of `Store.stories` that the arguments and options name. Raises
        UsageError."""
        filters = {name: getattr(opts, name) for name in _OTHER_FILTERS}
        filters["query"] = " ".join(args) if args else None
        zone = read_zone_option(opts.zone)
        filters["since"], filters["until"] = read_span_options(opts, zone)
        try:
            if opts.country is not None:
                filters["country"] = country_named(opts.country)
            parse_filters({**filters, "country": None}, None)
        except ValueError as error:
            raise UsageError(str(error), print_help=False) from None
        return filters

    @asynccontextmanager
    async def open_for(self, filters: dict[str, object]) -> AsyncIterator[Store]:
        """Open the store, and put the names that it knows for those in `filters`, so that these can
        be asked. Raises StoreError, and UsageError for a name that nothing has or a query that asks
        for too much."""
        async with self.open_store(countries=self._countries(filters)) as store:
            try:
                await resolve_names(store, filters, self.declared_outlets())
                yield store
            except (UnknownName, QueryError) as error:
                raise UsageError(str(error), print_help=False) from None

    def _countries(self, filters: dict[str, object]) -> dict[str, str] | None:
        """Return the country of each outlet, which only a filter by country needs: all
        declarations must be loaded for it."""
        if not filters["country"]:
            return None
        return {outlet.name: outlet.country for outlet in self.declared_outlets()}

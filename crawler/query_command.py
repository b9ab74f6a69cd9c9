"""The base of the commands that take a query of stories, with the options of that query.

Not in `crawler.commands`, where Scrapy would take the base for a command of its own.
"""

import argparse
from contextlib import AbstractAsyncContextManager

from scrapy.exceptions import UsageError

from crawler.storage import Store
from crawler.storage.filters import GENRES, parse_filters
from crawler.store_command import StoreCommand, positive, read_instant_option

_INSTANTS = ("since", "until")
_OTHER_FILTERS = ("outlet", "language", "country", "place", "genre", "source", "text", "limit")


class QueryCommand(StoreCommand):
    """A command over the stories that a query names; the query is the same for all of them."""

    default_limit: int | None = None
    """Largest number of stories where `--limit` is not given; None is no limit."""

    def syntax(self) -> str:
        return "[options] [QUERY]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--outlet", help="only stories that this outlet ran (see `scrapy list`)"
        )
        parser.add_argument(
            "--language", choices=("ar", "ur"), help="only stories in this language"
        )
        parser.add_argument(
            "--country", metavar="CC", help="only stories of outlets of this country, e.g. PK"
        )
        parser.add_argument("--place", help="only stories written there, as printed")
        parser.add_argument(
            "--genre", choices=GENRES, help="only stories of this genre, as the outlet names it"
        )
        parser.add_argument(
            "--since", metavar="WHEN", help="published then or later: a date (UTC) or an instant"
        )
        parser.add_argument("--until", metavar="WHEN", help="published before then")
        parser.add_argument(
            "--source",
            metavar="ID",
            help="only stories from this agency or publisher, e.g. sputnik",
        )
        parser.add_argument(
            "--text", metavar="WORDS", help="only stories with these words, as QUERY"
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
        if args:
            if opts.text is not None:
                raise UsageError("QUERY and --text are the same: give one", print_help=False)
            filters["text"] = " ".join(args)
        for name in _INSTANTS:
            filters[name] = read_instant_option(f"--{name}", getattr(opts, name))
        try:
            parse_filters({**filters, "country": None}, None)
        except ValueError as error:
            raise UsageError(str(error), print_help=False) from None
        return filters

    def open_for(self, filters: dict[str, object]) -> AbstractAsyncContextManager[Store]:
        """Open the store so that `filters` can be asked. Raises StoreError."""
        return self.open_store(countries=self._countries(filters))

    def _countries(self, filters: dict[str, object]) -> dict[str, str] | None:
        """Return the country of each outlet, which only a filter by country needs: all
        declarations must be loaded for it."""
        if not filters["country"]:
            return None
        return {outlet.name: outlet.country for outlet in self.declared_outlets()}

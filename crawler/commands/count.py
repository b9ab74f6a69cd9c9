"""`scrapy count`: how much was printed of a query, by day, outlet, agency, place or language."""

import argparse
import sys
from datetime import tzinfo

from crawler.attention import BY, count
from crawler.display.jsonl import count_line
from crawler.display.tables import print_counts
from crawler.query_command import QueryCommand
from crawler.store_command import add_json_option, read_zone_option


class Command(QueryCommand):
    def short_desc(self) -> str:
        return "Count the stories that match, by day, outlet, agency, place or language"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--by", choices=tuple(BY), required=True)
        add_json_option(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        filters = self.read_filters(args, opts)
        zone = read_zone_option(opts.zone)
        self.execute(self.show(filters, opts.by, opts.limit, zone, as_json=opts.json))

    async def show(
        self,
        filters: dict[str, object],
        by: str,
        limit: int | None,
        zone: tzinfo,
        *,
        as_json: bool,
    ) -> None:
        """Print at most `limit` numbers of the articles that `filters` let through; days are those
        of `zone`."""
        async with self.open_for(filters) as store:
            counts = await count(store.articles(**{**filters, "limit": None}), by, zone)
        if as_json:
            for each in counts[:limit]:
                print(count_line(by, each))
        elif counts:
            print_counts(by, counts[:limit])
        else:
            print("No stored story matches.", file=sys.stderr)

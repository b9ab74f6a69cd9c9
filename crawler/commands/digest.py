"""`scrapy digest`: one message of what was printed, to be sent by mail."""

import argparse
import sys
from datetime import UTC, datetime, tzinfo

from crawler.digest.gather import Digest, gather
from crawler.digest.html import as_html
from crawler.digest.labels import LABELS, Language, Names
from crawler.digest.text import as_text
from crawler.display.jsonl import digest_line
from crawler.export.destination import STDOUT, ExportError, UnwritableError, opened
from crawler.health.status import Status
from crawler.query_command import QueryCommand
from crawler.store_command import read_zone_option

_FORMATS = ("html", "text", "json")


class Command(QueryCommand):
    default_limit = 10

    def short_desc(self) -> str:
        return "Write a message of the largest stories, and of outlets that need a look"

    def long_desc(self) -> str:
        return (
            "Write one message to be sent by mail: the stories with the most copies that match"
            " QUERY, their places and agencies, and the outlets that somebody has to look at."
            " --since is 24h where it is not given; --limit is the number of stories shown."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--ui", choices=tuple(LABELS), default="en", help="language of the message"
        )
        parser.add_argument("--format", choices=_FORMATS, default="html", help="default: html")
        parser.add_argument(
            "-o", "--output", metavar="PATH", default=STDOUT, help='"-" is stdout (the default)'
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if opts.since is None:
            opts.since = "24h"
        filters = self.read_filters(args, opts)
        filters["limit"] = None
        zone = read_zone_option(opts.zone)
        self.execute(self.write(filters, opts.limit, opts.ui, opts.format, zone, opts.output))

    async def write(
        self,
        filters: dict[str, object],
        largest: int,
        language: Language,
        format_name: str,
        zone: tzinfo,
        path: str,
    ) -> Status:
        """Write the digest of the stories that `filters` let through; return the exit status."""
        outlets = {outlet.name: outlet for outlet in self.declared_outlets()}
        since, until = (filters[name] for name in ("since", "until"))
        try:
            with opened(path) as file:
                async with self.open_for(filters) as store:
                    digest = await gather(
                        store.stories(**filters),
                        await self.judge_outlets(store, outlets.values()),
                        since=since if isinstance(since, datetime) else None,
                        until=until if isinstance(until, datetime) else datetime.now(UTC),
                        largest=largest,
                    )
                names = Names(language, outlets)
                file.write(_written(digest, language, format_name, names, zone).encode())
        except ExportError as error:
            print(f"scrapy digest: {error}", file=sys.stderr)
            return Status.USAGE if isinstance(error, UnwritableError) else Status.ERROR
        return Status.DONE


def _written(
    digest: Digest, language: Language, format_name: str, names: Names, zone: tzinfo
) -> str:
    if format_name == "json":
        return f"{digest_line(digest)}\n"
    write = as_html if format_name == "html" else as_text
    return write(digest, LABELS[language], names, zone)

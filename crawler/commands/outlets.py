"""`scrapy outlets`: the declared outlets, with the state and the number of stories of each."""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime

from crawler.display.jsonl import json_line
from crawler.display.outlets import summarise, summarise_broken
from crawler.display.tables import print_outlets
from crawler.health.status import Status
from crawler.outlet import Outlet
from crawler.spiders.crawled import check_outlets_off, state_off_crawl
from crawler.spiders.loader import BrokenDeclaration
from crawler.store_command import (
    StoreCommand,
    add_json_option,
    add_outlet_options,
    refuse_arguments,
    select_outlets,
)


class Command(StoreCommand):
    def short_desc(self) -> str:
        return "Show the declared outlets, with their state and stories"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_outlet_options(parser)
        add_json_option(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_arguments(args)
        assert self.settings is not None
        declared = self.declared_outlets()
        check_outlets_off(self.settings, [outlet.name for outlet in declared])
        outlets = select_outlets(declared, opts)
        self.execute(self.show(outlets, self.broken_declarations(), as_json=opts.json))

    async def show(
        self, outlets: list[Outlet], broken: Sequence[BrokenDeclaration], *, as_json: bool
    ) -> Status:
        """Print a summary of each outlet, and `broken` declarations as failed; return DEGRADED if
        there are any."""
        assert self.settings is not None
        off = {outlet.name: state_off_crawl(outlet, self.settings) for outlet in outlets}
        async with self.open_store() as store:
            summaries = await summarise(store, outlets, off, now=datetime.now(UTC))
        summaries += [summarise_broken(declaration.file) for declaration in broken]
        if as_json:
            for summary in summaries:
                print(json_line(summary))
        else:
            print_outlets(summaries)
        return Status.DEGRADED if broken else Status.DONE

"""`scrapy health`: the state of each outlet, and why."""

import argparse
from datetime import UTC, datetime

from scrapy.exceptions import UsageError

from crawler.display.jsonl import json_line
from crawler.display.tables import print_health
from crawler.health.outlet_state import Health, judge, last_success, recent_runs
from crawler.health.status import Status
from crawler.outlet import Outlet
from crawler.storage import open_store
from crawler.store_command import StoreCommand, add_outlet_options, select_outlets


class Command(StoreCommand):
    def syntax(self) -> str:
        return "[options] [outlet ...]"

    def short_desc(self) -> str:
        return "Show each outlet's state, judged by its own past runs"

    def long_desc(self) -> str:
        return (
            "Show each outlet's state (healthy, quiet, degraded, failed, refused or never run), why, and when it "
            "was last read. The exit status is 10 when one is degraded, failed or refused."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_outlet_options(parser)
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        declared = self.declared_outlets()
        if unknown := sorted({*args} - {outlet.name for outlet in declared}):
            raise UsageError(
                f"unknown outlet {unknown[0]!r}; `scrapy list` shows them", print_help=False
            )
        outlets = [
            outlet for outlet in select_outlets(declared, opts) if not args or outlet.name in args
        ]
        if not outlets:
            raise UsageError("no outlet matches", print_help=False)
        self.execute(self.show(outlets, as_json=opts.json))

    async def show(self, outlets: list[Outlet], *, as_json: bool) -> Status:
        judged: list[tuple[Health, datetime | None]] = []
        async with open_store(self.store_uri) as store:
            for outlet in outlets:
                health = judge(
                    outlet.name, await recent_runs(store, outlet.name), now=datetime.now(UTC)
                )
                if as_json:
                    print(json_line(health))
                judged.append((health, await last_success(store, outlet.name)))
        if not as_json:
            print_health(judged)
        return Status.DEGRADED if any(health.alarming for health, _ in judged) else Status.DONE

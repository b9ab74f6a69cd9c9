"""`scrapy health`: the state of each outlet, and the reasons for it."""

import argparse
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from scrapy.exceptions import UsageError

from crawler.causes import Cause
from crawler.display.jsonl import json_line
from crawler.display.tables import print_health
from crawler.health.outlet_state import Health, Reason, judge, last_success, recent_runs
from crawler.health.status import Status
from crawler.outlet import Outlet
from crawler.spiders.crawled import state_off_crawl
from crawler.spiders.loader import BrokenDeclaration, unknown_name
from crawler.store_command import (
    StoreCommand,
    add_json_option,
    add_outlet_options,
    select_outlets,
)


class Command(StoreCommand):
    def syntax(self) -> str:
        return "[options] [outlet ...]"

    def short_desc(self) -> str:
        return "Show each outlet's state, judged by its own past runs"

    def long_desc(self) -> str:
        return (
            "Show each outlet's state (healthy, quiet, degraded, failed, refused or never run),"
            " why, and when it was last read. The exit status is 10 when one is degraded, failed"
            " or refused."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_outlet_options(parser)
        add_json_option(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        outlets = self.declared_outlets()
        broken = self.broken_declarations()
        if args:
            outlets, broken = _named(args, outlets), []
        else:
            # Nobody needs to look at an outlet that nobody crawls.
            outlets = [each for each in outlets if not state_off_crawl(each, self.settings)]
        selected = select_outlets(outlets, opts)
        self.execute(self.show(selected, broken, as_json=opts.json))

    async def show(
        self, outlets: Iterable[Outlet], broken: Iterable[BrokenDeclaration], *, as_json: bool
    ) -> Status:
        """Print the health of `outlets`, and `broken` declarations as failed; return DEGRADED if
        somebody has to look."""
        judged: list[tuple[Health, datetime | None]] = []
        async with self.open_store() as store:
            for outlet in outlets:
                runs = await recent_runs(store, outlet.name)
                health = judge(outlet.name, runs, now=datetime.now(UTC))
                if as_json:
                    print(json_line(health))
                judged.append((health, await last_success(store, outlet.name)))
        for declaration in broken:
            reason = Reason(Cause.DECLARATION, declaration.problem)
            health = Health(declaration.file, "failed", (reason,))
            if as_json:
                print(json_line(health))
            judged.append((health, None))
        if not as_json:
            print_health(judged)
        return Status.DEGRADED if any(health.alarming for health, _ in judged) else Status.DONE


def _named(names: Sequence[str], outlets: Iterable[Outlet]) -> list[Outlet]:
    """Return the outlets of these names, in their own order. Raises UsageError for an unknown
    name."""
    by_name = {outlet.name: outlet for outlet in outlets}
    if unknown := sorted(set(names) - set(by_name)):
        raise UsageError(unknown_name("outlet", unknown[0], by_name), print_help=False)
    return [outlet for name, outlet in by_name.items() if name in names]

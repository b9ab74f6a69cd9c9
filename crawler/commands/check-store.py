"""`scrapy check-store`: hold the store against its own promises."""

import argparse
import json
import sys
from dataclasses import asdict

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from crawler.health.status import Status
from crawler.storage import Store
from crawler.storage.checking import Findings, check_store, repair
from crawler.store_command import StoreCommand, add_json_option, refuse_arguments

MAX_LISTED = 50
"""Faults that are listed without --json; the others are only counted."""


class Command(StoreCommand):
    def short_desc(self) -> str:
        return "Check that the store keeps its promises, and repair what can be"

    def long_desc(self) -> str:
        return (
            "Check the file, each article with its older texts, story, words, sources and"
            " postings, each link, alias and tombstone, the counts, and the numbers of each day;"
            " days that have changed are counted afresh. The exit status is 1 when"
            " something is wrong, or stays wrong after --repair. Not while a crawl runs."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--repair", action="store_true", help="repair what can be, and check again"
        )
        add_json_option(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_arguments(args)
        self.execute(self.check(with_repair=opts.repair, as_json=opts.json))

    async def check(self, *, with_repair: bool, as_json: bool) -> Status:
        """Check the store, repair it if `with_repair`, and print what is wrong."""
        async with self.open_store() as store:
            if crawl := await self.crawl_under_way(store):
                print(f"scrapy check-store: {crawl}; wait for it", file=sys.stderr)
                return Status.ALREADY_RUNNING
            findings = await _check(store)
            if findings.faults and with_repair:
                print(f"{len(findings.faults)} faults found; repairing", file=sys.stderr)
                await repair(store, findings)
                findings = await _check(store)
        _report(findings, as_json=as_json)
        return Status.ERROR if findings.faults else Status.DONE


async def _check(store: Store) -> Findings:
    columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed}"))
    with Progress(
        *columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()
    ) as progress:
        tasks = {}

        def advance(work: str, count: int) -> None:
            if work not in tasks:
                tasks[work] = progress.add_task(work, total=None)
            progress.advance(tasks[work], count)

        return await check_store(store, advance)


def _report(findings: Findings, *, as_json: bool) -> None:
    faults = findings.faults
    if as_json:
        for fault in faults:
            print(json.dumps(asdict(fault), ensure_ascii=False))
        return
    for fault in faults[:MAX_LISTED]:
        hint = " (not repairable here: see docs/operation.md)" if fault.is_lasting else ""
        print(f"{fault.subject}: {fault.problem}{hint}")
    if len(faults) > MAX_LISTED:
        print(f"and {len(faults) - MAX_LISTED} more")
    print(f"{len(faults)} faults" if faults else "The store keeps its promises.")

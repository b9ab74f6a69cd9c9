"""`scrapy regroup`: group what is stored by today's rules."""

import argparse
import sys
from collections.abc import Mapping
from datetime import datetime
from itertools import islice

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text
from scrapy.exceptions import UsageError

from crawler.display.console import StdoutConsole
from crawler.display.terminal import isolated_headline
from crawler.health.status import Status
from crawler.spiders.loader import unknown_name
from crawler.storage import Store
from crawler.storage.readdressing import readdress, refusal
from crawler.storage.regrouping import regroup, rehearse
from crawler.store_command import StoreCommand, read_instant_option, refuse_arguments
from crawler.stories.regrouping import Regrouped

MAX_LISTED = 50
"""Stories joined, and stories parted, that are listed; the others are only counted."""


class Command(StoreCommand):
    goes_on = True

    def short_desc(self) -> str:
        return "Group stored articles into stories anew, by today's rules"

    def long_desc(self) -> str:
        return (
            "Learn what each outlet prints under many stories, and apply this and the rules of"
            " today to stored articles, newest first. Broken off, it goes on where it was when"
            " asked again. Articles that by the declaration of their outlet today stand at another"
            " address move there first, unless --since is given."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--outlet", help="only articles that this outlet ran (see `scrapy list`)"
        )
        parser.add_argument(
            "--since", metavar="WHEN", help="published then or later: a date (UTC) or an instant"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change and change nothing"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_arguments(args)
        since = read_instant_option("--since", opts.since)
        self.execute(self.regroup(opts.outlet, since, dry_run=opts.dry_run))

    async def regroup(self, outlet: str | None, since: datetime | None, *, dry_run: bool) -> Status:
        """Group the articles of `outlet` since `since`, of all where those are None, and print the
        changes."""
        status = Status.DONE
        work = rehearse if dry_run else regroup
        columns = (
            TextColumn("regrouping"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        async with self.open_store() as store:
            known = {each.name for each in self.declared_outlets()} | set(await store.outlets())
            if outlet is not None and outlet not in known:
                raise UsageError(unknown_name("outlet", outlet, known), print_help=False)
            if since is None:
                status = await self.readdress(store, outlet, dry_run=dry_run)
            # Each article is looked at twice; how many a filter lets through is not known before.
            total = None if outlet or since else 2 * (await store.counts())["articles"]
            with Progress(
                *columns,
                console=Console(stderr=True),
                transient=True,
                disable=not sys.stderr.isatty(),
            ) as progress:
                task = progress.add_task("regrouping", total=total)
                regrouped = await work(
                    store,
                    outlet=outlet,
                    since=since,
                    progress=lambda count: progress.advance(task, count),
                )
            await self.report(store, regrouped, dry_run=dry_run)
        return status

    async def readdress(self, store: Store, name: str | None, *, dry_run: bool) -> Status:
        """Move the articles of the outlet `name`, of all where it is None, to the addresses that
        their declarations give, and print how many moved."""
        stored = await store.outlets()
        would = "would move" if dry_run else "moved"
        status = Status.DONE
        for outlet in self.declared_outlets():
            if outlet.name not in stored or name not in (None, outlet.name):
                continue
            readdressed = await readdress(store, outlet, dry_run=dry_run)
            if readdressed.refused:
                print(refusal(outlet, readdressed), file=sys.stderr)
                status = Status.DEGRADED
            elif readdressed.moved:
                print(
                    f"{outlet.name}: {readdressed.moved} articles {would} to the addresses that its"
                    " declaration gives"
                )
        return status

    async def report(self, store: Store, regrouped: Regrouped, *, dry_run: bool) -> None:
        """Print how many stories were joined and parted, and list them."""
        console = StdoutConsole(soft_wrap=True, highlight=False)
        would = "would be " if dry_run else ""
        joined, parted = regrouped.joined, regrouped.parted
        console.print(
            f"{regrouped.article_count} articles:"
            f" {_count_all(joined)} stories {would}joined into {len(joined)},"
            f" {len(parted)} {would}parted into {_count_all(parted)}"
        )
        await self.list_changes(store, "joined", joined, console)
        await self.list_changes(store, "parted", parted, console)

    async def list_changes(
        self, store: Store, change: str, stories: Mapping[str, list[str]], console: Console
    ) -> None:
        """Print each of `stories` with its headline and the stories it was joined of or parted
        into."""
        for story, others in islice(stories.items(), MAX_LISTED):
            earliest = await store.article(story)
            article = earliest.article if earliest else None
            headline = isolated_headline(
                article.headline if article else None,
                article.language if article else None,
                terminal=console.is_terminal,
            )
            console.print(Text(f"{change}  {story}  {headline}"))
            for other in others:
                console.print(Text(f"        {other}", style="dim"))
        if len(stories) > MAX_LISTED:
            console.print(f"        and {len(stories) - MAX_LISTED} more {change}")


def _count_all(stories: Mapping[str, list[str]]) -> int:
    return sum(len(others) for others in stories.values())

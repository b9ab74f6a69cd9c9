"""`scrapy regroup`: group what is stored by today's rules."""

import argparse
import sys
from collections.abc import Mapping
from datetime import datetime

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from crawler.health.status import Status
from crawler.storage import Store, open_store
from crawler.storage.regrouping import regroup, rehearse
from crawler.store_command import StoreCommand, read_instant_option, refuse_arguments
from crawler.stories.regrouping import Regrouped
from crawler.text import isolated

_SHOWN = 50  # changed stories of each kind that are listed


class Command(StoreCommand):
    def short_desc(self) -> str:
        return "Group stored articles into stories anew, by today's rules"

    def long_desc(self) -> str:
        return (
            "Learn what each outlet prints under many stories, and apply this and the rules of today to stored "
            "articles, newest first. Broken off, it goes on where it was when asked again."
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
        try:
            self.execute(self.regroup(opts.outlet, since, dry_run=opts.dry_run))
        except KeyboardInterrupt:
            print("scrapy regroup: broken off; the same command goes on from here", file=sys.stderr)
            self.exitcode = Status.DEGRADED

    async def regroup(self, outlet: str | None, since: datetime | None, *, dry_run: bool) -> None:
        async with open_store(self.store_uri) as store:
            total = None if outlet or since else 2 * (await store.counts())["articles"]
            columns = (
                TextColumn("regrouping"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
            )
            with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
                task = progress.add_task("regrouping", total=total)
                work = rehearse if dry_run else regroup
                done = await work(
                    store,
                    outlet=outlet,
                    since=since,
                    progress=lambda count: progress.advance(task, count),
                )
            await self.report(store, done, dry_run=dry_run)

    async def report(self, store: Store, done: Regrouped, *, dry_run: bool) -> None:
        console = Console(soft_wrap=True, highlight=False)
        would = "would be " if dry_run else ""
        console.print(
            f"{done.seen} articles: {sum(map(len, done.joined.values()))} stories {would}joined into "
            f"{len(done.joined)}, {len(done.parted)} {would}parted into {sum(map(len, done.parted.values()))}"
        )
        for word, stories in (("joined", done.joined), ("parted", done.parted)):
            await self.list(store, word, stories, console)

    async def list(
        self, store: Store, word: str, stories: Mapping[str, list[str]], console: Console
    ) -> None:
        for story, others in list(stories.items())[:_SHOWN]:
            earliest = await store.article(story)
            headline = (
                earliest.article.headline
                if earliest and earliest.article.headline
                else "(no headline)"
            )
            console.print(Text(f"{word}  {story}  {isolated(headline)}"))
            for other in others:
                console.print(Text(f"        {other}", style="dim"))
        if len(stories) > _SHOWN:
            console.print(f"        and {len(stories) - _SHOWN} more {word}")

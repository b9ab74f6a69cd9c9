"""`scrapy forget`: remove articles for good, and keep them out."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn
from scrapy.exceptions import UsageError

from crawler.health.status import Status
from crawler.runs.store_access import spool_path
from crawler.spiders.loader import unknown_name
from crawler.storage import Retention, Store, Tombstone
from crawler.storage.codec import iso_instant
from crawler.storage.spool import Spool
from crawler.storage.unspooling import remove_from_spool
from crawler.store_command import (
    StoreCommand,
    add_json_option,
    read_instant_option,
    refuse_arguments,
)

MAX_REASON = 1000  # characters
_MINUTE = "%Y-%m-%d %H:%M"


class Command(StoreCommand):
    goes_on = True

    def syntax(self) -> str:
        return "[options] <id or address> ..."

    def short_desc(self) -> str:
        return "Remove articles for good, and keep them out"

    def long_desc(self) -> str:
        return (
            "Remove an article with its older texts, words and keys, and from the spool. What is"
            " kept is its address, the hash of its text, the time and the reason, by which a later"
            " crawl, spool or replay of the article is refused and counted as forgotten. Copies of"
            " other outlets stay. With --before, remove the articles of outlets that are older, and"
            " refuse older ones from then on. Broken off, the same command goes on."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--reason", metavar="TEXT", help="why; it is kept and listed")
        parser.add_argument(
            "--before",
            metavar="WHEN",
            help="remove all articles of --outlet that are older: a date (UTC) or an instant",
        )
        parser.add_argument(
            "--outlet", action="append", metavar="NAME", help="with --before or --undo; repeatable"
        )
        parser.add_argument("--list", action="store_true", help="show what was removed, and why")
        parser.add_argument(
            "--undo",
            action="store_true",
            help="take the articles, or old ones of --outlet, again; their texts stay removed",
        )
        parser.add_argument(
            "--compact",
            action="store_true",
            help="write the store's file anew afterwards (SQLite), without pages freed earlier",
        )
        add_json_option(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if opts.json and not opts.list:
            raise UsageError("--json goes with --list", print_help=False)
        if opts.list:
            refuse_arguments(args)
            self.execute(self.show(as_json=opts.json))
        elif opts.undo:
            if not args and not opts.outlet:
                raise UsageError("--undo: name articles, or --outlet", print_help=False)
            self.execute(self.undo(args, opts.outlet or ()))
        elif opts.before:
            refuse_arguments(args)
            self.remove_old(opts)
        else:
            if not args or opts.outlet:
                raise UsageError(
                    "name an article by id or address, or --before and --outlet", print_help=False
                )
            self.execute(self.forget(args, read_reason(opts.reason), compact=opts.compact))

    def remove_old(self, opts: argparse.Namespace) -> None:
        """Run `forget_before` with the options."""
        before = read_instant_option("--before", opts.before)
        assert before is not None
        if not opts.outlet:
            raise UsageError("--before: name the outlets (--outlet NAME)", print_help=False)
        if before > datetime.now(UTC):
            raise UsageError("--before: that is in the future", print_help=False)
        reason = read_reason(opts.reason)
        self.execute(self.forget_before(opts.outlet, before, reason, compact=opts.compact))

    async def forget(self, names: Sequence[str], reason: str, *, compact: bool) -> Status:
        """Remove the articles of these ids and addresses; those that are not stored are an
        error."""
        status = Status.DONE
        tombstones = []
        async with self.open_store() as store:
            for name in names:
                stored = await self.find_article(store, name)
                if stored is not None:
                    tombstone = await store.forget(stored.id, reason)
                else:
                    tombstone = await self.find_tombstone(store, name)
                if tombstone is None:
                    print(f"scrapy forget: {name} is not stored", file=sys.stderr)
                    status = Status.USAGE
                    continue
                tombstones.append(tombstone)
                print(await _told(store, tombstone, is_new=stored is not None))
            if tombstones:
                await self.end(store, tombstones, [], compact=compact)
        return status

    async def forget_before(
        self, outlets: Sequence[str], before: datetime, reason: str, *, compact: bool
    ) -> Status:
        """Remove the articles of `outlets` that are older than `before`."""
        async with self.open_store() as store:
            known = {outlet.name for outlet in self.declared_outlets()} | set(await store.outlets())
            for name in outlets:
                if name not in known:
                    raise UsageError(unknown_name("outlet", name, known), print_help=False)
            columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed} removed"))
            with Progress(
                *columns,
                console=Console(stderr=True),
                transient=True,
                disable=not sys.stderr.isatty(),
            ) as progress:
                for name in outlets:
                    task = progress.add_task(name, total=None)
                    removed = 0
                    while count := await store.forget_before(name, before, reason):
                        removed += count
                        progress.advance(task, count)
                    print(f"{name}: {removed} articles from before {before:{_MINUTE}} removed")
            retentions = [each for each in await store.retentions() if each.outlet in outlets]
            await self.end(store, [], retentions, compact=compact)
        return Status.DONE

    async def end(
        self,
        store: Store,
        tombstones: Sequence[Tombstone],
        retentions: Sequence[Retention],
        *,
        compact: bool,
    ) -> None:
        """Remove the same articles from the spool, and the bytes from the store's files; print
        where removed texts may still stand."""
        assert self.settings is not None
        declared = {outlet.name: outlet for outlet in self.declared_outlets()}
        spool = Spool(spool_path(self.settings["SPOOL"], self.store_uri))
        removed = remove_from_spool(spool, tombstones, retentions, declared.get)
        if removed.lines:
            print(f"{removed.lines} more removed from the spool")
        left = await store.purge(compact=compact)
        if removed.busy:
            left.append("a spool that a crawl is storing now: run the command again after it")
        print("Not reached from here, where the text may still stand:")
        for place in left:
            print(f"  {place}")

    async def show(self, *, as_json: bool) -> None:
        """Print what was removed, newest first, and the retentions."""
        async with self.open_store() as store:
            retentions = await store.retentions()
            count = 0
            async for tombstone in store.tombstones():
                count += 1
                story = await store.resolve_story(tombstone.id)
                print(_tombstone_json(tombstone, story) if as_json else _tombstone_line(tombstone))
        for retention in retentions:
            print(_retention_json(retention) if as_json else _retention_line(retention))
        if not count and not retentions and not as_json:
            print("Nothing was removed.", file=sys.stderr)

    async def undo(self, names: Sequence[str], outlets: Sequence[str]) -> Status:
        """Lift tombstones and retentions; those that there are not are an error."""
        status = Status.DONE
        async with self.open_store() as store:
            for name in names:
                tombstone = await self.find_tombstone(store, name)
                if tombstone is None or not await store.lift_tombstone(tombstone.id):
                    print(f"scrapy forget: {name} was not removed", file=sys.stderr)
                    status = Status.USAGE
                    continue
                await _make_due(store, tombstone)
                print(
                    f"lifted  {tombstone.id}  {tombstone.address}\n"
                    "        the text is gone; the article is stored when it is read again"
                )
            for outlet in outlets:
                if await store.lift_retention(outlet):
                    print(f"lifted  {outlet}: old articles are stored when they are read again")
                else:
                    print(f"scrapy forget: {outlet} has no retention", file=sys.stderr)
                    status = Status.USAGE
        return status


def read_reason(text: str | None) -> str:
    """Return the value of `--reason` in one line. Raises UsageError."""
    reason = " ".join((text or "").split())
    if not reason:
        raise UsageError("say why (--reason TEXT)", print_help=False)
    if len(reason) > MAX_REASON:
        raise UsageError(f"--reason: at most {MAX_REASON} characters", print_help=False)
    return reason


async def _told(store: Store, tombstone: Tombstone, *, is_new: bool) -> str:
    story = await store.resolve_story(tombstone.id)
    goes_on = f"its story goes on as {story}" if story else "nothing is left of its story"
    since = f"since {tombstone.forgotten:{_MINUTE}} UTC ({tombstone.reason}); "
    return (
        f"{'removed' if is_new else 'was removed'}  {tombstone.id}  {tombstone.address}\n"
        f"        {'' if is_new else since}{goes_on}"
    )


async def _make_due(store: Store, tombstone: Tombstone) -> None:
    """Have the next crawl read the page whole, if the frontier knows it: an unchanged page would
    not be stored."""
    if tombstone.outlet is None:
        return
    addresses = [tombstone.address]
    known = await store.tracked_urls(tombstone.outlet, addresses)
    await store.put_tracked_urls(
        [
            replace(
                tracked,
                due=datetime.now(UTC),
                etag=None,
                last_modified=None,
                validators_at=None,
                digest=None,
            )
            for tracked in known.values()
        ]
    )


def _tombstone_line(tombstone: Tombstone) -> str:
    when = f"{tombstone.forgotten:{_MINUTE}}"
    return f"{when}  {tombstone.id}  {tombstone.address}\n{' ' * 18}{tombstone.reason}"


def _retention_line(retention: Retention) -> str:
    when = f"{retention.forgotten:{_MINUTE}}"
    before = f"{retention.before:{_MINUTE}}"
    return f"{when}  {retention.outlet}: all from before {before}\n{' ' * 18}{retention.reason}"


def _tombstone_json(tombstone: Tombstone, story: str | None) -> str:
    return _line(
        {
            "id": tombstone.id,
            "outlet": tombstone.outlet,
            "address": tombstone.address,
            "hash": tombstone.hash,
            "forgotten": iso_instant(tombstone.forgotten),
            "reason": tombstone.reason,
            "story": story,
        }
    )


def _retention_json(retention: Retention) -> str:
    return _line(
        {
            "outlet": retention.outlet,
            "before": iso_instant(retention.before),
            "forgotten": iso_instant(retention.forgotten),
            "reason": retention.reason,
        }
    )


def _line(values: dict[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False)

"""`scrapy watch`: tells a command or a webhook of new stories that match."""

import argparse
import re
import shlex
import sys
import time
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from scrapy.exceptions import UsageError

from crawler.display.jsonl import message_line
from crawler.health.formatting import format_count
from crawler.health.hooks import HookKind, call_hook
from crawler.health.status import Status
from crawler.query_command import QueryCommand
from crawler.storage import Lease, LeaseHeld, Store, Story
from crawler.storage.owner import describe_owner, is_dead, this_process
from crawler.watches import Message, Outcome, Send, Watch

_NAME = re.compile(r"[\w.-]{1,100}")
_LEASE_SECONDS = 120.0  # longer than a hook may take
_RENEWED_AFTER = 30.0  # seconds


class Command(QueryCommand):
    def short_desc(self) -> str:
        return "Tell a command or a webhook of new stories that match, each once"

    def long_desc(self) -> str:
        return (
            "Send one JSON object for each story that matches QUERY and that this watch has not"
            " told of, to the standard input of a command or by POST. What fails is sent by the"
            " next call, with the same id. Call it after each crawl, e.g. from cron."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--name", required=True, help="what the watch has told of is kept under this name"
        )
        parser.add_argument(
            "--changes", action="store_true", help="tell of new texts of these stories too"
        )
        parser.add_argument(
            "--from-now",
            action="store_true",
            help="note the stories that match now, and tell of none of them",
        )
        hooks = parser.add_mutually_exclusive_group()
        hooks.add_argument(
            "--command", dest="hook_command", metavar="COMMAND", help="run without a shell"
        )
        hooks.add_argument("--webhook", metavar="URL")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        filters = self.read_filters(args, opts)
        if not _NAME.fullmatch(opts.name):
            raise UsageError(
                "--name: letters, digits, '.', '-' and '_', at most 100", print_help=False
            )
        send = None if opts.from_now else _send_of(opts)
        self.execute(self.tell(filters, opts.name, send, changes=opts.changes))

    async def tell(
        self, filters: dict[str, object], name: str, send: Send | None, *, changes: bool
    ) -> Status:
        """Tell of the stories that `filters` let through, once; return the exit status."""
        async with self.open_for(filters) as store:
            try:
                lease = await _take_lease(store, f"watch {name}")
            except LeaseHeld as held:
                owner = describe_owner(held.lease.owner)
                print(f"scrapy watch: {name} is already running, by {owner}", file=sys.stderr)
                return Status.ALREADY_RUNNING
            try:
                stories = _renewing(store, lease, store.stories(**filters))
                outcome = await Watch(store, name, send, changes=changes).tell(stories)
            finally:
                await store.release_lease(lease)
        return _report(name, outcome, is_silent=send is None)


def _send_of(opts: argparse.Namespace) -> Send:
    """Return the sender to the hook that the options name. Raises UsageError, which does not quote
    it: it may hold a secret."""
    kind: HookKind = "command" if opts.webhook is None else "webhook"
    hook = opts.hook_command if opts.webhook is None else opts.webhook
    if hook is None:
        raise UsageError("give --command, --webhook or --from-now", print_help=False)
    if kind == "webhook" and urlsplit(hook).scheme not in ("http", "https"):
        raise UsageError("--webhook: it is not an http(s) address", print_help=False)
    if kind == "command" and not _is_command(hook):
        raise UsageError("--command: it cannot be split into arguments", print_help=False)

    async def send(message: Message) -> None:
        await call_hook(kind, hook, f"{message_line(message)}\n".encode())

    return send


def _is_command(text: str) -> bool:
    try:
        return bool(shlex.split(text))
    except ValueError:
        return False


async def _take_lease(store: Store, name: str) -> Lease:
    """Take the lease of a watch, also from a process that is dead. Raises LeaseHeld."""
    owner = this_process()
    try:
        return await store.take_lease(name, owner, _LEASE_SECONDS)
    except LeaseHeld as held:
        if not is_dead(held.lease.owner):
            raise
        return await store.take_lease(name, owner, _LEASE_SECONDS, over=held.lease.token)


async def _renewing(
    store: Store, lease: Lease, stories: AsyncIterator[Story]
) -> AsyncIterator[Story]:
    """Yield `stories`, and hold the lease meanwhile. Raises LeaseHeld if somebody else has it."""
    renewed = time.monotonic()
    async for story in stories:
        if time.monotonic() - renewed > _RENEWED_AFTER:
            await store.renew_lease(lease, _LEASE_SECONDS)
            renewed = time.monotonic()
        yield story


def _report(name: str, outcome: Outcome, *, is_silent: bool) -> Status:
    """Print what the watch has done; return the exit status."""
    verb = "noted" if is_silent else "told of"
    told = [f"{outcome.stories} new {'story' if outcome.stories == 1 else 'stories'}"]
    if outcome.changes:
        told.append(format_count(outcome.changes, "change"))
    if outcome.stories or outcome.changes:
        print(f"{name}: {verb} {', '.join(told)}")
    if not outcome.failed:
        return Status.DONE
    rest = "; the rest waits for the next call" if outcome.stopped else ""
    failed = format_count(outcome.failed, "message")
    print(f"scrapy watch: {name}: {failed} failed: {outcome.failure}{rest}", file=sys.stderr)
    return Status.ERROR

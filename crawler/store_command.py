"""The base of the commands over the store, and the options they share.

Not in `crawler.commands`, where Scrapy would take the base for a command of its own.
"""

import argparse
import asyncio
import errno
import os
import signal
import sys
from collections.abc import Coroutine, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from typing import Any, TypeVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.spiderloader import SpiderLoaderProtocol, get_spider_loader

from crawler import finding
from crawler.causes import Cause
from crawler.dedup import AddressError
from crawler.health.outlet_state import Health, Reason, judge, recent_runs
from crawler.health.status import Status
from crawler.outlet import Outlet, outlet_of
from crawler.sources.places import country_codes
from crawler.spiders.arguments import ArgumentError, Arguments
from crawler.spiders.crawled import state_off_crawl
from crawler.spiders.loader import BrokenDeclaration, OutletLoader
from crawler.storage import (
    RemovalStore,
    Store,
    StoredArticle,
    StoreError,
    StoreUnavailable,
    StoryStore,
    Tombstone,
    open_store,
)
from crawler.storage.owner import describe_owner
from crawler.streams import make_safe
from crawler.time_options import read_time, read_zone

_Result = TypeVar("_Result")

_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


class StoreCommand(ScrapyCommand):
    """A command that crawls nothing and opens the store itself."""

    goes_on: bool = False
    """The command, broken off, goes on from there when it is given again."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {  # noqa: RUF012 (Scrapy's own declaration of it)
        "LOG_ENABLED": False,
        "SPIDER_LOADER_WARN_ONLY": True,
    }

    def syntax(self) -> str:
        return "[options]"

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        make_safe()

    @property
    def store_uri(self) -> str:
        """The setting STORE_URI."""
        assert self.settings is not None
        return str(self.settings["STORE_URI"])

    def open_store(
        self, *, countries: Mapping[str, str] | None = None
    ) -> AbstractAsyncContextManager[Store]:
        """Open the store of STORE_URI, which has to be there. Raises StoreError."""
        return open_store(self.store_uri, countries=countries, create=False)

    def execute(self, work: Coroutine[Any, Any, Status | None]) -> None:
        """Run `work` and exit with the status that it returns, DONE for None and for a reader of
        stdout that has seen enough, DEGRADED when SIGTERM or SIGINT has broken it off.

        An error of the store, and a full disk under stdout, are printed in one line.
        """
        command = type(self).__module__.rpartition(".")[2]
        try:
            with reader_may_leave():
                status = asyncio.run(_until_sigterm(work)) or Status.DONE
                _flush_stdout()
                self.exitcode = status
        except StoreError as error:
            self.exitcode = report_store_error(command, error)
        except (KeyboardInterrupt, asyncio.CancelledError):
            goes_on = "; the same command goes on from here" if self.goes_on else ""
            print(f"scrapy {command}: broken off{goes_on}", file=sys.stderr)
            self.exitcode = Status.DEGRADED
        except OSError as error:
            if error.errno not in _DISK_FULL:
                raise
            _abandon_stdout()
            print(f"scrapy {command}: stdout: no space left on device", file=sys.stderr)
            self.exitcode = Status.ERROR

    def declared_outlets(self) -> list[Outlet]:
        """Return all declared outlets, by name."""
        outlets = [outlet_of(self._loader.load(name)) for name in self._loader.list()]
        return sorted((each for each in outlets if each), key=lambda outlet: outlet.name)

    async def crawl_under_way(self, store: Store) -> str | None:
        """Return in words which crawl is using the store, None if no declared outlet is being
        crawled."""
        for outlet in self.declared_outlets():
            if lease := await store.held_lease(outlet.name):
                return f"{outlet.name} is being crawled, by {describe_owner(lease.owner)}"
        return None

    async def find_article(self, store: StoryStore, name: str) -> StoredArticle | None:
        """Return what `crawler.finding.find_article` finds. Raises UsageError for a name that is
        neither an id nor an address."""
        with _wrong_addresses_told():
            return await finding.find_article(store, name, self.declared_outlets())

    async def find_story(self, store: Store, name: str) -> str | None:
        """Return what `crawler.finding.find_story` finds. Raises UsageError for a name that is
        neither an id nor an address."""
        with _wrong_addresses_told():
            return await finding.find_story(store, name, self.declared_outlets())

    async def find_tombstone(self, store: RemovalStore, name: str) -> Tombstone | None:
        """Return what `crawler.finding.find_tombstone` finds. Raises UsageError for a name that is
        neither an id nor an address."""
        with _wrong_addresses_told():
            return await finding.find_tombstone(store, name, self.declared_outlets())

    async def judge_outlets(self, store: Store, outlets: Iterable[Outlet]) -> list[Health]:
        """Return the health of those of `outlets` that are crawled, and of the declarations that
        cannot be used."""
        assert self.settings is not None
        now = datetime.now(UTC)
        judged = [
            judge(outlet.name, await recent_runs(store, outlet.name), now=now)
            for outlet in outlets
            if not state_off_crawl(outlet, self.settings)
        ]
        broken = [
            Health(each.file, "failed", (Reason(Cause.DECLARATION, each.problem),))
            for each in self.broken_declarations()
        ]
        return [*judged, *broken]

    def outlets_of(self, url: str) -> list[Outlet]:
        """Return the declared outlets that share a host group with `url`; first those whose article
        it is."""
        return finding.outlets_of(url, self.declared_outlets())

    def broken_declarations(self) -> Sequence[BrokenDeclaration]:
        """Return the declarations that cannot be used, after a line on stderr for each."""
        return tell_broken(self._loader)

    @cached_property
    def _loader(self) -> SpiderLoaderProtocol:
        assert self.settings is not None
        return get_spider_loader(self.settings)


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """End the block quietly when the reader of stdout (`head`, a pager) has seen enough."""
    try:
        yield
        _flush_stdout()
    except BrokenPipeError:
        _abandon_stdout()


def _flush_stdout() -> None:
    if sys.stdout is not None:  # it was closed when the process began
        sys.stdout.flush()


async def _until_sigterm(work: Coroutine[Any, Any, _Result]) -> _Result:
    """Return what `work` returns. SIGTERM cancels it, as `asyncio.run` has SIGINT do, so that it
    leaves nothing half done behind."""
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await work


def _abandon_stdout() -> None:
    """Drop what stdout could not take: Python would complain once more while closing it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def _wrong_addresses_told() -> Iterator[None]:
    """Turn the error of what is neither an id nor an address into a UsageError."""
    try:
        yield
    except AddressError as error:
        raise UsageError(f"{error}, nor an article's id", print_help=False) from None


def tell_broken(loader: SpiderLoaderProtocol) -> Sequence[BrokenDeclaration]:
    """Print a line for each declaration that `loader` has skipped, and return them."""
    broken = loader.broken if isinstance(loader, OutletLoader) else []
    for declaration in broken:
        print(declaration.problem, file=sys.stderr)
    return broken


def report_store_error(command: str, error: StoreError) -> Status:
    """Print in one line why the store cannot be used, and return the exit status for it."""
    print(f"scrapy {command}: {error}", file=sys.stderr)
    return Status.STORE_DOWN if isinstance(error, StoreUnavailable) else Status.USAGE


def add_outlet_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that `select_outlets` reads."""
    parser.add_argument("--language", choices=("ar", "ur"), help="only outlets in this language")
    parser.add_argument("--country", metavar="NAME", help="only outlets of this country, e.g. PK")


def select_outlets(outlets: Iterable[Outlet], opts: argparse.Namespace) -> list[Outlet]:
    """Return the outlets of the language and country that the options name. Raises UsageError when
    there is no such outlet."""
    countries = country_codes(opts.country) if opts.country else None
    selected = [
        outlet
        for outlet in outlets
        if opts.language in (None, outlet.language)
        and (countries is None or outlet.country in countries)
    ]
    if not selected:
        raise UsageError("no outlet matches", print_help=False)
    return selected


def add_json_option(parser: argparse.ArgumentParser) -> None:
    """Add the option `--json`, which turns the output into JSON lines."""
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def refuse_arguments(args: list[str]) -> None:
    """Raise UsageError when there are any arguments besides the options."""
    if args:
        raise UsageError(f"unexpected argument {args[0]!r}", print_help=False)


# argparse quotes the function's name: "invalid positive value: 'x'".
def positive(text: str) -> int:
    """Return the value of an option as a number from 1. Raises ValueError and ArgumentTypeError,
    which argparse prints."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def read_crawl_arguments(opts: argparse.Namespace) -> Arguments:
    """Return the `-a` arguments of a crawl. Raises UsageError."""
    try:
        return Arguments.read(opts.spargs)
    except ArgumentError as error:
        raise UsageError(str(error), print_help=False) from None


def add_zone_option(parser: argparse.ArgumentParser) -> None:
    """Add the option `--zone`, whose value `read_zone_option` reads."""
    parser.add_argument(
        "--zone",
        metavar="ZONE",
        help="the zone of the dates given and printed, e.g. Asia/Karachi (default: UTC)",
    )


def read_zone_option(text: str | None) -> tzinfo:
    """Return the value of the option `--zone`, UTC where it is not given. Raises UsageError."""
    if text is None:
        return UTC
    try:
        return read_zone(text)
    except ArgumentError as error:
        raise UsageError(f"--{error}", print_help=False) from None


def read_instant_option(name: str, text: str | None, *, zone: tzinfo = UTC) -> datetime | None:
    """Return the value of option `name` as an aware instant, None where it is not given. Raises
    UsageError.

    A bare date is its midnight in `zone`; `crawler.time_options.read_time` tells all forms.
    """
    if not text:
        return None
    try:
        return read_time(name, text, zone=zone, now=datetime.now(UTC))
    except ArgumentError as error:
        raise UsageError(str(error), print_help=False) from None


def read_span_options(
    opts: argparse.Namespace, zone: tzinfo = UTC
) -> tuple[datetime | None, datetime | None]:
    """Return the values of the options `--since` and `--until`, as `read_instant_option` does.
    Raises UsageError, also for a span that holds no instant."""
    since = read_instant_option("--since", opts.since, zone=zone)
    until = read_instant_option("--until", opts.until, zone=zone)
    if since and until and since >= until:
        raise UsageError(
            f"--since {opts.since} is not before --until {opts.until}", print_help=False
        )
    return since, until

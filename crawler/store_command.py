"""What the commands over the store share; not in `crawler.commands`, where it would be a command
itself."""

import argparse
import asyncio
import os
import sys
from collections.abc import Coroutine
from datetime import datetime
from typing import Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.spiderloader import get_spider_loader

from crawler.health.status import Status
from crawler.outlet import Outlet
from crawler.spiders.arguments import ArgumentError, read_instant
from crawler.storage import StoreError, StoreUnavailable


class StoreCommand(ScrapyCommand):
    """A command that crawls nothing and opens the store itself."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 (Scrapy's own declaration of it)

    def syntax(self) -> str:
        return "[options]"

    @property
    def store_uri(self) -> str:
        """Where the store is."""
        assert self.settings is not None
        return str(self.settings["STORE_URI"])

    def carry_out(self, work: Coroutine[Any, Any, Status | None]) -> None:
        """Run `work`, whose result, DONE if it has none, is the exit status; an error of the store
        is one line."""
        try:
            self.exitcode = asyncio.run(work) or Status.DONE
        except StoreError as error:
            self.exitcode = store_status(type(self).__module__.rpartition(".")[2], error)
        except BrokenPipeError:
            # The reader (`head`, a pager) has seen enough; Python would complain once more while
            # closing stdout.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def outlets(self) -> list[Outlet]:
        """All declared outlets, by name."""
        assert self.settings is not None
        loader = get_spider_loader(self.settings)
        return [
            outlet
            for name in sorted(loader.list())
            if (outlet := getattr(loader.load(name), "outlet", None))
        ]


def store_status(command: str, error: StoreError) -> Status:
    """Say in one line that the store cannot be used; the exit status of that."""
    print(f"scrapy {command}: {error}", file=sys.stderr)
    return Status.STORE_DOWN if isinstance(error, StoreUnavailable) else Status.USAGE


def add_outlet_options(parser: argparse.ArgumentParser) -> None:
    """The options that `chosen` goes by."""
    parser.add_argument("--language", choices=("ar", "ur"), help="only outlets in this language")
    parser.add_argument("--country", metavar="CC", help="only outlets of this country, e.g. PK")


def chosen(outlets: list[Outlet], opts: argparse.Namespace) -> list[Outlet]:
    """Those of `outlets` that the options ask for."""
    return [
        outlet
        for outlet in outlets
        if opts.language in (None, outlet.language) and opts.country in (None, outlet.country)
    ]


def no_arguments(args: list[str]) -> None:
    """Raises UsageError when there are any."""
    if args:
        raise UsageError(f"unexpected argument {args[0]!r}", print_help=False)


def positive(text: str) -> int:
    """An option's value as a number from 1. Raises what argparse tells."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def instant(name: str, text: str | None) -> datetime | None:
    """The value of option `name` as an aware instant; a bare date is its midnight in UTC. Raises
    UsageError."""
    try:
        return read_instant(name, text) if text else None
    except ArgumentError as error:
        raise UsageError(str(error), print_help=False) from None

"""`scrapy report`: one page of some days for a chief editor, in a file of its own."""

import argparse
import sys
from datetime import UTC, date, datetime, timedelta, tzinfo
from urllib.parse import urlsplit

from scrapy.exceptions import UsageError

from crawler.digest.labels import LABELS, Language
from crawler.export.destination import STDOUT, ExportError, UnwritableError, opened
from crawler.health.status import Status
from crawler.store_command import (
    StoreCommand,
    add_zone_option,
    positive,
    read_span_options,
    read_zone_option,
    refuse_arguments,
)
from crawler.time_options import days_ago

_ONE_DAY = timedelta(days=1)
_MAX_DAYS = 20 * 366


class Command(StoreCommand):
    def short_desc(self) -> str:
        return "Write a page for a chief editor: coverage, largest stories, carriers, speed, gaps"

    def long_desc(self) -> str:
        return (
            "Write one page, which opens from disk without a network: stories a day by language and"
            " outlet, the largest stories, who carries which agency, how soon each outlet prints"
            " what another had first, what articles lack, and outlets that need a look. It is of"
            ' whole days in UTC: "7d" is the last seven with today.'
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--since",
            metavar="WHEN",
            default="7d",
            help="first day: a date, today, yesterday, 7d or 2w (default: 7d)",
        )
        parser.add_argument(
            "--until", metavar="WHEN", help="the day after the last one (default: tomorrow)"
        )
        add_zone_option(parser)
        parser.add_argument(
            "--ui", choices=tuple(LABELS), default="en", help="language of the page (default: en)"
        )
        parser.add_argument(
            "--limit", type=positive, default=10, help="stories shown (default: 10)"
        )
        parser.add_argument(
            "--base", metavar="URL", help="a running `scrapy serve` that names lead to"
        )
        parser.add_argument(
            "-o", "--out", metavar="PATH", default=STDOUT, help='"-" is stdout (the default)'
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_arguments(args)
        zone = read_zone_option(opts.zone)
        since, until = _days(opts, zone)
        base = _read_base(opts.base)
        try:
            import crawler.web.report  # noqa: F401
        except ImportError:
            message = 'the report needs more: pip install "khabar[web]"'
            raise UsageError(message, print_help=False) from None
        self.execute(self.write(since, until, opts, zone, base))

    async def write(
        self, since: date, until: date, opts: argparse.Namespace, zone: tzinfo, base: str | None
    ) -> Status:
        """Write the report of the days from `since` on and before `until`; return the exit
        status."""
        from crawler.web.report import writer_alone, written_report
        from crawler.web.site import Site

        language: Language = opts.ui
        outlets = {outlet.name: outlet for outlet in self.declared_outlets()}
        try:
            with opened(opts.out) as file:
                async with self.open_store() as store:
                    site = Site(store, outlets, zone)
                    writer = writer_alone(site, language, base)
                    health = await self.judge_outlets(store, outlets.values())
                    page, stories = await written_report(
                        writer, since, until, health, largest=opts.limit
                    )
                file.write(page.encode())
        except ExportError as error:
            print(f"scrapy report: {error}", file=sys.stderr)
            return Status.USAGE if isinstance(error, UnwritableError) else Status.ERROR
        if not stories:
            last = until - _ONE_DAY
            print(f"scrapy report: no story is stored of {since} to {last}", file=sys.stderr)
        return Status.DONE


def _days(opts: argparse.Namespace, zone: tzinfo) -> tuple[date, date]:
    """Return the first day that the options name, and the one after the last. Raises UsageError.

    A time within a day stands for the whole day; without `--until` the last day is today.
    """
    first, behind = read_span_options(opts, zone)
    assert first is not None  # it has a default
    since = first.astimezone(zone).date()
    if behind is None:
        until = datetime.now(UTC).date() + _ONE_DAY
        if since >= until:
            raise UsageError(f"--since {opts.since} lies ahead", print_help=False)
    else:
        until = (behind.astimezone(zone) + _ONE_DAY - timedelta(microseconds=1)).date()
    if whole_days := days_ago(opts.since):
        today = datetime.now(UTC).date()
        since = today - timedelta(days=whole_days - 1)
    if since >= until:
        message = f"--since {opts.since} is not before --until {opts.until}"
        raise UsageError(message, print_help=False)
    if (until - since).days > _MAX_DAYS:
        message = f"--since {opts.since}: more than {_MAX_DAYS:,} days before --until"
        raise UsageError(message, print_help=False)
    return since, until


def _read_base(text: str | None) -> str | None:
    """Return the address of a site without a slash at its end. Raises UsageError."""
    if text is None:
        return None
    try:
        parts = urlsplit(text)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_address = False
    if not is_address or parts.query or parts.fragment or parts.username:
        message = f"--base: {text!r} is no address such as http://127.0.0.1:8000"
        raise UsageError(message, print_help=False)
    return text.rstrip("/")

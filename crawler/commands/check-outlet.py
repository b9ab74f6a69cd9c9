"""`scrapy check-outlet`: hold declarations against their recorded pages, or against the site."""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from scrapy.exceptions import UsageError
from scrapy.utils.conf import closest_scrapy_cfg

from crawler.discovery import Announcement, DiscoveryError, read_document
from crawler.discovery.kinds import Discovery
from crawler.discovery.request import DocumentRequest
from crawler.display.jsonl import json_line
from crawler.health.status import Status
from crawler.outlet import Outlet
from crawler.replay.check import Finding, check_outlet
from crawler.replay.expected import EXPECTED, read_expected
from crawler.replay.recording import EXCHANGE, ReplayError, read_exchange
from crawler.spiders.loader import unknown_name
from crawler.store_command import StoreCommand, add_json_option, reader_may_leave

LIVE_PAGES = 3
"""Articles that `--live` asks a site for."""


class Command(StoreCommand):
    def syntax(self) -> str:
        return "[options] [NAME ...]"

    def short_desc(self) -> str:
        return "Check outlets' declarations against their recorded pages"

    def long_desc(self) -> str:
        return (
            "Tell which selector, pattern or discovery of an outlet, or of all, the recorded pages"
            " do not bear out. The exit status is 1 when something is wrong. A note tells what may"
            " be right."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--live",
            action="store_true",
            help=f"ask the site for its documents and {LIVE_PAGES} articles, and check those",
        )
        parser.add_argument(
            "--fixtures", metavar="FOLDER", help="the recordings (default: the project's)"
        )
        add_json_option(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        outlets = self.named(args)
        self.broken_declarations()
        if opts.live and opts.fixtures:
            raise UsageError("--live needs no --fixtures", print_help=False)
        try:
            findings = [finding for outlet in outlets for finding in self.check(outlet, opts)]
        except ReplayError as error:
            print(f"scrapy check-outlet: {error}", file=sys.stderr)
            self.exitcode = Status.USAGE
            return
        with reader_may_leave():
            for finding in findings:
                print(json_line(finding) if opts.json else _printed(finding))
        faults = sum(finding.is_fault for finding in findings)
        if not opts.json:
            notes = len(findings) - faults
            noun = "outlet" if len(outlets) == 1 else "outlets"
            print(f"{len(outlets)} {noun}: {faults} faults, {notes} notes", file=sys.stderr)
        self.exitcode = Status.ERROR if faults else Status.DONE

    def named(self, names: Sequence[str]) -> list[Outlet]:
        """Return the outlets of these names, or all. Raises UsageError for an unknown name."""
        outlets = {outlet.name: outlet for outlet in self.declared_outlets()}
        for name in names:
            if name not in outlets:
                raise UsageError(unknown_name("outlet", name, outlets), print_help=False)
        return [outlets[name] for name in names or outlets]

    def check(self, outlet: Outlet, opts: argparse.Namespace) -> list[Finding]:
        """Return what is found for one outlet. Raises ReplayError."""
        if not opts.live:
            default = Path(closest_scrapy_cfg()).parent / "fixtures"
            return check_outlet(outlet, Path(opts.fixtures or default) / outlet.name)
        with tempfile.TemporaryDirectory(prefix="khabar-check-") as folder:
            failures = list(record_outlet(outlet, Path(folder), opts.set))
            failed = {failure.part for failure in failures}
            findings = check_outlet(outlet, Path(folder) / outlet.name)
            return failures + [finding for finding in findings if finding.part not in failed]


def record_outlet(outlet: Outlet, folder: Path, settings: Sequence[str]) -> Iterator[Finding]:
    """Record into `folder` a document of each declared discovery and some of the articles that they
    announce; yield a finding for each that the site does not give.

    settings: "NAME=VALUE" pairs of the command line.
    """
    today = datetime.now(UTC).astimezone(outlet.tzinfo).date()
    for number, declared in enumerate(outlet.discovery):
        for request in islice(declared.requests(today), 1):
            case = f"discovery-{number}"
            if problem := _record(outlet, request, folder, case, settings):
                yield Finding(outlet.name, f"discovery[{number}]", problem)
    announced = dict.fromkeys(_announced(folder / outlet.name))
    announced = announced or dict.fromkeys(_announced_by_children(outlet, folder, settings))
    for number, url in enumerate(islice(announced, LIVE_PAGES)):
        if problem := _record(outlet, DocumentRequest(url), folder, f"article-{number}", settings):
            yield Finding(outlet.name, "articles", problem)


def _record(
    outlet: Outlet, request: DocumentRequest, folder: Path, case: str, settings: Sequence[str]
) -> str | None:
    """Record the answer to a request as `case`; return in one line why there is none to record."""
    arguments = [sys.executable, "-m", "scrapy", "record", request.url, "--spider", outlet.name]
    arguments += ["--into", str(folder), "--case", case]
    arguments += [] if request.body is None else ["--form", request.body]
    arguments += [part for setting in settings for part in ("-s", setting)]
    # Our own command, whose arguments come from a declaration.
    process = subprocess.run(arguments, check=False, capture_output=True, text=True)  # noqa: S603
    time.sleep(outlet.delay)
    if process.returncode == Status.DONE:
        return None
    lines = process.stderr.strip().splitlines()
    return lines[-1] if lines else f"{request.url}: ended with status {process.returncode}"


def _announced(folder: Path) -> Iterator[str]:
    """Yield the addresses of articles that the recorded documents announce, one of each document
    in turn."""
    files = sorted(folder.glob(f"*/{EXPECTED}"))
    lists = [read_expected(file).get("addresses", []) for file in files]
    for rank in range(max(map(len, lists), default=0)):
        yield from (addresses[rank] for addresses in lists if rank < len(addresses))


def _announced_by_children(outlet: Outlet, folder: Path, settings: Sequence[str]) -> Iterator[str]:
    """Yield the addresses of articles that the first child of each recorded index announces. The
    children are not kept: only declared documents are checked."""
    for number, declared in enumerate(outlet.discovery):
        for index in _documents(declared, folder / outlet.name / f"discovery-{number}"):
            for url in index.further_urls[:1]:
                with tempfile.TemporaryDirectory(prefix="khabar-check-") as other:
                    _record(outlet, DocumentRequest(url), Path(other), "child", settings)
                    for child in _documents(declared, Path(other) / outlet.name / "child"):
                        yield from filter(outlet.is_article, (link.url for link in child.links))


def _documents(declared: Discovery, case: Path) -> Iterator[Announcement]:
    """Yield what the document recorded as `case` announces; nothing if it cannot be read."""
    if not (case / EXCHANGE).exists():
        return
    hop = read_exchange(case / EXCHANGE)[-1]
    with suppress(DiscoveryError):
        yield read_document(declared, hop.body, hop.url)


def _printed(finding: Finding) -> str:
    note = "" if finding.is_fault else " (note)"
    return f"{finding.outlet}: {finding.part}: {finding.problem}{note}"

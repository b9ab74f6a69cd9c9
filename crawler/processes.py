"""Crawling in several processes: each runs the same command once more, for a share of the
outlets."""

import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Collection, Container, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import IO

from crawler.counts import CrawlCounts
from crawler.fetching.host_groups import chains
from crawler.health.report import Rows, read_rows
from crawler.health.status import Status, gravest
from crawler.outlet import Outlet
from crawler.runs.watchdog import SIGNAL_SECONDS

ROWS_OPTION = "--rows-to"
"""The option of `scrapy crawlall` that names the descriptor of the file for its rows."""

KILL_SECONDS = SIGNAL_SECONDS + 5.0
"""How long a process of several may take to end after a signal, e.g. one that is stopped."""

_STATUSES = frozenset(Status)
_READ_SECONDS = 2.0  # for the last lines of a process that has ended


@dataclass(frozen=True, slots=True)
class Process:
    """A process that crawls the outlets of these names, and the file with its rows of the table."""

    outlets: Sequence[str]
    rows: IO[str]
    popen: "subprocess.Popen[str]"


def divide(outlets: Sequence[Outlet], jobs: int, wanted: Container[str]) -> list[list[str]]:
    """Return the names of `outlets` in at most `jobs` shares, as equal as host groups allow: no two
    shares have one in common. Each share has an outlet that `wanted` names; the others, which may
    become due meanwhile, follow."""
    grouped = [[outlet.name for outlet in chain] for chain in chains(outlets)]
    urgent = [[name for name in chain if name in wanted] for chain in grouped]
    by_urgency = sorted(zip(urgent, grouped, strict=True), key=lambda pair: -len(pair[0]))
    shares: list[list[str]] = [[] for _ in range(min(jobs, sum(map(bool, urgent))))]
    if not shares:
        return []
    for _, chain in by_urgency:
        min(shares, key=len).extend(chain)
    return shares


def crawl_in_processes(
    shares: Sequence[Sequence[str]], asked: Container[str]
) -> tuple[Status, Rows]:
    """Crawl each share of outlets, given by name, in a process of its own; return the gravest
    status of all, and what became of each outlet. asked: the names of those that are due now.

    The output of the processes appears a line at a time. A process that is killed costs its own
    share and is an error; a signal to this process is forwarded to all, and kills the processes
    that have not ended KILL_SECONDS later. They end, too, if this process is killed.
    """
    processes: list[Process] = []
    with _forwarding_signals(processes) as forwarded, ExitStack() as files:
        # One by one: a signal that comes meanwhile reaches the processes that have begun.
        for share in shares:
            rows = files.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8"))
            processes.append(_start(share, rows))
        readers = [
            threading.Thread(target=_copy_stderr, args=(process.popen,), daemon=True)
            for process in processes
        ]
        for reader in readers:
            reader.start()
        status = gravest([_status(process, forwarded) for process in processes])
        # Not for ever: what a health command has left running may hold the pipe open.
        for reader in readers:
            reader.join(_READ_SECONDS)
        all_rows = [
            row for process in processes for row in _rows(process, forwarded, asked).items()
        ]
        return status, dict(sorted(all_rows))


def _start(outlets: Sequence[str], rows: IO[str]) -> Process:
    """Start this command once more for these outlets, with a file to leave its rows in."""
    arguments = [argument for argument in sys.argv[1:] if argument != "crawlall"]
    # Of an option given twice the last one counts.
    own_arguments = ["--jobs", "1", "--only", ",".join(outlets), ROWS_OPTION, str(rows.fileno())]
    command = [sys.executable, "-m", "scrapy.cmdline", "crawlall", *arguments, *own_arguments]
    # In a group of its own, or a terminal's Ctrl-C would reach it twice, and to Scrapy a second one
    # means: now. Its standard input tells it when this process has ended (`end_after_parent`).
    popen = subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="backslashreplace",
        process_group=0,
        pass_fds=[rows.fileno()],
    )
    return Process(outlets, rows, popen)


def _copy_stderr(popen: "subprocess.Popen[str]") -> None:
    """Write the stderr of `popen` to our own, whole lines at a time, until it ends."""
    assert popen.stderr is not None
    with popen.stderr:
        for line in popen.stderr:
            sys.stderr.write(line)


def _status(process: Process, forwarded: Collection[int]) -> Status:
    """Wait for the end of `process` and return its exit status.

    forwarded: the signals that were forwarded to it.
    """
    code = process.popen.wait()
    assert process.popen.stdin is not None
    process.popen.stdin.close()
    if code in _STATUSES:
        return Status(code)
    # The signal came before the process could handle it, or when its work was done.
    if -code in forwarded or (forwarded and -code == signal.SIGKILL):
        return Status.DEGRADED
    names = ", ".join(process.outlets)
    print(f"the process that crawled {names} ended with {code}", file=sys.stderr)
    return Status.ERROR


def _rows(process: Process, forwarded: Collection[int], asked: Container[str]) -> Rows:
    """Return what became of the outlets of a process that has ended. Where it could not tell, those
    that `asked` names have a word only."""
    process.rows.seek(0)
    rows = read_rows(process.rows)
    code = process.popen.returncode
    if rows or code == Status.DONE:
        return rows
    word = "interrupted" if forwarded else f"ended with {code}"
    return {name: (CrawlCounts(), word) for name in process.outlets if name in asked}


@contextmanager
def _forwarding_signals(processes: Sequence[Process]) -> Iterator[set[int]]:
    """Forward SIGTERM and SIGINT to `processes`; yield the set of those that were forwarded so
    far."""
    forwarded: set[int] = set()

    def send(number: int) -> None:
        for process in processes:
            with suppress(ProcessLookupError):
                process.popen.send_signal(number)

    killing = threading.Timer(KILL_SECONDS, send, [signal.SIGKILL])
    killing.daemon = True

    def forward(number: int, frame: FrameType | None) -> None:
        if not forwarded:
            killing.start()
        forwarded.add(number)
        send(number)

    handlers = {
        number: signal.signal(number, forward) for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield forwarded
    finally:
        killing.cancel()
        for number, handler in handlers.items():
            signal.signal(number, handler)

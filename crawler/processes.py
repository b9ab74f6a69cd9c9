"""Crawling in several processes: each runs the same command once more, for a share of the
outlets."""

import signal
import subprocess
import sys
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType

from crawler.health.status import Status, gravest
from crawler.outlet import Outlet

_STATUSES = frozenset(Status)

Process = subprocess.Popen[str]


def crawl_in_processes(chains: Sequence[Sequence[Outlet]], jobs: int) -> Status:
    """Crawl `chains` in at most `jobs` processes, each chain in one of them; return the gravest
    status of all.

    The output of the processes appears a line at a time. A process that is killed costs its own
    share and is an error; a signal to this process is forwarded to all.
    """
    shares = _shares(chains, jobs)
    processes: list[Process] = []
    with _forwarding_signals(processes) as forwarded:
        # One by one: a signal that comes meanwhile reaches the processes that have begun.
        for share in shares:
            processes.append(_start(share))  # noqa: PERF401
        readers = [threading.Thread(target=_copy_stderr, args=(each,)) for each in processes]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        return gravest(
            _status(share, process, forwarded)
            for share, process in zip(shares, processes, strict=True)
        )


def _shares(chains: Sequence[Sequence[Outlet]], jobs: int) -> list[list[str]]:
    """Return the names of the outlets in at most `jobs` shares, as equal as whole chains allow."""
    shares: list[list[str]] = [[] for _ in range(min(jobs, len(chains)))]
    for chain in sorted(chains, key=len, reverse=True):
        min(shares, key=len).extend(outlet.name for outlet in chain)
    return shares


def _start(outlets: Sequence[str]) -> Process:
    """Start this command once more for these outlets."""
    arguments = [argument for argument in sys.argv[1:] if argument != "crawlall"]
    # Of an option given twice the last one counts.
    own_arguments = ["--jobs", "1", "--only", ",".join(outlets)]
    command = [sys.executable, "-m", "scrapy.cmdline", "crawlall", *arguments, *own_arguments]
    # In a group of its own, or a terminal's Ctrl-C would reach it twice, and to Scrapy a second one
    # means: now.
    return subprocess.Popen(  # noqa: S603
        command, stderr=subprocess.PIPE, text=True, errors="backslashreplace", process_group=0
    )


def _copy_stderr(process: Process) -> None:
    """Write the stderr of `process` to our own, whole lines at a time, until it ends."""
    assert process.stderr is not None
    with process.stderr:
        for line in process.stderr:
            sys.stderr.write(line)


def _status(outlets: Sequence[str], process: Process, forwarded: Collection[int]) -> Status:
    """Wait for the end of `process` and return its exit status.

    forwarded: the signals that were forwarded to it.
    """
    code = process.wait()
    if code in _STATUSES:
        return Status(code)
    # The signal came before the process could handle it, or when its work was done.
    if -code in forwarded:
        return Status.DEGRADED
    print(f"the process that crawled {', '.join(outlets)} ended with {code}", file=sys.stderr)
    return Status.ERROR


@contextmanager
def _forwarding_signals(processes: Sequence[Process]) -> Iterator[set[int]]:
    """Forward SIGTERM and SIGINT to `processes`; yield the set of those that were forwarded so
    far."""
    forwarded: set[int] = set()

    def forward(number: int, frame: FrameType | None) -> None:
        forwarded.add(number)
        for process in processes:
            with suppress(ProcessLookupError):
                process.send_signal(number)

    handlers = {
        number: signal.signal(number, forward) for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield forwarded
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)

"""Crawling in several processes: each runs this very command once more, for its share of the
outlets."""

import signal
import subprocess
import sys
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import repeat
from types import FrameType

from crawler.health.status import Status, gravest
from crawler.outlet import Outlet

_STATUSES = frozenset(Status)


def crawl_in_processes(chains: Sequence[Sequence[Outlet]], jobs: int) -> Status:
    """Crawl `chains`, each of which stays in one process, in at most `jobs` of them; the gravest
    status of all.

    What the processes say comes out a line at a time. One that is killed costs its own share and is
    an error; a signal to this process is passed on.
    """
    shares = _shares(chains, jobs)
    processes: list[subprocess.Popen[str]] = []
    with _signals_to(processes) as passed_on:
        processes.extend(
            map(_start, shares)
        )  # one by one: a signal that comes now reaches those that have begun
        readers = [threading.Thread(target=_repeat, args=(process,)) for process in processes]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        return gravest(map(_status, shares, processes, repeat(passed_on)))


def _shares(chains: Sequence[Sequence[Outlet]], jobs: int) -> list[list[str]]:
    """The outlets' names in as many shares as there are jobs, or fewer, as equal as whole chains
    allow."""
    shares: list[list[str]] = [[] for _ in range(min(jobs, len(chains)))]
    for chain in sorted(chains, key=len, reverse=True):
        min(shares, key=len).extend(outlet.name for outlet in chain)
    return shares


def _start(names: Sequence[str]) -> "subprocess.Popen[str]":
    given = [argument for argument in sys.argv[1:] if argument != "crawlall"]
    # The last of an option counts.
    own = ["--jobs", "1", "--only", ",".join(names)]
    command = [sys.executable, "-m", "scrapy.cmdline", "crawlall", *given, *own]
    # In a group of its own, or a terminal's Ctrl-C would reach it twice, and to Scrapy a second one
    # means: now.
    return subprocess.Popen(  # noqa: S603
        command, stderr=subprocess.PIPE, text=True, errors="backslashreplace", process_group=0
    )


def _repeat(process: "subprocess.Popen[str]") -> None:
    """Write what a process says to our own stderr, whole lines at a time."""
    assert process.stderr is not None
    with process.stderr:
        for line in process.stderr:
            sys.stderr.write(line)


def _status(
    names: Sequence[str], process: "subprocess.Popen[str]", passed_on: Collection[int]
) -> Status:
    code = process.wait()
    if code in _STATUSES:
        return Status(code)
    if -code in passed_on:  # it came before the process could heed it, or when its work was done
        return Status.DEGRADED
    print(f"the process that crawled {', '.join(names)} ended with {code}", file=sys.stderr)
    return Status.ERROR


@contextmanager
def _signals_to(processes: Sequence["subprocess.Popen[str]"]) -> Iterator[set[int]]:
    """Pass on what tells this process to stop; the signals that were."""
    passed_on: set[int] = set()

    def pass_on(number: int, frame: FrameType | None) -> None:
        passed_on.add(number)
        for process in processes:
            with suppress(ProcessLookupError):
                process.send_signal(number)

    before = {number: signal.signal(number, pass_on) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield passed_on
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

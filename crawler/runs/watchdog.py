"""The watchdog: ends the process when SIGTERM or SIGINT has not.

A page whose parse hangs in C holds the event loop, and with it all that a signal starts. The next
run takes over as after a kill.

A thread waits for the signal, since no handler runs while libxml2 parses. A regular expression in
turn lets no thread run, but looks after signals: there an alarm ends the process.
"""

import os
import signal
import sys
import threading
import time
from contextlib import suppress
from types import FrameType
from typing import NoReturn

from crawler.health.status import Status

SIGNAL_SECONDS = 15.0
"""How long a process may take to end after a signal."""

PARENT_SECONDS = 8.0
"""How long a process may take to end after the one that started it."""

END_SECONDS = 5.0
"""How long a process may take to end after its last line."""

_ENDING = threading.Lock()
"""Taken by whoever ends the process, who says so once."""

_ENDING_SIGNALS = frozenset({signal.SIGTERM, signal.SIGINT})


def end_after_signal() -> None:
    """From now on end the process as interrupted, SIGNAL_SECONDS after the first SIGTERM or SIGINT.

    To be called on the main thread, while the reactor runs and the handlers of both signals are in
    place.
    """
    signal.signal(signal.SIGALRM, lambda number, frame: _end(Status.DEGRADED))
    for number in _ENDING_SIGNALS:
        _set_alarm_at(number)
    read_end, write_end = os.pipe()
    os.set_blocking(write_end, False)
    # Python's own handler of a signal waits for the main thread to leave C; the byte that is
    # written to the "wakeup" descriptor does not.
    reactors = signal.set_wakeup_fd(write_end, warn_on_full_buffer=False)
    # A duplicate: when the reactor has closed its own, the number may be another file's.
    pass_to = os.dup(reactors) if reactors >= 0 else None
    _start_thread(_wait_for_signal, read_end, pass_to)


def end_after_parent() -> None:
    """From now on end the process as a SIGTERM would, when its standard input is closed: a pipe
    that nobody writes to, and that closes when the parent has ended, however it ended."""
    _start_thread(_wait_for_parent)


def end_within(seconds: float, status: Status) -> None:
    """End the process with `status` in so many seconds if it has not ended by itself: the
    interpreter waits for threads that may wait for ever."""
    timer = threading.Timer(seconds, _end, [status])
    timer.daemon = True
    timer.start()


def _set_alarm_at(ending: signal.Signals) -> None:
    """Let the handler of `ending` set the alarm before it does its work."""
    handler = signal.getsignal(ending)

    def on_signal(number: int, frame: FrameType | None) -> None:
        signal.setitimer(signal.ITIMER_REAL, SIGNAL_SECONDS)
        if callable(handler):
            handler(number, frame)

    signal.signal(ending, on_signal)


def _start_thread(function: object, *args: object) -> None:
    threading.Thread(target=function, args=args, daemon=True).start()  # type: ignore[arg-type]


def _wait_for_signal(read_end: int, pass_to: int | None) -> None:
    """Pass the numbers of all signals on to the reactor's descriptor; act on the first that ends
    the process."""
    is_ending = False
    while numbers := os.read(read_end, 64):
        if pass_to is not None:
            with suppress(OSError):  # the reactor has stopped
                os.write(pass_to, numbers)
        if not is_ending and not _ENDING_SIGNALS.isdisjoint(numbers):
            is_ending = True
            end_within(SIGNAL_SECONDS, Status.DEGRADED)


def _wait_for_parent() -> None:
    with suppress(OSError):
        while os.read(sys.__stdin__.fileno() if sys.__stdin__ else 0, 1):
            pass
    end_within(PARENT_SECONDS, Status.DEGRADED)
    os.kill(os.getpid(), signal.SIGTERM)


def _end(status: Status) -> NoReturn:
    if not _ENDING.acquire(blocking=False):  # the alarm and the thread came at one moment
        time.sleep(1)
        os._exit(status)
    # Not through sys.stderr: the thread that hangs may hold its lock.
    with suppress(OSError):
        if sys.__stderr__ is not None:  # else the number may be another file's
            os.write(2, b"scrapy: the process did not end by itself, and is ended now\n")
    os._exit(status)

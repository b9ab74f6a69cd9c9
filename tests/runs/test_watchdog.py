"""A process ends in time after a signal, and after the process that started it, whatever it is
doing."""

import signal
import subprocess
import sys
import time

import pytest

from crawler.health.status import Status
from tests.conftest import ROOT

# libxml2 looks at all attributes of an element for each of them: a minute in C, during which
# Python's handlers of signals do not run.
PARSE = """
html.fromstring(page)
"""
MATCH = """
re.match(r"(a+)+$", "a" * 60 + "b")
"""
SLEEP = """
while True:
    time.sleep(1)
"""
PROGRAM = """
import os, re, signal, time
from lxml import html
from crawler.health.status import Status
from crawler.runs import watchdog

watchdog.SIGNAL_SECONDS = watchdog.PARENT_SECONDS = 1.0
signal.signal(signal.SIGTERM, lambda *_: print("handled", flush=True))
watchdog.BEGIN
page = b"<p " + b" ".join(b"a%d=1" % number for number in range(400_000)) + b">"
print("begun", flush=True)
"""
at_work = pytest.mark.parametrize(
    ("work", "printed"), [(PARSE, ""), (SLEEP, "handled\n")], ids=["parse", "sleep"]
)
LAST_WORD = "scrapy: the process did not end by itself, and is ended now\n"


def start(begin: str, work: str) -> "subprocess.Popen[str]":
    """A process that has called `begin` of the module and is at `work` now."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.replace("BEGIN", begin) + work],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    time.sleep(0.3)
    return process


def end(process: "subprocess.Popen[str]") -> tuple[str, str]:
    """What the process still prints, on stdout and stderr."""
    try:
        return process.communicate(timeout=10)
    finally:
        process.kill()


@at_work
def test_a_process_ends_after_a_signal(work: str, printed: str) -> None:
    with start("end_after_signal()", work) as process:
        process.send_signal(signal.SIGTERM)
        assert end(process) == (printed, LAST_WORD)
    assert process.returncode == Status.DEGRADED


def test_a_process_ends_after_a_signal_in_a_regular_expression() -> None:
    with start("end_after_signal()", MATCH) as process:
        process.send_signal(signal.SIGTERM)
        assert end(process) == ("handled\n", LAST_WORD)
    assert process.returncode == Status.DEGRADED


@at_work
def test_a_process_ends_after_the_one_that_started_it(work: str, printed: str) -> None:
    with start("end_after_parent()", work) as process:
        assert end(process) == (printed, LAST_WORD)  # `communicate` closes its stdin
    assert process.returncode == Status.DEGRADED


def test_a_process_that_a_thread_keeps_from_its_end_is_ended() -> None:
    work = "import threading; threading.Thread(target=time.sleep, args=[60]).start()"
    with start("end_within(0.5, Status.FAILED)", work) as process:
        assert end(process) == ("", LAST_WORD)
    assert process.returncode == Status.FAILED

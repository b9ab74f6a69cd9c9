"""Commands whose streams are closed, abandoned, or in an encoding that lacks the letters."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT

PROGRAM = """
import sys
from crawler.streams import make_safe

make_safe()
print("\\u0643\\u0631\\u0627\\u062a\\u0634\\u064a", file=sys.stderr, flush=True)
print("\\u0644\\u0627\\u06c1\\u0648\\u0631 \\xe9")
sys.exit(7)
"""
PLAIN = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}


def run(stderr: int | None, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=stderr,
        preexec_fn=None if stderr else lambda: os.close(2),
    )


@pytest.fixture
def abandoned() -> Iterator[int]:
    """The end of a pipe that nobody reads any more."""
    read_end, write_end = os.pipe()
    os.close(read_end)
    yield write_end
    os.close(write_end)


@pytest.fixture
def full() -> Iterator[int]:
    """A file on a full disk."""
    descriptor = os.open("/dev/full", os.O_WRONLY)
    yield descriptor
    os.close(descriptor)


@pytest.mark.parametrize("stderr", ["abandoned", "full", "closed"])
def test_what_stderr_cannot_take_is_dropped(stderr: str, request: pytest.FixtureRequest) -> None:
    finished = run(None if stderr == "closed" else request.getfixturevalue(stderr))
    assert (finished.returncode, finished.stdout.decode()) == (7, "لاہور é\n")


@pytest.mark.parametrize("plain", [PLAIN, PLAIN | {"PYTHONIOENCODING": "latin-1"}])
def test_a_plain_locale_escapes_what_is_told_and_data_is_utf_8(plain: dict[str, str]) -> None:
    finished = run(subprocess.PIPE, **plain)
    assert (finished.returncode, finished.stdout.decode()) == (7, "لاہور é\n")
    assert finished.stderr.startswith(b"\\u0643\\u0631")


def test_a_reader_who_has_seen_enough_is_no_error(
    abandoned: int, replayed_crawl: "tuple[str, subprocess.CompletedProcess[str]]"
) -> None:
    """Of tables, of what is printed as it is found, and of JSON lines."""
    for arguments in (("stories",), ("outlets",), ("stories", "--json"), ("export",)):
        more = ("--format", "text") if arguments == ("export",) else ()
        finished = subprocess.run(
            [sys.executable, "-W", "error", "-m", "scrapy.cmdline", *arguments, *more],
            cwd=ROOT,
            env=os.environ | {"KHABAR_STORE_URI": replayed_crawl[0]},
            stdout=abandoned,
            stderr=subprocess.PIPE,
        )
        assert (arguments, finished.returncode, finished.stderr) == (arguments, 0, b"")

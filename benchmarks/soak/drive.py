"""The soak: a crawler left alone with a bad web, and killed three times: python
benchmarks/soak/drive.py

    python benchmarks/soak/drive.py [--articles 5100] [--rounds 24] [--seed 1] [--store sqlite]
    [--keep FOLDER]

20 outlets on 127.0.1.1 to 127.0.1.20 publish some 5,000 articles, with what `sites.py` and
`world.py` describe going wrong. In each round `scrapy crawlall --due` runs as a schedule would run
it, by a clock that is three hours ahead of the round before; in three rounds it is killed (SIGKILL,
its whole process group) at a random moment and started again. Nine days later it takes a last look
at everything, and then another at once, which must find nothing to do. Then the store is held
against the world. The exit status is 1 when anything is not as it must be.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.soak import outlets  # noqa: E402
from benchmarks.soak.check import Finding, check_health, check_requests, check_store, show  # noqa: E402
from benchmarks.soak.server import Servers  # noqa: E402
from benchmarks.soak.world import World  # noqa: E402
from crawler.storage import open_store  # noqa: E402

KILLS = 3
TIMEOUT = 2  # seconds until a page is given up; slow pages take less
SETTINGS = {
    "SPIDER_MODULES": outlets.PACKAGE,
    "GUARD_ALLOW": "127.0.1.0/24",
    "DOWNLOAD_TIMEOUT": TIMEOUT,
    # The outlets are this machine: it bears more than a site, and their servers recover when the
    # world says so.
    "AUTOTHROTTLE_ENABLED": False,
    "BACKOFF_DELAY": 0.2,
}
TAKEN = 14  # the status of a crawl that finds another one, or the lease of a killed one, at work
BROKEN = {1: "an error of ours", 2: "usage", 13: "store down"}


@dataclass(frozen=True)
class Crawl:
    """One run of the crawler. `status` -9: it was killed. `peak`: megabytes of its largest
    process."""

    round: int
    status: int
    seconds: float
    peak: float


@dataclass
class Soak:
    """The world's course over a store at `uri`, with the crawler's logs in `folder`, in `jobs`
    processes."""

    world: World
    servers: Servers
    uri: str
    folder: Path
    jobs: int = 2
    ahead: timedelta = timedelta()  # of the crawler's clock; never set back, not even after a kill
    crawls: list[Crawl] = field(default_factory=list)
    health: list[dict[str, Any]] = field(default_factory=list)

    def run(self, kills: Mapping[int, float]) -> None:
        """All rounds and two later ones; `kills`: of which rounds the first crawl is killed, after
        which share of the round's new articles has been asked for."""
        outlets.write({site: self.servers.base(site) for site in self.world.sites}, self.folder)
        for round_ in range(1, self.world.rounds + 1):
            self._go_to(round_)
            if round_ in kills:
                new = sum(piece.round == round_ for piece in self.world.pieces)
                self._crawl("--due", kill_after=int(kills[round_] * new))
            while self._crawl("--due").status == TAKEN:
                time.sleep(0.5)
        self.health = self._health()
        for further in (1, 2):
            self._go_to(self.world.rounds + further)
            self._crawl()

    def _go_to(self, round_: int) -> None:
        self.servers.round = round_
        self.ahead = self.world.time(round_) - datetime.now(UTC)

    def _scrapy(
        self, command: Sequence[str], stdout: IO[bytes], stderr: IO[bytes]
    ) -> "subprocess.Popen[bytes]":
        """Start a command of the project, at the time that it is in the world."""
        settings = SETTINGS | {"SPOOL": self.folder / "spool.jsonl"}
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("KHABAR_")
        }
        environment |= {
            "KHABAR_STORE_URI": self.uri,
            "PYTHONPATH": str(self.folder),
            outlets.CLOCK: str(self.ahead.total_seconds()),
        }
        return subprocess.Popen(
            [sys.executable, "-m", "scrapy.cmdline", *command, *options],
            cwd=ROOT,
            env=environment,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
        )

    def _health(self) -> list[dict[str, Any]]:
        """What `scrapy health --json` says."""
        path = self.folder / "health.jsonl"
        with path.open("wb") as stdout, (self.folder / "health.log").open("wb") as stderr:
            self._scrapy(("health", "--json"), stdout, stderr).wait()
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    def _crawl(self, *options: str, kill_after: int | None = None) -> Crawl:
        """Run a crawl to its end, or until so many articles were asked for."""
        seen, began = len(self.servers.hits), time.monotonic()
        with (self.folder / f"crawl-{len(self.crawls)}.log").open("wb") as log:
            process = self._scrapy(("crawlall", "--jobs", str(self.jobs), *options), log, log)
            while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
                if kill_after is not None and self._articles_since(seen) >= kill_after:
                    os.killpg(process.pid, signal.SIGKILL)
                time.sleep(0.02)
        _, status, usage = ended
        process.returncode = os.waitstatus_to_exitcode(status)
        crawl = Crawl(
            self.servers.round, process.returncode, time.monotonic() - began, usage.ru_maxrss / 1024
        )
        self.crawls.append(crawl)
        return crawl

    def _articles_since(self, seen: int) -> int:
        return sum(hit.kind == "article" for hit in self.servers.hits[seen:])

    def write_requests(self) -> None:
        """Leave what the servers saw beside the logs, a line a request."""
        with (self.folder / "requests.txt").open("w", encoding="utf-8") as file:
            for hit in self.servers.hits:
                file.write(
                    f"{hit.at:.2f} round {hit.round} {hit.site} {hit.status} {hit.edition} {hit.target}\n"
                )

    def findings(self, kills: int) -> list[Finding]:
        """What came of it."""

        async def of_the_store() -> list[Finding]:
            async with open_store(self.uri) as store:
                return await check_store(store, self.servers)

        return [
            *asyncio.run(of_the_store()),
            *check_requests(self.servers),
            check_health(self.health, self.world),
            *self._course(kills),
        ]

    def _course(self, kills: int) -> list[Finding]:
        killed = [crawl for crawl in self.crawls if crawl.status == -signal.SIGKILL]
        broken = [
            f"round {one.round}: {BROKEN[one.status]}"
            for one in self.crawls
            if one.status in BROKEN
        ]
        logs = sorted(self.folder.glob("crawl-*.log"))
        told = [f"{log}: a traceback" for log in logs if b"Traceback" in log.read_bytes()]
        wrong = [f"killed {len(killed)} times"] * (len(killed) != kills) + broken + told
        last, again = (
            [hit for hit in self.servers.hits if hit.round == self.world.rounds + further]
            for further in (1, 2)
        )
        asked = [hit.target for hit in again if hit.kind == "article"]
        return [
            Finding("crawls", f"{len(self.crawls)}, {len(killed)} of them killed", tuple(wrong)),
            Finding("requests of the last look", str(len(last))),
            Finding("requests of the look at once after it", str(len(again)), tuple(asked)),
            Finding("seconds", f"{sum(one.seconds for one in self.crawls):.0f} in all crawls"),
            Finding("peak memory of a process, MB", f"{max(one.peak for one in self.crawls):.0f}"),
        ]


def moments_of_death(seed: int, rounds: int, kills: int) -> dict[int, float]:
    """In which rounds, and how far into their articles, a crawl is killed."""
    chance = random.Random(seed)
    return {
        round_: chance.uniform(0.1, 0.9) for round_ in chance.sample(range(1, rounds + 1), kills)
    }


@contextmanager
def store_uri(named: str, folder: Path) -> Iterator[str]:
    """A fresh store of the kind named, or the one at that URI."""
    if named == "sqlite":
        yield f"sqlite:///{folder}/khabar.db"
    elif named == "mongodb":
        from tests.mongod import new_mongod, with_database

        server = new_mongod()
        try:
            yield with_database(server.uri, "khabar_soak")
        finally:
            server.stop()
    else:
        yield named


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=5_100)
    parser.add_argument("--rounds", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--store", default="sqlite", help="sqlite, mongodb, or the URI of an empty store"
    )
    parser.add_argument(
        "--keep", type=Path, help="a new folder for store and logs, which are else removed"
    )
    given = parser.parse_args()
    world = World(
        seed=given.seed, end=datetime.now(UTC), articles=given.articles, rounds=given.rounds
    )
    print(
        f"{len(world.pieces)} articles of {len(world.sites)} outlets in {world.rounds} rounds",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        folder.mkdir(exist_ok=True)
        with store_uri(given.store, folder) as uri, Servers(world) as servers:
            soak = Soak(world, servers, uri, folder)
            soak.run(moments_of_death(given.seed, given.rounds, KILLS))
            for crawl in soak.crawls:
                print(
                    f"round {crawl.round}: status {crawl.status}, {crawl.seconds:.1f} s, {crawl.peak:.0f} MB"
                )
            soak.write_requests()
            findings = soak.findings(KILLS)
    print(show(findings))
    return int(any(finding.wrong for finding in findings))


if __name__ == "__main__":
    sys.exit(main())

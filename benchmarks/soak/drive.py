"""The soak: run a crawler alone against a bad web, and kill it three times.

    python benchmarks/soak/drive.py [--articles 5100] [--rounds 24] [--seed 1] [--store sqlite]
    [--keep FOLDER]

20 outlets on 127.0.1.1 to 127.0.1.20 publish some 5,000 articles, with the troubles and faults of
`sites.py`. In each round `scrapy crawlall --due` runs as a schedule would run it, by a clock that
is three hours ahead of the round before; in three rounds it is killed (SIGKILL, its whole process
group) at a random moment and started again. Nine days later it takes a last look at everything, and
soon after another look, which must find nothing to do. Then the store is compared with the world.
The exit status is 1 when anything is not as it must be.
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
from benchmarks.soak.server import Hit, Servers  # noqa: E402
from benchmarks.soak.world import World  # noqa: E402
from crawler.storage import open_store  # noqa: E402

KILLS = 3
TIMEOUT_SECONDS = 2
"""Until a page is given up; slow pages take less."""
SETTINGS = {
    "SPIDER_MODULES": outlets.PACKAGE,
    "GUARD_ALLOW": "127.0.1.0/24",
    "DOWNLOAD_TIMEOUT": TIMEOUT_SECONDS,
    # The outlets are this machine: it bears more than a site, and its servers recover at the times
    # of the world.
    "AUTOTHROTTLE_ENABLED": False,
    "BACKOFF_DELAY": 0.2,
}
ALREADY_RUNNING = 14
"""The status of a crawl that finds another crawl at work, or the lease of a killed one."""
BROKEN = {1: "an error of ours", 2: "usage", 13: "store down"}
"""The statuses of crawls that broke."""
_PAUSE_SECONDS = 0.5
_POLL_SECONDS = 0.02


@dataclass(frozen=True)
class Crawl:
    """One run of the crawler. `status`: -9 if it was killed. `peak`: megabytes of its largest
    process."""

    round: int
    status: int
    seconds: float
    peak: float


@dataclass
class Soak:
    """A soak of the store at `uri`, with the crawler's logs in `folder`, in `jobs` processes."""

    world: World
    servers: Servers
    uri: str
    folder: Path
    jobs: int = 2
    ahead: timedelta = timedelta()  # of the crawler's clock; never set back, not even after a kill
    crawls: list[Crawl] = field(default_factory=list)
    health: list[dict[str, Any]] = field(default_factory=list)

    def run(self, kills: Mapping[int, float]) -> None:
        """Run all rounds and the two later ones.

        `kills` maps a round to the share of its new articles after whose requests its first crawl
        is killed.
        """
        outlets.write({site: self.servers.base(site) for site in self.world.sites}, self.folder)
        for round_ in range(1, self.world.rounds + 1):
            self._go_to(round_)
            if round_ in kills:
                new = sum(piece.round == round_ for piece in self.world.pieces)
                self._crawl("--due", kill_after=int(kills[round_] * new))
            while self._crawl("--due").status == ALREADY_RUNNING:
                time.sleep(_PAUSE_SECONDS)
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
        """Start a command of the project, at the present time of the world."""
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
        """Return the reports of `scrapy health --json`."""
        path = self.folder / "health.jsonl"
        with path.open("wb") as stdout, (self.folder / "health.log").open("wb") as stderr:
            self._scrapy(("health", "--json"), stdout, stderr).wait()
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    def _crawl(self, *options: str, kill_after: int | None = None) -> Crawl:
        """Run a crawl to its end, or kill it after that many requests for articles."""
        hits_before, began = len(self.servers.hits), time.monotonic()
        with (self.folder / f"crawl-{len(self.crawls)}.log").open("wb") as log:
            process = self._scrapy(("crawlall", "--jobs", str(self.jobs), *options), log, log)
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            while pid == 0:
                if kill_after is not None and self._articles_since(hits_before) >= kill_after:
                    os.killpg(process.pid, signal.SIGKILL)
                time.sleep(_POLL_SECONDS)
                pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - began
        crawl = Crawl(self.servers.round, process.returncode, seconds, usage.ru_maxrss / 1024)
        self.crawls.append(crawl)
        return crawl

    def _articles_since(self, hits_before: int) -> int:
        return sum(hit.kind == "article" for hit in self.servers.hits[hits_before:])

    def write_requests(self) -> None:
        """Write the requests that the servers got beside the logs, a line each."""
        with (self.folder / "requests.txt").open("w", encoding="utf-8") as file:
            for hit in self.servers.hits:
                where = f"round {hit.round} {hit.site}"
                file.write(f"{hit.at:.2f} {where} {hit.status} {hit.edition} {hit.target}\n")

    def findings(self, kills: int) -> list[Finding]:
        """Return the findings after a run with `kills` kills."""
        return [
            *asyncio.run(self._check_store()),
            *check_requests(self.servers),
            check_health(self.health, self.world),
            *self._check_crawls(kills),
        ]

    async def _check_store(self) -> list[Finding]:
        async with open_store(self.uri) as store:
            return await check_store(store, self.servers)

    def _check_crawls(self, kills: int) -> list[Finding]:
        killed = sum(crawl.status == -signal.SIGKILL for crawl in self.crawls)
        wrong = [] if killed == kills else [f"killed {killed} times"]
        broken = [crawl for crawl in self.crawls if crawl.status in BROKEN]
        wrong += [f"round {crawl.round}: {BROKEN[crawl.status]}" for crawl in broken]
        logs = sorted(self.folder.glob("crawl-*.log"))
        wrong += [f"{log}: a traceback" for log in logs if b"Traceback" in log.read_bytes()]
        last_look, look_after = self._hits_after_last_round(1), self._hits_after_last_round(2)
        needless = [hit.target for hit in look_after if hit.kind == "article"]
        seconds = sum(crawl.seconds for crawl in self.crawls)
        peak = max(crawl.peak for crawl in self.crawls)
        return [
            Finding("crawls", f"{len(self.crawls)}, {killed} of them killed", wrong),
            Finding("requests of the last look", str(len(last_look))),
            Finding("requests of the look at once after it", str(len(look_after)), needless),
            Finding("seconds", f"{seconds:.0f} in all crawls"),
            Finding("peak memory of a process, MB", f"{peak:.0f}"),
        ]

    def _hits_after_last_round(self, rounds: int) -> list[Hit]:
        """Return the requests of the round that comes `rounds` after the last round with news."""
        return [hit for hit in self.servers.hits if hit.round == self.world.rounds + rounds]


def moments_of_death(seed: int, rounds: int, kills: int) -> dict[int, float]:
    """Return the rounds in which a crawl is killed, each with the share of its articles before."""
    chance = random.Random(seed)
    killed_rounds = chance.sample(range(1, rounds + 1), kills)
    return {round_: chance.uniform(0.1, 0.9) for round_ in killed_rounds}


@contextmanager
def store_uri(named: str, folder: Path) -> Iterator[str]:
    """Give the URI of a fresh SQLite or MongoDB store; any other name is a URI itself."""
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
    """Run the soak and print its findings; return exit status 1 when anything is wrong, else 0."""
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
    size = f"{len(world.pieces)} articles of {len(world.sites)} outlets"
    print(f"{size} in {world.rounds} rounds", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        folder.mkdir(exist_ok=True)
        with store_uri(given.store, folder) as uri, Servers(world) as servers:
            soak = Soak(world, servers, uri, folder)
            soak.run(moments_of_death(given.seed, given.rounds, KILLS))
            for crawl in soak.crawls:
                cost = f"{crawl.seconds:.1f} s, {crawl.peak:.0f} MB"
                print(f"round {crawl.round}: status {crawl.status}, {cost}")
            soak.write_requests()
            findings = soak.findings(KILLS)
    print(show(findings))
    return int(any(finding.wrong for finding in findings))


if __name__ == "__main__":
    sys.exit(main())

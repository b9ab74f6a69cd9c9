"""The soak of benchmarks/soak in small: five outlets, some 80 articles and one kill -9."""

from datetime import UTC, datetime
from pathlib import Path

from benchmarks.soak.drive import Soak, moments_of_death
from benchmarks.soak.server import Servers
from benchmarks.soak.sites import SITES
from benchmarks.soak.world import World

OUTLETS = ("nakhla", "yasmin", "chinar", "chashma", "bayrak")
FAULTS = {"timeout", "truncated", "unavailable", "throttled", "moved", "private", "file"}
SEED = 17
ROUNDS = 3


def test_what_was_served_as_good_is_stored_once_whatever_went_wrong(tmp_path: Path) -> None:
    sites = [site for site in SITES if site.name in OUTLETS]
    world = World(
        seed=SEED, end=datetime.now(UTC), articles=80, rounds=ROUNDS, troubled=0, sites=sites
    )
    assert {piece.fault.kind for piece in world.pieces if piece.fault} == FAULTS
    assert any(len(piece.editions) > 1 for piece in world.pieces)
    with Servers(world) as servers:
        soak = Soak(world, servers, f"sqlite:///{tmp_path}/khabar.db", tmp_path, jobs=1)
        soak.run(moments_of_death(SEED, ROUNDS, kills=1))
        findings = soak.findings(kills=1)
    assert {finding.name: finding.wrong for finding in findings if finding.wrong} == {}

"""Declarations that cannot be used, beside one that can: they cost their own outlets only."""

import json
import subprocess
from collections.abc import Callable, Iterator

import pytest

from tests.conftest import ROOT, Scrapy
from tests.fetching.site import Site, serving

BROKEN: dict[str, str | tuple[str, str]] = {
    "raises.py": "raise RuntimeError('not ready\\nyet')",
    "syntax.py": "class Paper(:",
    "exits.py": "raise SystemExit",
    "zone.py": ("Asia/Amman", "Asia/Aman"),
    "publisher.py": ("petra", "petre"),
    "twin.py": ("waha", "waha"),
}

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def run(scrapy: Scrapy, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """`run(ARGUMENT...)`: a command on a package of one good declaration and several broken
    ones."""
    folder = tmp_path_factory.mktemp("declared")
    package = folder / "papers"
    package.mkdir()
    (package / "__init__.py").write_text("")
    with serving(Site()) as site:
        site.announce(1)
        path = site.spider(package, hosts=["www.example.com"], feed="www.example.com/feed.xml")
        good = path.read_text()
        for name, fault in BROKEN.items():
            text = fault if isinstance(fault, str) else good.replace(*fault)
            (package / name).write_text(text)
        settings = {
            "SPIDER_MODULES": "papers",
            "GUARD_ALLOW": "127.0.0.0/8",
            "AUTOTHROTTLE_ENABLED": False,
            "SPOOL": folder / "spool",
            "STORE_URI": f"sqlite:///{folder}/khabar.db",
        }
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]

        def command(*arguments: str) -> "subprocess.CompletedProcess[str]":
            process = scrapy(*arguments, *options, PYTHONPATH=f"{ROOT}:{folder}")
            assert "Traceback" not in process.stderr
            return process

        yield command


def test_the_other_outlets_are_crawled_and_the_files_are_shown_as_failed(run: Run) -> None:
    process = run("crawl", "waha")
    assert process.returncode == 0, process.stderr
    assert "zone: 'Asia/Aman' is not an IANA time zone" in process.stderr

    process = run("crawlall")
    assert process.returncode == 10, process.stderr
    rows = [line.split()[:2] for line in process.stderr.splitlines()][-len(BROKEN) - 1 :]
    assert rows == [["waha", "done"], *([name, "failed"] for name in sorted(BROKEN))]
    assert "did you mean petra" in process.stderr
    assert "raises.py:1: RuntimeError: not ready yet" in process.stderr
    assert "two outlets are called 'waha': papers.waha and papers.twin" in process.stderr

    process = run("outlets", "--json")
    assert process.returncode == 10, process.stderr
    outlets = {row["name"]: row["state"] for row in map(json.loads, process.stdout.splitlines())}
    assert outlets == {"waha": "healthy"} | dict.fromkeys(BROKEN, "failed")

    process = run("health", "--json")
    assert process.returncode == 10, process.stderr
    health = {row["outlet"]: row for row in map(json.loads, process.stdout.splitlines())}
    assert {name: row["state"] for name, row in health.items()} == outlets
    (reason,) = health["zone.py"]["reasons"]
    assert reason["cause"] == "declaration"
    assert "papers/zone.py" in reason["detail"]
    assert run("health", "waha").returncode == 0


def test_who_develops_is_told_at_once(run: Run) -> None:
    for command in ("list", "check"):
        process = run(command)
        assert process.returncode == 1, command
        assert process.stderr.count("\n") == 1


def test_an_unknown_outlet_is_answered_with_the_nearest(run: Run) -> None:
    for arguments in (["crawl", "wahha"], ["crawlall", "--only", "wahha"], ["health", "wahha"]):
        process = run(*arguments)
        assert process.returncode == 2, arguments
        assert "unknown outlet 'wahha'; did you mean waha?" in process.stderr

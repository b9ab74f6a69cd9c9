"""`scrapy watch` on the store that a replayed crawl filled."""

import asyncio
import json
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from crawler.storage import open_store
from tests.commands.conftest import Replayed
from tests.conftest import Scrapy

KEEP = "import pathlib, sys; pathlib.Path(sys.argv[1]).open('a').write(sys.stdin.read())"


@pytest.fixture
def uri(replayed_crawl: Replayed, tmp_path: Path) -> str:
    """A copy of the store, whose notes are the test's own."""
    path = replayed_crawl[0].removeprefix("sqlite:///")
    shutil.copy(path, tmp_path / "khabar.db")
    return f"sqlite:///{tmp_path}/khabar.db"


def test_a_command_gets_each_story_on_its_standard_input(
    scrapy: Scrapy, uri: str, tmp_path: Path
) -> None:
    command = shlex.join([sys.executable, "-c", KEEP, f"{tmp_path}/told"])
    arguments = ("watch", "--name", "wire", "--source", "sputnik", "--command", command)
    process = scrapy(*arguments, KHABAR_STORE_URI=uri)
    assert (process.returncode, process.stderr) == (0, "")
    stories = scrapy("stories", "--json", "--source", "sputnik", KHABAR_STORE_URI=uri).stdout
    expected = [json.loads(line) for line in stories.splitlines()]
    messages = [json.loads(line) for line in (tmp_path / "told").read_text().splitlines()]
    assert [message["story"] for message in messages] == expected
    assert {message["event"] for message in messages} == {"new_story"}
    assert process.stdout == f"wire: told of {len(expected)} new stories\n"
    again = scrapy(*arguments, KHABAR_STORE_URI=uri)
    assert (again.returncode, again.stdout) == (0, "")
    assert len((tmp_path / "told").read_text().splitlines()) == len(expected)


def test_a_hook_that_fails_is_told_without_its_secret(scrapy: Scrapy, uri: str) -> None:
    process = scrapy("watch", "--name", "wire", "--command", "false hush", KHABAR_STORE_URI=uri)
    assert process.returncode == 1
    assert process.stderr == (
        "scrapy watch: wire: 3 messages failed: ended with status 1;"
        " the rest waits for the next call\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--name", "wire"), "give --command, --webhook or --from-now"),
        (("--from-now",), "required: --name"),
        (("--name", "a b", "--from-now"), "--name: letters"),
        (("--name", "a", "--webhook", "ftp://hush"), "--webhook: it is not an http(s) address"),
        (("--name", "a", "--command", "'hush"), "--command: it cannot be split into arguments"),
        (("--name", "a", "--command", ""), "--command: it cannot be split into arguments"),
        (("--name", "a", "--command", "b", "--webhook", "c"), "not allowed with"),
    ],
)
def test_a_wrong_option_is_told_in_a_line(
    scrapy: Scrapy, uri: str, arguments: tuple[str, ...], message: str
) -> None:
    process = scrapy("watch", *arguments, KHABAR_STORE_URI=uri)
    assert process.returncode == 2
    assert message in process.stderr
    assert "hush" not in process.stderr.replace("--webhook ftp://hush", "")


def test_one_at_a_time_runs_under_a_name(scrapy: Scrapy, uri: str) -> None:
    async def held() -> None:
        async with open_store(uri) as store:
            await store.take_lease("watch wire", "elsewhere:1::", 60)

    asyncio.run(held())
    process = scrapy("watch", "--name", "wire", "--from-now", KHABAR_STORE_URI=uri)
    assert process.returncode == 14
    assert "wire is already running, by process 1 on elsewhere" in process.stderr
    process = scrapy("watch", "--name", "other", "--from-now", KHABAR_STORE_URI=uri)
    assert process.returncode == 0
    assert process.stdout.startswith("other: noted ")

"""A password never gets into a log or a message, however much is logged and whatever goes wrong."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

Scrapy = Callable[..., "subprocess.CompletedProcess[str]"]

SECRET = "s3cret"
# A refused connection now and then leaves a socket of the driver's unclosed: warnings are only
# shown ("default").
EVERYTHING = ("-s", "LOG_LEVEL=DEBUG", "-s", "REPLAY=fixtures")


def said(process: "subprocess.CompletedProcess[str]", status: int) -> str:
    text = process.stdout + process.stderr
    assert process.returncode == status, text
    assert SECRET not in text
    return text


@pytest.mark.parametrize(
    "command",
    [("crawl", "youm7"), ("crawlall", "--due", "--jobs", "2"), ("stories",), ("health",)],
    ids=" ".join,
)
def test_of_a_store_that_is_down(
    scrapy: Scrapy, tmp_path: Path, free_port: int, command: tuple[str, ...]
) -> None:
    environment = {
        "KHABAR_STORE_URI": f"mongodb://user:{SECRET}@127.0.0.1:{free_port}/x",
        "KHABAR_SPOOL": str(tmp_path / "spool"),
        "KHABAR_HEALTH_WEBHOOK": f"http://127.0.0.1:{free_port}/{SECRET}",
    }
    text = said(scrapy(*command, *EVERYTHING, warnings="default", **environment), 13)
    assert f"mongodb://127.0.0.1:{free_port}/x" in text


def test_of_a_store_that_is_named_on_the_command_line(
    scrapy: Scrapy, tmp_path: Path, free_port: int
) -> None:
    options = (
        "-s",
        f"STORE_URI=mongodb://user:{SECRET}@127.0.0.1:{free_port}/x",
        "-s",
        f"SPOOL={tmp_path}/spool",
    )
    text = said(scrapy("crawl", "youm7", *options, *EVERYTHING, warnings="default"), 13)
    assert "Overridden settings" in text


@pytest.mark.parametrize(
    "uri",
    [
        f"mongodb://user:{SECRET}@127.0.0.1:port/x",
        f"mongodb://user:a/{SECRET}@127.0.0.1:1/x",
        f"mongodb://user:a@{SECRET}@127.0.0.1:1/x",
        f"mongodb://user:a@127.0.0.1:1/x?unknown={SECRET}",
        f"mongo://user:{SECRET}@127.0.0.1:1/x",
    ],
)
def test_of_an_address_that_can_be_none(scrapy: Scrapy, uri: str) -> None:
    said(scrapy("crawl", "youm7", *EVERYTHING, KHABAR_STORE_URI=uri), 2)
    said(scrapy("health", KHABAR_STORE_URI=uri), 2)  # writes to the terminal itself, past the log


def test_of_a_store_that_does_not_know_the_user(
    scrapy: Scrapy, tmp_path: Path, mongod_uri: str
) -> None:
    uri = urlsplit(mongod_uri)
    wrong = uri._replace(netloc=f"user:{SECRET}@{uri.netloc}", path="/x").geturl()
    environment = {"KHABAR_STORE_URI": wrong, "KHABAR_SPOOL": str(tmp_path / "spool")}
    assert "Authentication failed" in said(scrapy("crawl", "youm7", *EVERYTHING, **environment), 2)


def test_of_hooks_that_fail(scrapy: Scrapy, tmp_path: Path, free_port: int) -> None:
    environment = {
        "KHABAR_STORE_URI": f"sqlite:///{tmp_path}/khabar.db",
        "KHABAR_HEALTH_WEBHOOK": f"http://user:{SECRET}@127.0.0.1:{free_port}/{SECRET}",
        "KHABAR_HEALTH_COMMAND": f"false {SECRET}",
    }
    text = said(scrapy("crawl", "youm7", *EVERYTHING, **environment), 0)
    assert "HEALTH_WEBHOOK:" in text
    assert "HEALTH_COMMAND: ended with status 1" in text

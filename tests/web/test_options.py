"""The options of `scrapy serve` that would open the site to strangers."""

import argparse

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.commands.serve import Command, read_access

TOKEN = "a-long-enough-token"


def options(*given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(conflict_handler="resolve")
    command = Command()
    command.settings = Settings()
    command.add_options(parser)
    return parser.parse_args(given)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "::1", "127.8.9.1"])
def test_one_s_own_machine_needs_no_token(host: str) -> None:
    assert read_access(options("--host", host), "").token == ""


@pytest.mark.parametrize(
    ("given", "token", "told"),
    [
        (("--host", "0.0.0.0"), "", "all the network"),
        (("--host", "::"), "", "all the network"),
        (("--host", "news.example.org"), "", "all the network"),
        ((), "short", "at least 16"),
        ((), "sixteen letters and spaces", "no spaces"),
        ((), "ein-schlüssel-mit-umlaut", "ASCII"),
        (("--trusted-proxy", "192.0.2.7"), "", "--trusted-proxy: all whom"),
        (("--trusted-proxy", "proxy.example"), TOKEN, "'proxy.example' does not appear to be"),
        (("--trusted-proxy", "192.0.2.0/24"), TOKEN, "--trusted-proxy"),
        (("--user-header", "Remote-User"), TOKEN, "anybody could send it"),
        (("--trusted-proxy", "::1", "--user-header", "a b"), TOKEN, "no name of a header"),
        (("--allow-host", "*"), "", "--allow-host: '*' is no name of a host"),
    ],
)
def test_what_opens_the_site_to_strangers_is_refused(
    given: tuple[str, ...], token: str, told: str
) -> None:
    with pytest.raises(UsageError) as refused:
        read_access(options(*given), token)
    assert told in str(refused.value)


def test_names_and_proxies_have_one_spelling() -> None:
    access = read_access(
        options(
            *("--host", "0.0.0.0", "--allow-host", "News.Example.ORG."),
            *("--trusted-proxy", "2001:DB8::0007", "--user-header", "Remote-User"),
        ),
        TOKEN,
    )
    assert access.hosts == {"127.0.0.1", "[::1]", "localhost", "0.0.0.0", "news.example.org"}
    assert access.trusted_proxies == {"2001:db8::7"}
    assert access.user_header == "Remote-User"

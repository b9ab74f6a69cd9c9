"""Who is let in, and what a page may do."""

import pytest

from crawler.web.security import COOKIE, Access
from tests.web.newsroom import Visitor

TOKEN = "a-long-enough-token"
HOSTS = frozenset({"127.0.0.1"})


@pytest.fixture
def guarded(sqlite_newsroom: str) -> Visitor:
    """A visitor of a site that asks for a token."""
    return Visitor(sqlite_newsroom, Access(HOSTS, token=TOKEN))


def test_a_token_opens_the_site(guarded: Visitor) -> None:
    assert guarded.get("/").status_code == 401
    assert guarded.get("/", authorization="Bearer wrong").status_code == 401
    assert guarded.get("/", authorization=f"Bearer {TOKEN}").status_code == 200
    assert guarded.get("/index.json").status_code == 401
    assert guarded.get("/healthz").text == "ok\n"


def test_a_form_sets_a_cookie_that_does_not_tell_the_token(guarded: Visitor) -> None:
    away = guarded.get("/", accept="text/html")
    assert (away.status_code, away.headers["location"]) == (303, "/enter")
    assert guarded.get("/enter").status_code == 200
    assert guarded.ask("POST", "/enter", "token=wrong").status_code == 401
    let = guarded.ask("POST", "/enter", f"token={TOKEN}")
    assert (let.status_code, let.headers["location"]) == (303, "/")
    cookie = let.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert TOKEN not in cookie
    value = let.cookies[COOKIE]
    assert guarded.get("/", cookie=f"{COOKIE}={value}").status_code == 200
    assert guarded.get("/", cookie=f"{COOKIE}={TOKEN}").status_code == 401


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::"])
def test_another_host_name_is_refused(visitor: Visitor, host: str) -> None:
    assert visitor.get("/", host=host).status_code == 421


def test_a_page_may_load_nothing_from_elsewhere(visitor: Visitor) -> None:
    headers = visitor.get("/").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "https:" not in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert "style=" not in visitor.get("/").text
    assert "<script" not in visitor.get("/").text

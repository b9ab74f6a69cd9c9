"""Who is let in, and what a page may do."""

import asyncio
import time

import httpx
import pytest

from crawler.storage import open_reader
from crawler.web.app import make_app
from crawler.web.hosts import allowed_host
from crawler.web.security import COOKIE, Access
from crawler.web.site import Site
from tests.web.newsroom import BASE, Visitor

TOKEN = "a-long-enough-token"
HOSTS = frozenset({"127.0.0.1"})


@pytest.fixture
def guarded(sqlite_newsroom: str) -> Visitor:
    """A visitor of a site that asks for a token."""
    return Visitor(sqlite_newsroom, Access(HOSTS, token=TOKEN, wrong_token_seconds=0.01))


@pytest.fixture
def proxied(sqlite_newsroom: str) -> Visitor:
    """A visitor of a site behind a proxy that lets in users of its own."""
    access = Access(HOSTS, token=TOKEN, trusted_proxies={"192.0.2.7"}, user_header="Remote-User")
    return Visitor(sqlite_newsroom, access)


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


@pytest.mark.parametrize("site", ["cross-site", "same-site", "same-origin", "none", None], ids=str)
def test_no_other_site_can_send_the_form(guarded: Visitor, site: str | None) -> None:
    headers = {} if site is None else {"sec_fetch_site": site}
    let = guarded.ask("POST", "/enter", f"token={TOKEN}", **headers)
    assert let.status_code == (403 if site in ("cross-site", "same-site") else 303)
    assert ("set-cookie" in let.headers) == (let.status_code == 303)


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://127.0.0.1", 303), ("https://evil.example", 403), ("null", 403), ("http://[", 403)],
)
def test_an_older_browser_names_the_site_that_sends_the_form(
    guarded: Visitor, origin: str, status: int
) -> None:
    assert guarded.ask("POST", "/enter", f"token={TOKEN}", origin=origin).status_code == status


def test_the_page_of_the_form_lets_a_browser_name_it(guarded: Visitor) -> None:
    assert guarded.get("/enter").headers["referrer-policy"] == "same-origin"


def test_a_form_that_is_none_is_a_wrong_token(guarded: Visitor) -> None:
    for body in ("", "x" * 9000, "&".join(f"a{n}=b" for n in range(99)), "token=%ff%00", "token"):
        assert guarded.ask("POST", "/enter", body).status_code == 401, body[:40]


def test_the_cookie_stays_with_https(proxied: Visitor) -> None:
    https = {"x_forwarded_proto": "https"}
    straight = proxied.ask("POST", "/enter", f"token={TOKEN}", **https)
    assert "Secure" not in straight.headers["set-cookie"], "anybody can say so"
    proxied.address = "192.0.2.7"
    assert (
        "Secure" in proxied.ask("POST", "/enter", f"token={TOKEN}", **https).headers["set-cookie"]
    )
    feed = proxied.get("/index.atom", authorization=f"Bearer {TOKEN}", **https)
    assert 'href="https://127.0.0.1/stories/' in feed.text


def test_only_the_trusted_proxy_names_users(proxied: Visitor) -> None:
    user = {"remote_user": "leila"}
    assert proxied.get("/", **user).status_code == 401
    assert proxied.get("/", x_forwarded_for="192.0.2.7", **user).status_code == 401
    proxied.address = "192.0.2.7"
    assert proxied.get("/").status_code == 401
    assert proxied.get("/", remote_user=" ").status_code == 401
    assert proxied.get("/", **user).status_code == 200


def test_a_proxy_for_https_alone_names_nobody(sqlite_newsroom: str) -> None:
    access = Access(HOSTS, token=TOKEN, trusted_proxies={"127.0.0.1"})
    assert Visitor(sqlite_newsroom, access).get("/", remote_user="leila").status_code == 401


def test_wrong_tokens_take_time_and_few_are_tried_at_once(sqlite_newsroom: str) -> None:
    async def guess() -> list[int]:
        access = Access(HOSTS, token=TOKEN, wrong_token_seconds=0.5)
        async with open_reader(sqlite_newsroom) as reader:
            transport = httpx.ASGITransport(app=make_app(Site(reader), access))
            async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:

                async def ask(token: str) -> int:
                    given = {"authorization": f"Bearer {token}"}
                    return (await client.get("/", headers=given)).status_code

                tokens = ("a", "b", "c", "d", "e", TOKEN)
                at_once = await asyncio.gather(*map(ask, tokens))
                cookie = {"cookie": f"{COOKIE}={access.cookie}"}
                assert (await client.get("/", headers=cookie)).status_code == 200
                return [*at_once, await ask(TOKEN)]

    began = time.monotonic()
    answers = asyncio.run(guess())
    # What comes while four are being answered is not looked at; later the right one lets in.
    assert answers == [401, 401, 401, 401, 429, 429, 200]
    assert time.monotonic() - began >= 0.5


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "",
        "[::",
        "evil@127.0.0.1",
        "127.0.0.1:80:80",
        "127.0.0.1, evil.example",
        "127.0.0.1/",
        "2130706433",
    ],
)
def test_another_host_name_is_refused(visitor: Visitor, host: str) -> None:
    for page in ("/", "/healthz", "/assets/khabar.css"):
        assert visitor.get(page, host=host).status_code == 421


@pytest.mark.parametrize(
    ("allowed", "host", "status"),
    [
        ("News.Example.org", "news.example.org", 200),
        ("news.example.org.", "NEWS.example.org:8443", 200),
        ("news.example.org", "news.example.org.", 200),
        ("news.example.org:8443", "news.example.org:8443", 200),
        ("news.example.org:8443", "news.example.org:80", 421),
        ("news.example.org", "www.news.example.org", 421),
        ("2001:DB8::0001", "[2001:db8:0::1]:8000", 200),
        ("[2001:db8::1]:8000", "[2001:db8::1]:8000", 200),
        ("[2001:db8::1]:8000", "[2001:db8::1]", 421),
        ("خبر.example", "xn--mgba7f6a.example", 421),
        ("أخبار.example", "xn--igbicxr.example", 200),
    ],
)
def test_further_names_are_allowed_in_any_spelling(
    sqlite_newsroom: str, allowed: str, host: str, status: int
) -> None:
    access = Access(frozenset({allowed_host(allowed)}))
    assert Visitor(sqlite_newsroom, access).get("/robots.txt", host=host).status_code == status


@pytest.mark.parametrize("text", ["", "http://news.example", "a b", "*.example", "a:b", "[::x]"])
def test_what_is_no_host_name_cannot_be_allowed(text: str) -> None:
    with pytest.raises(ValueError, match="is no name of a host"):
        allowed_host(text)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "HACK"])
def test_a_site_that_is_only_read_takes_nothing(visitor: Visitor, method: str) -> None:
    for page in ("/", "/stories", "/robots.txt", "/healthz", "/assets/khabar.css"):
        assert visitor.ask(method, page).status_code == 405, page


def test_a_page_may_load_nothing_from_elsewhere(visitor: Visitor) -> None:
    headers = visitor.get("/").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "https:" not in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert "style=" not in visitor.get("/").text
    assert "<script" not in visitor.get("/").text

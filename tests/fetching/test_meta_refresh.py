"""Which refreshes of a page are followed."""

import pytest
from scrapy import Request, Spider
from scrapy.http import HtmlResponse, Response
from scrapy.utils.test import get_crawler

from crawler import settings
from crawler.fetching.meta_refresh import MetaRefresh

URL = "https://www.example.com/story/1"


def pass_through(content: str, content_type: str = "text/html", charset: str = "utf-8") -> str:
    """Return the address that a page with this refresh leads to: its own if it is read."""
    crawler = get_crawler(settings_dict={"METAREFRESH_MAXDELAY": settings.METAREFRESH_MAXDELAY})
    crawler.spider = Spider("refreshed")
    body = f'<meta charset={charset}><meta http-equiv="refresh" content="{content}"><p>text'
    response = HtmlResponse(URL, headers={"Content-Type": content_type}, body=body.encode())
    answer = MetaRefresh.from_crawler(crawler).process_response(Request(URL), response)
    assert answer is response or not isinstance(answer, Response)
    return answer.url


@pytest.mark.parametrize("seconds", [0, 1, 5])
def test_a_page_that_leads_on_is_followed(seconds: int) -> None:
    assert pass_through(f"{seconds};url=/story/2") == "https://www.example.com/story/2"


@pytest.mark.parametrize("seconds", [6, 60, 90, 300])
def test_a_page_that_goes_home_when_it_is_idle_is_read(seconds: int) -> None:
    assert pass_through(f"{seconds};url=/") == URL


def test_a_page_that_refreshes_itself_is_read() -> None:
    assert pass_through("0;url=/story/1") == URL


@pytest.mark.parametrize("target", ["javascript:x", "mailto:a@b.c", "http://[::1", "http://a:b/"])
@pytest.mark.parametrize("seconds", [0, 60])
def test_a_page_whose_refresh_leads_nowhere_is_read(seconds: int, target: str) -> None:
    assert pass_through(f"{seconds};url={target}") == URL


@pytest.mark.parametrize("codec", ["undefined", "rot13", "hex", "idna", "zip", "punycode", "x"])
def test_a_codec_that_is_no_charset_is_passed_over(codec: str) -> None:
    there = "https://www.example.com/story/2"
    assert pass_through("0;url=/story/2", f"text/html; charset={codec}") == there
    assert pass_through("0;url=/story/2", charset=codec) == there
    assert pass_through("60;url=/", f"text/html; charset={codec}", codec) == URL

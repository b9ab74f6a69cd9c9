import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.test import get_crawler

from crawler.fetching.early_stop import EarlyStop
from crawler.storage import Run
from tests.fetching.site import Reply, Site


def test_a_signal_ends_a_crawl_that_waits_and_sends_nothing_more(
    site: Site, options: list[str], summary: Callable[[], Run], tmp_path: Path
) -> None:
    site.stories = [f"www.example.com/story/{number}" for number in range(9)]
    site.in_turn = [Reply(), Reply(429, {"Retry-After": "120"})]
    spider = site.spider(
        tmp_path, hosts=("www.example.com",), feed="www.example.com/feed.xml", delay=0.1
    )
    command = [sys.executable, "-m", "scrapy.cmdline", "runspider", str(spider), *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while len(site.arrivals) < 4:
            assert process.poll() is None
            time.sleep(0.05)
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        try:
            _, told = process.communicate(timeout=20)
        finally:
            process.kill()

    assert "Traceback" not in told
    assert len(site.arrivals) == 4
    run = summary()
    assert (run.status, run.new_stories, dict(run.failures)) == ("interrupted", 1, {})


@pytest.mark.parametrize("stalling", ["/story/0", "/robots.txt"])
def test_a_signal_ends_a_crawl_whose_site_stalls(
    site: Site, options: list[str], summary: Callable[[], Run], tmp_path: Path, stalling: str
) -> None:
    site.announce(1)
    site.replies = {stalling: [Reply(text="User-agent: *", stall=60.0)]}
    spider = site.spider(tmp_path, hosts=("www.example.com",), feed="www.example.com/feed.xml")
    command = [sys.executable, "-m", "scrapy.cmdline", "runspider", str(spider), *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            while stalling not in site.paths():
                assert process.poll() is None
                time.sleep(0.05)
            process.send_signal(signal.SIGTERM)
            _, told = process.communicate(timeout=8)
        finally:
            process.kill()

    assert "Traceback" not in told
    run = summary()
    assert (run.status, run.new_stories, dict(run.failures)) == ("interrupted", 0, {})


@pytest.mark.parametrize("running", [True, False])
def test_no_page_is_begun_after_a_signal(running: bool) -> None:
    crawler = get_crawler()
    crawler.engine = SimpleNamespace(running=running)  # type: ignore[assignment]

    async def build() -> EarlyStop:  # Scrapy asks for a running loop
        return EarlyStop(crawler)

    early_stop = asyncio.run(build())
    request = Request("https://www.example.com/story/1")
    response = Response(request.url)
    result = early_stop.process_response(request, response)
    assert isinstance(result, Response if running else Request)
    rules = request.replace(callback=NO_CALLBACK)
    assert early_stop.process_response(rules, response) is response

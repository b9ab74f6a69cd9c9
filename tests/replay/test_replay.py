"""Crawls under the REPLAY setting."""

import gzip
from time import monotonic
from typing import Any

URL = "https://news.example/1"


def test_recorded_answers_are_replayed_without_delay(
    crawl: Any, fixtures: Any, make_hop: Any
) -> None:
    headers = {"content-type": "text/html; charset=windows-1256", "Set-Cookie": ["a=1", "b=2"]}
    fixtures.record(
        "gazette/one",
        make_hop(URL, headers=headers, body="page.html"),
        page_html="<p>خبر</p>".encode("windows-1256"),
    )
    fixtures.record("gazette/two", make_hop(URL + "2", fetched_at="2024-03-05T01:00:00+05:00"))

    seen = crawl(fixtures.path, URL)

    assert seen["responses"] == [
        {
            "url": URL,
            "status": 200,
            "kind": "HtmlResponse",
            "text": "<p>خبر</p>",
            "length": 10,
            "cookies": ["a=1", "b=2"],
            "fetched_at": "2024-03-01 08:00:00+00:00",
        }
    ]
    assert seen["clock"] == "2024-03-04 20:00:00+00:00"


def test_every_hop_of_a_redirect_is_replayed(crawl: Any, fixtures: Any, make_hop: Any) -> None:
    fixtures.record(
        "gazette/one",
        make_hop("http://news.example/1", status=301, headers={"Location": URL}),
        make_hop(URL, fetched_at="2024-03-01T08:00:02+00:00"),
    )

    seen = crawl(fixtures.path, "http://news.example/1")

    assert [(r["url"], r["fetched_at"]) for r in seen["responses"]] == [
        (URL, "2024-03-01 08:00:02+00:00")
    ]


def test_a_redirect_to_what_was_not_recorded_names_it(
    crawl: Any, fixtures: Any, make_hop: Any
) -> None:
    fixtures.record("gazette/one", make_hop(URL, status=302, headers={"Location": "/2"}))

    assert crawl(fixtures.path, URL)["failures"] == [
        {"error": "NotRecorded", "url": "https://news.example/2"}
    ]


def test_a_request_not_recorded_fails_by_name_and_leaves_the_machine_alone(
    crawl: Any, fixtures: Any, make_hop: Any
) -> None:
    fixtures.record("gazette/one", make_hop(URL))

    seen = crawl(fixtures.path, "https://news.example/2", "http://localhost/3")

    assert sorted(failure["url"] for failure in seen["failures"]) == [
        "http://localhost/3",
        "https://news.example/2",
    ]
    assert {failure["error"] for failure in seen["failures"]} == {"NotRecorded"}
    assert seen["retries"] == 0


def test_no_scheme_is_read_past_the_recordings(crawl: Any, fixtures: Any, make_hop: Any) -> None:
    fixtures.record("gazette/one", make_hop(URL))

    seen = crawl(
        fixtures.path, "file:///etc/passwd", "data:,x", "ftp://news.example/x", "s3://news/x"
    )

    assert seen["responses"] == []
    assert [failure["error"] for failure in seen["failures"]] == ["NotSupported"] * 4


def test_a_recorded_failure_is_replayed_once(crawl: Any, fixtures: Any, make_hop: Any) -> None:
    fixtures.record("gazette/one", make_hop(URL, status=503))

    seen = crawl(fixtures.path, URL)

    assert [response["status"] for response in seen["responses"]] == [503]
    assert seen["retries"] == 0


def test_headers_of_the_transport_do_not_spoil_a_decoded_body(
    crawl: Any, fixtures: Any, make_hop: Any
) -> None:
    encoded = {
        "Content-Encoding": "gzip",
        "content-length": "7",
        "Content-Type": "text/html; charset=utf-8",
    }
    fixtures.record(
        "gazette/one", make_hop(URL, headers=encoded, body="page.html"), page_html="خبر".encode()
    )

    assert [response["text"] for response in crawl(fixtures.path, URL)["responses"]] == ["خبر"]


def test_a_gzip_file_stays_one(crawl: Any, fixtures: Any, make_hop: Any) -> None:
    packed = gzip.compress(b"<urlset/>")
    served = make_hop(URL, headers={"Content-Type": "application/gzip"}, body="sitemap.xml")
    fixtures.record("gazette/one", served, sitemap_xml=packed)

    assert [response["length"] for response in crawl(fixtures.path, URL)["responses"]] == [
        len(packed)
    ]


def test_a_recorded_robots_txt_is_obeyed(crawl: Any, fixtures: Any, make_hop: Any) -> None:
    fixtures.record("gazette/one", make_hop(URL))
    fixtures.record(
        "gazette/robots",
        make_hop("https://news.example/robots.txt", body="robots.txt"),
        robots_txt=b"User-agent: *\nDisallow: /1",
    )

    seen = crawl(fixtures.path, URL)

    assert [failure["error"] for failure in seen["failures"]] == ["IgnoreRequest"]


def test_nobody_is_waited_for(crawl: Any, fixtures: Any, make_hop: Any) -> None:
    fixtures.record("gazette/one", make_hop(URL, status=503, headers={"Retry-After": "60"}))
    fixtures.record("gazette/two", make_hop(URL + "2"))
    fixtures.record(
        "gazette/robots",
        make_hop("https://news.example/robots.txt", body="robots.txt"),
        robots_txt=b"User-agent: *\nCrawl-delay: 60",
    )

    began = monotonic()
    seen = crawl(fixtures.path, URL, URL + "2")

    assert sorted(response["status"] for response in seen["responses"]) == [200, 503]
    assert monotonic() - began < 50


def test_what_is_wrong_with_the_recordings_ends_the_crawl_in_one_line(
    run_crawl: Any, fixtures: Any
) -> None:
    exchange = fixtures.record("gazette/one")

    finished = run_crawl(fixtures.path, URL)

    assert finished.returncode == 2
    assert finished.stderr == f"REPLAY: {exchange}: not a list of hops\n"


def test_without_replay_nothing_is_changed() -> None:
    from scrapy.settings import Settings

    from crawler.replay import replay_clock
    from crawler.replay.addon import ReplayAddon

    settings = Settings({"REPLAY": None, "DOWNLOAD_DELAY": 2})
    before = dict(settings)
    ReplayAddon.update_pre_crawler_settings(settings)
    ReplayAddon().update_settings(settings)

    assert dict(settings) == before
    assert replay_clock(settings, "gazette") is None

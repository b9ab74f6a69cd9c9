import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from crawler.discovery.kinds import Discovery, Feed, Listing, NewsSitemap, Sitemap
from crawler.gazetteer import Source
from crawler.items import Article, Attribution
from crawler.replay import Recordings
from crawler.replay.case import (
    FetchedHop,
    body_name,
    case_name,
    expected_of_article,
    expected_of_discovery,
    find_conflict,
    write_case,
)

URL = "https://news.example/1"
NOW = datetime(2024, 3, 1, 13, 0, 5, 999, tzinfo=timezone(timedelta(hours=5)))


def taken(
    url: str = URL, status: int = 200, body: bytes = b"<p>x</p>", **headers: list[str]
) -> FetchedHop:
    return FetchedHop(
        url, status, {name.replace("_", "-"): values for name, values in headers.items()}, NOW, body
    )


@pytest.mark.parametrize(
    ("kind", "body", "file", "case"),
    [
        (None, b"<p>", "page.html", "article-news-4866441"),
        (Feed(url=URL), b"<rss>", "feed.xml", "feed-2024-03-01"),
        (Listing(url=URL), b"<a>", "listing.html", "listing-2024-03-01"),
        (NewsSitemap(url=URL), b"<urlset>", "sitemap.xml", "news-sitemap-2024-03-01"),
        (Sitemap(url=URL), b"\x1f\x8b\x08", "sitemap.xml.gz", "sitemap-2024-03-01"),
    ],
)
def test_files_and_cases_are_named_by_what_they_hold(
    kind: Discovery | None, body: bytes, file: str, case: str
) -> None:
    assert body_name(kind, body) == file
    assert case_name(kind, "https://news.example/ur/2024/news-4866441.html", NOW) == case


def test_an_unknown_kind_is_an_error_and_no_sitemap() -> None:
    unknown: Any = object()
    with pytest.raises(AssertionError, match="object"):
        body_name(unknown, b"")
    with pytest.raises(AssertionError, match="object"):
        expected_of_discovery(unknown, [])


def test_an_article_without_latin_letters_is_named_by_a_hash_of_its_address() -> None:
    first = case_name(None, "https://news.example/خبر/عاجل", NOW)
    second = case_name(None, "https://news.example/خبر/آخر", NOW)

    assert first != second
    assert len(first) == len(second) == len("article-") + 8


def test_what_is_written_is_what_is_replayed(tmp_path: Path) -> None:
    moved = taken("http://news.example/1", 301, b"", Location=[URL])
    folder = tmp_path / "gazette" / "one"

    write_case(folder, [moved, taken(Vary=["A", "B"], ETag=["x"])], "page.html", {"checked": False})

    recordings = Recordings.load(tmp_path)
    first, last = recordings.find("http://news.example/1"), recordings.find(URL)
    assert first is not None
    assert last is not None
    assert (first.status, first.headers, first.body) == (301, {"Location": (URL,)}, b"")
    assert (last.headers, last.body) == ({"Vary": ("A", "B"), "ETag": ("x",)}, b"<p>x</p>")
    assert last.fetched_at == NOW.astimezone(UTC).replace(microsecond=0)
    assert json.loads((folder / "expected.json").read_text()) == {"checked": False}


def test_neither_transport_nor_session_is_written(tmp_path: Path) -> None:
    hop = taken(Content_Encoding=["br"], content_length=["7"], Set_Cookie=["id=1"], Server=["n"])

    write_case(tmp_path, [hop], "page.html", {})

    assert json.loads((tmp_path / "exchange.json").read_text())[0]["headers"] == {"Server": "n"}


def test_an_article_is_expected_as_stored_gaps_and_all() -> None:
    article = Article(
        URL,
        headline="عنوان",
        published=datetime(2024, 3, 1, 8, tzinfo=UTC),
        modified=datetime(2024, 3, 1, 8, 0, 0, 250_000, tzinfo=UTC),
        tags=("a", "b"),
        sources=(Attribution(Source(id="wam", name="WAM", kind="agency"), "agency"),),
        fetched_at=NOW,
        content_hash="0" * 64,
    )

    expected = expected_of_article(article)

    assert expected["checked"] is False
    fields = expected["article"]
    assert fields["headline"] == "عنوان"
    assert fields["published"] == "2024-03-01T08:00:00+00:00"
    assert fields["modified"] == "2024-03-01T08:00:00.250+00:00"
    assert fields["tags"] == ["a", "b"]
    assert fields["sources"] == [{"id": "wam", "role": "agency"}]
    assert (fields["body"], fields["dateline"], fields["authors"]) == (None, None, [])
    assert not fields.keys() & {"url", "fetched_at", "content_hash"}


def test_a_discovery_document_is_expected_to_announce_its_addresses() -> None:
    assert expected_of_discovery(NewsSitemap(url=URL), [URL]) == {
        "checked": False,
        "discovery": "news-sitemap",
        "addresses": [URL],
    }


def test_another_answer_of_a_recorded_address_is_a_conflict(tmp_path: Path) -> None:
    assert find_conflict(tmp_path, tmp_path / "gazette" / "new", [taken()]) is None
    write_case(tmp_path / "gazette" / "one", [taken()], "page.html", {})

    def why(hop: FetchedHop, case: str = "two") -> str | None:
        return find_conflict(tmp_path, tmp_path / "gazette" / case, [hop])

    assert why(taken()) is None
    assert why(taken(body=b"changed"), case="one") is None
    assert why(taken(URL + "2", body=b"changed")) is None
    for other in (taken(body=b"changed"), taken(status=404)):
        assert why(other) == f"{tmp_path}/gazette/one/exchange.json holds another answer of {URL}"


def test_an_exchange_with_two_answers_of_one_address_is_a_conflict(tmp_path: Path) -> None:
    circle = [taken(URL + "?a=1&b=2", 302, b"", Location=["?b=2&a=1"]), taken(URL + "?b=2&a=1")]

    assert (
        find_conflict(tmp_path, tmp_path / "gazette" / "one", circle)
        == f"{URL}?a=1&b=2 leads back to itself"
    )


def test_a_fixtures_folder_that_cannot_be_read_is_a_conflict(tmp_path: Path, fixtures: Any) -> None:
    exchange = fixtures.record("gazette/one")

    assert (
        find_conflict(fixtures.path, fixtures.path / "gazette" / "two", [taken()])
        == f"{exchange}: not a list of hops"
    )

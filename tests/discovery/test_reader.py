import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery import Announcement, DiscoveryError, Link, read_document
from crawler.discovery.kinds import (
    Discovery,
    Feed,
    Listing,
    MachineDates,
    NewsSitemap,
    Sitemap,
)

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "pages"
URL = "https://news.example/"
KINDS = {"feed": Feed, "sitemap": Sitemap, "listing": Listing}
FRAGMENTS = st.sampled_from(
    ["<rss version='2.0'><channel>", "<item>", "<title>", "</title>", "<link>", "</link>",
     "</item>", "<urlset>", "<url>", "<loc>", "</loc>", "</url>", "<sitemapindex>", "<sitemap>",
     "<![CDATA[", "]]>", "&amp;", "&", "&x;", "https://a.example/1", "http://[", "خبر", "\0",
     "\x0b", "<a href='", "'>", "<base href=//>", "<!--", "\ud800"]
)  # fmt: skip


@pytest.mark.parametrize("kind", [Feed(url=URL), Sitemap(url=URL), Listing(url=URL)], ids=KINDS)
@given(
    body=st.binary(max_size=60)
    | st.lists(FRAGMENTS, max_size=20).map(
        lambda parts: "".join(parts).encode("utf-8", "surrogatepass")
    )
)
def test_any_bytes_give_an_answer_or_a_discovery_error(kind: Discovery, body: bytes) -> None:
    with suppress(DiscoveryError):
        announcement = read_document(kind, body, URL)
        assert isinstance(announcement, Announcement)
        assert all(link.url.startswith(("http://", "https://")) for link in announcement.links)


RSS = (
    "<rss version='2.0'><channel><item><link>https://news.example/1</link>"
    "<pubDate>Fri, 01 Mar 2024 09:15:00 GMT</pubDate></item></channel></rss>"
)
SITEMAP = (
    "<urlset><url><loc>https://news.example/1</loc><lastmod>2024-03-01T09:15:00Z</lastmod></url>"
    "</urlset>"
)
LISTING = "<a href='/1'><time datetime='2024-03-01T09:15:00Z'>9:15</time> title</a>"


@pytest.mark.parametrize(
    ("kind", "document"),
    [(Feed, RSS), (Sitemap, SITEMAP), (NewsSitemap, SITEMAP), (Listing, LISTING)],
)
def test_dates_are_announced_as_they_are_declared(kind: type[Discovery], document: str) -> None:
    def announced(machine_dates: MachineDates) -> Link:
        declared = kind(url=URL, machine_dates=machine_dates)
        (link,) = read_document(declared, document.encode(), URL).links
        return link

    true = announced("true")
    assert true.published_raw or true.changed
    assert announced("local") == replace(true, wall_clock=True)
    assert announced("none") == replace(true, published_raw=None, changed=None)


def test_an_unknown_kind_is_an_error_and_no_listing() -> None:
    unknown: Any = object()
    with pytest.raises(AssertionError, match="object"):
        read_document(unknown, b"<a href='/1'>", URL)


@pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus of saved pages is not beside the checkout"
)
def test_every_saved_document_is_read_as_its_kind_without_a_broken_entry() -> None:
    saved = [json.loads(line) for line in (CORPUS / "index.jsonl").read_text().splitlines()]
    documents = [entry for entry in saved if entry["kind"] in KINDS]
    assert len(documents) == 16

    for entry in documents:
        url = entry["url"].split()[0]
        announcement = read_document(
            KINDS[entry["kind"]](url=url), (CORPUS / entry["file"]).read_bytes(), url
        )
        assert announcement.links or announcement.further_urls, entry["file"]
        assert announcement.broken_entries == 0, entry["file"]

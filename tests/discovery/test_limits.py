"""Feeds, sitemaps and listings made to exhaust a reader end in time, and say what they are."""

import gzip
import json
import time
from contextlib import suppress

import pytest

from crawler.discovery import Announcement, DiscoveryError, Link, read_document
from crawler.discovery.announcement import MAX_LINKS, TooLarge
from crawler.discovery.kinds import Discovery, Feed, Listing, Sitemap

URL = "https://news.example/all"
FEED, SITEMAP, LISTING = Feed(url=URL), Sitemap(url=URL), Listing(url=URL)
SECONDS = 20.0
"""Over what the slowest of these documents takes (5 s alone, more beside other work), far under
what they took."""

GOOD = "<link>https://news.example/a/1</link><title>عنوان</title>"


def rss(inside: str, head: str = "") -> bytes:
    return f'{head}<rss version="2.0"><channel>{inside}</channel></rss>'.encode()


ABSURD: dict[str, tuple[Discovery, bytes]] = {
    "an author of two million letters": (
        FEED,
        rss(f"<item>{GOOD}<author>{'a' * 2_000_000}</author></item>"),
    ),
    "a feed of open tags": (FEED, rss("<item>" + "<a>" * 150_000)),
    "a feed of ampersands": (FEED, rss("<item><title>" + "&" * 2_000_000)),
    "a sitemap of CDATA without end": (SITEMAP, b"<urlset>" + b"<![CDATA[" * 200_000),
    "a sitemap of open entries": (SITEMAP, b"<urlset>" + b"<url>" * 500_000),
    "a sitemap of ampersands": (SITEMAP, b"<urlset>" + b"&" * 2_000_000),
    "a listing of open tags": (LISTING, b"<div>" * 500_000 + b"<a href='/1'>a</a>"),
    "a listing of cards inside each other": (
        Listing(url=URL, links="div::attr(data-u)"),
        b"<div data-u='/1'>" * 100_000,
    ),
    "JSON with HTML in each entry": (
        Listing(url=URL, entries="@"),
        json.dumps(["<a href='/1'>a</a>"] * 300_000).encode(),
    ),
    "JSON with a headline of open tags": (
        Listing(url=URL, entries="@", headline="h"),
        json.dumps([{"url": "/1", "h": "<a" * 2_000_000}]).encode(),
    ),
    "JSON of lists of nothing": (
        Listing(url=URL, entries="@[][]"),
        b"[" + b"[]," * 2_600_000 + b"1]",
    ),
    "JSON of deep lists": (Listing(url=URL, entries="@[][]"), b"[" * 900 + b"]" * 900),
    "a listing of open links": (LISTING, b"<a href='/1'><div>" * 100_000),
}


@pytest.mark.parametrize("name", ABSURD)
def test_absurd_documents_end_in_time(name: str) -> None:
    began = time.process_time()
    with suppress(DiscoveryError):
        assert isinstance(read_document(*ABSURD[name], URL), Announcement)
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize(
    "body",
    [
        rss("<item " + " ".join(f"a{number}='1'" for number in range(20_000)) + "/>"),
        rss("<item/>" * 200_001),
        rss(f"<item><title>{'خبر ' * 2_000_001}</title></item>"),
        gzip.compress(bytes(60_000_000)),
    ],
    ids=["attributes", "tags", "characters", "packed"],
)
def test_a_feed_far_over_any_real_one_is_refused_by_name(body: bytes) -> None:
    began = time.process_time()
    with pytest.raises(TooLarge, match=URL) as told:
        read_document(FEED, body, URL)
    assert told.value.cause == "too_large"
    assert time.process_time() - began < 2


def test_a_json_listing_over_the_limit_is_refused_by_name() -> None:
    with pytest.raises(TooLarge, match="a JSON listing of more than 8,000,000 characters"):
        read_document(Listing(url=URL, entries="@"), b" ".join([b"[1,"] * 2_000_001), URL)


def test_a_packed_sitemap_over_the_limit_is_refused_by_name() -> None:
    with pytest.raises(TooLarge, match="more than 52,428,800 bytes when unpacked"):
        read_document(SITEMAP, gzip.compress(bytes(52_428_801)), URL)


@pytest.mark.parametrize("kind", [SITEMAP, LISTING], ids=["sitemap", "listing"])
def test_what_stands_behind_the_most_that_are_taken_is_counted(kind: Discovery) -> None:
    addresses = [f"https://news.example/a/{number}" for number in range(MAX_LINKS + 3)]
    entries = {
        SITEMAP: "<urlset>"
        + "".join(f"<url><loc>{address}</loc></url>" for address in addresses)
        + "</urlset>",
        LISTING: "".join(f"<a href='{address}'>x</a>" for address in addresses),
    }
    announcement = read_document(kind, entries[kind].encode(), URL)
    assert [link.url for link in announcement.links] == addresses[:MAX_LINKS]
    assert announcement.links_left_out == 3


def test_an_address_that_is_one_endless_word_is_no_address_and_its_neighbour_is_one() -> None:
    long = f"<item><link>https://news.example/{'a' * 500}</link></item>"
    announcement = read_document(FEED, rss(f"{long}<item>{GOOD}</item>"), URL)
    assert announcement == Announcement(
        (Link("https://news.example/a/1", headline="عنوان"),), broken_entries=1
    )


@pytest.mark.parametrize("inside", ["<title>&#99999999999;&x;</title>", "<title>&#x110000;</b>"])
def test_what_feedparser_stumbles_over_is_no_feed(inside: str) -> None:
    with pytest.raises(DiscoveryError, match=f"{URL}: not a feed: .*Error in feedparser"):
        read_document(FEED, rss(f"<item>{inside}"), URL)


@pytest.mark.parametrize("most", [2, 10], ids=["expanded", "bomb"])
@pytest.mark.parametrize("kind", [FEED, SITEMAP], ids=["feed", "sitemap"])
def test_no_entity_is_expanded_inside_or_from_a_file(kind: Discovery, most: int) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, most))
    doctype = (
        '<!DOCTYPE x [<!ENTITY l0 "https://news.example/lol">'
        f'<!ENTITY f SYSTEM "file:///etc/passwd">{laughs}]>'
    )
    fields = {FEED: "<item><link>{}</link></item>", SITEMAP: "<url><loc>{}</loc></url>"}
    entries = "".join(
        fields[kind].format(address)
        for address in (f"&l{most - 1};", "&l0;", "&f;", "https://news.example/1")
    )
    body = (
        rss(entries, doctype) if kind is FEED else f"{doctype}<urlset>{entries}</urlset>".encode()
    )
    began = time.process_time()
    announcement = read_document(kind, body, URL)
    assert [
        link.url for link in announcement.links if "lol" in link.url or "root" in link.url
    ] == []
    assert "https://news.example/1" in [link.url for link in announcement.links]
    assert time.process_time() - began < 1


def test_a_listing_with_a_tag_of_too_many_attributes_is_refused_by_name() -> None:
    attributes = " ".join(f"a{number}='1'" for number in range(60_000))
    with pytest.raises(DiscoveryError, match=URL) as refusal:
        read_document(LISTING, f"<a href='/1'>x</a><p {attributes}>".encode(), URL)
    assert refusal.value.cause == "too_many_attributes"


def test_a_sitemap_with_a_tag_of_too_many_attributes_is_refused_by_name() -> None:
    attributes = " ".join(f"a{number}='1'" for number in range(60_000))
    with pytest.raises(DiscoveryError, match=URL) as refusal:
        read_document(SITEMAP, f"<urlset><url {attributes}/></urlset>".encode(), URL)
    assert refusal.value.cause == "too_many_attributes"


def test_of_a_sitemap_that_repeats_one_address_a_bounded_number_of_entries_is_read() -> None:
    entry = "<url><loc>https://news.example/1</loc></url>"
    body = "<urlset>" + entry * (2 * MAX_LINKS + 7) + "</urlset>"
    announcement = read_document(SITEMAP, body.encode(), URL)
    assert [link.url for link in announcement.links] == ["https://news.example/1"]
    assert announcement.links_left_out == 7


def test_a_listing_over_the_limit_is_refused_by_name() -> None:
    with pytest.raises(TooLarge, match="more than 7,000,000 characters"):
        read_document(LISTING, b"<a href='/1'>x</a>" + b" " * 7_000_000 + b"<p>", URL)


def test_a_broken_sitemap_too_large_to_be_mended_is_refused_by_name() -> None:
    body = b"<urlset>&" + b"<url><loc>https://news.example/1</loc></url>" * 300_000
    with pytest.raises(TooLarge, match="broken XML of more than 12,000,000 bytes"):
        read_document(SITEMAP, body, URL)


def test_a_listing_without_a_link_says_so() -> None:
    with pytest.raises(DiscoveryError) as refusal:
        read_document(LISTING, b"<p>x</p>", URL)
    assert refusal.value.cause == "no_links"


@pytest.mark.parametrize("kind", [SITEMAP, LISTING], ids=["sitemap", "listing"])
def test_what_stands_behind_the_cap_costs_next_to_nothing(kind: Discovery) -> None:
    def cost(count: int) -> float:
        urls = [f"https://news.example/{number}" for number in range(count)]
        if kind is SITEMAP:
            body = (
                "<urlset>" + "".join(f"<url><loc>{url}</loc></url>" for url in urls) + "</urlset>"
            )
        else:
            body = "".join(f"<a href='{url}'>x</a>" for url in urls)
        began = time.process_time()
        assert len(read_document(kind, body.encode(), URL).links) == MAX_LINKS
        return time.process_time() - began

    assert cost(2 * MAX_LINKS) < 2 * cost(MAX_LINKS)

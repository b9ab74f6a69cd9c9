"""Listings in JSON, of the shapes that APIs of news sites have, with text of ours."""

import json

import pytest

from crawler.causes import Cause
from crawler.discovery import DiscoveryError, json_listings, read_document
from crawler.discovery.announcement import NoLinks, TooManyAttributes
from crawler.discovery.kinds import Listing

API = "https://api.waha.example/v2/latest?limit=24"
CARDS = """
<div class="card"><h2><a href="/news/17">افتتاح جسر جديد</a></h2>
  <time datetime="2026-03-01T09:30:00+03:00">صباح اليوم</time></div>
<div class="card"><h2><a href="/news/18">موسم الزيتون</a></h2><a href="/tags/olives">زيتون</a></div>
"""


def announced(listing: Listing, document: object) -> list[tuple[str, str | None, str | None]]:
    """Return address, headline and date of each announced link."""
    body = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
    announcement = read_document(listing, body.encode(), listing.url)
    assert announcement.broken_entries == 0
    return [(link.url, link.headline, link.published_raw) for link in announcement.links]


def test_an_id_in_the_entry_makes_the_address() -> None:
    listing = Listing(
        url=API,
        entries="data.articles",
        address="https://www.waha.example/article/{id}",
        headline="title",
        published="meta.publishDate",
    )
    document = {
        "data": {
            "articles": [
                {"id": 5917, "title": "قمة", "meta": {"publishDate": "2026-03-01T10:00:00Z"}},
                {"id": "5918", "title": "  سوق\nالذهب ", "meta": {}},
            ]
        }
    }

    assert announced(listing, document) == [
        ("https://www.waha.example/article/5917", "قمة", "2026-03-01T10:00:00Z"),
        ("https://www.waha.example/article/5918", "سوق الذهب", None),
    ]


def test_several_values_make_an_address_on_the_outlets_host() -> None:
    listing = Listing(
        url=API,
        entries="contentItems[?type=='ARTICLE']",
        address="/{section.slug}/{id}-{urlFriendlySuffix}",
    ).on("www.waha.example")
    document = {
        "contentItems": [
            {
                "type": "ARTICLE",
                "id": 17,
                "section": {"slug": "business"},
                "urlFriendlySuffix": "نفط",
            },
            {"type": "VIDEO", "id": 18, "section": {"slug": "video"}, "urlFriendlySuffix": "لقطة"},
        ]
    }

    assert announced(listing, document) == [
        ("https://www.waha.example/business/17-%D9%86%D9%81%D8%B7", None, None)
    ]


def test_an_address_may_stand_anywhere_in_the_entry_and_be_a_path() -> None:
    contents = [{"title": "أ", "path": "/now/story-1"}, {"title": "ب", "path": "story-2"}]
    relative = Listing(
        url="https://waha.example/api/now?offset=0", entries="news.contents", link="path"
    )
    nested = Listing(url=API, entries="data.list.items", link="url.canonical")
    items = [{"url": {"canonical": "https://arabic.waha.example/world/2026/x"}}]

    assert [url for url, _, _ in announced(relative, {"news": {"contents": contents}})] == [
        "https://waha.example/now/story-1",
        "https://waha.example/api/story-2",
    ]
    assert [url for url, _, _ in announced(nested, {"data": {"list": {"items": items}}})] == [
        "https://arabic.waha.example/world/2026/x"
    ]


@pytest.mark.parametrize("key", ["url", "link", "href"])
def test_without_a_link_the_usual_names_of_an_address_will_do(key: str) -> None:
    listing = Listing(url=API, entries="@", headline="title.rendered", published="date_gmt")
    posts = [
        {
            key: "https://waha.example/story-1",
            "title": {"rendered": "&#8220;الواحة&#8221; <b>اليوم</b>"},
            "date_gmt": "2026-03-01T08:00:00",
        }
    ]

    assert announced(listing, posts) == [
        ("https://waha.example/story-1", "“الواحة” اليوم", "2026-03-01T08:00:00")
    ]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (1772359800, "1772359800"),
        (1772359800000, "1772359800000"),
        (1772359800000.0, "1772359800000"),
        ("/Date(1772359800000)/", "1772359800000"),
        ("/Date(1772359800000+0300)/", "1772359800000"),
        (True, None),
        ({"date": 1}, None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_may_be_a_number(printed: object, read: str | None) -> None:
    listing = Listing(url=API, entries="items", published="at")

    [(_, _, published)] = announced(listing, {"items": [{"url": "/1", "at": printed}]})

    assert published == read


@pytest.mark.parametrize(
    ("entries", "link", "document"),
    [
        ("td_data", "", {"td_data": CARDS, "td_block_id": "tdi_1"}),
        ("d[0]", "", {"d": [CARDS, "24"]}),
        ("data", "", {"status": 1, "data": CARDS}),
        ("cards", "", {"cards": CARDS.split("\n\n")}),
        ("posts[].html", "", {"posts": [{"html": CARDS}]}),
        ("posts", "html", {"posts": [{"html": CARDS, "id": 7}]}),
        ("@", "", CARDS),
        ("d", "", {"d": json.dumps([CARDS])}),
    ],
)
def test_html_in_json_is_read_with_the_selector(entries: str, link: str, document: object) -> None:
    listing = Listing(
        url="https://waha.example/ajax", entries=entries, link=link, links=".card h2 a"
    )

    assert announced(listing, json.dumps(document)) == [
        ("https://waha.example/news/17", "افتتاح جسر جديد", "2026-03-01T09:30:00+03:00"),
        ("https://waha.example/news/18", "موسم الزيتون", None),
    ]


def test_ids_in_html_in_json_make_addresses() -> None:
    html = '<li data-news="17"><h4>عنوان</h4></li><li data-news="18">x</li><li>y</li>'
    listing = Listing(
        url=API, entries="html", links="li::attr(data-news)", address="https://waha.example/n/{id}"
    )

    assert announced(listing, {"html": html}) == [
        ("https://waha.example/n/17", "عنوان", None),
        ("https://waha.example/n/18", None, None),
    ]


def test_entries_may_be_addresses_or_ids_themselves() -> None:
    addresses = Listing(url=API, entries="urls")
    ids = Listing(url=API, entries="items[].slug", address="https://waha.example/{slug}")

    assert [url for url, _, _ in announced(addresses, {"urls": ["/a", "https://b.example/"]})] == [
        "https://api.waha.example/a",
        "https://b.example/",
    ]
    assert [url for url, _, _ in announced(ids, {"items": [{"slug": "sports/x1"}, {}]})] == [
        "https://waha.example/sports/x1"
    ]


def test_entries_without_an_address_are_counted() -> None:
    listing = Listing(url=API, entries="items")
    items: list[object] = [
        {"url": "/1"},
        {"title": "x"},
        None,
        7,
        {"url": ["/2"]},
        {"url": "javascript:x"},
        [],
    ]

    announcement = read_document(listing, json.dumps({"items": items}).encode(), API)

    assert [link.url for link in announcement.links] == ["https://api.waha.example/1"]
    assert announcement.broken_entries == 6


def test_an_address_with_a_missing_value_is_broken_and_not_made_up() -> None:
    listing = Listing(url=API, entries="items", address="https://waha.example/{section}/{id}")
    items: list[object] = [{"id": 1}, {"id": True, "section": "x"}, {"id": " ", "section": "x"}]
    items.append({"id": 2, "section": "x"})

    announcement = read_document(listing, json.dumps({"items": items}).encode(), API)

    assert [link.url for link in announcement.links] == ["https://waha.example/x/2"]
    assert announcement.broken_entries == 3


@pytest.mark.parametrize(
    ("body", "error", "said"),
    [
        (b"<html><body>404</body></html>", DiscoveryError, "not JSON: .*begins with '<html>"),
        (b'{"items": [', DiscoveryError, "not JSON: "),
        (b"", DiscoveryError, "empty document"),
        (b"[" * 200_000, DiscoveryError, "nested too deeply"),
        (b'{"error": "no such section"}', NoLinks, "nothing stands at entries='items'"),
        (b'{"items": []}', NoLinks, "nothing stands at entries='items'"),
        (b'{"items": ""}', NoLinks, "nothing stands at entries='items'"),
        (b"[1, 2]", NoLinks, "nothing stands at entries='items'"),
        (b'{"items": {"total": 0}}', NoLinks, "none of the 1 entries at 'items' has an address"),
        (b'{"items": "<p>x</p>"}', NoLinks, "HTML with a link that 'a' selects"),
        (b'{"items": "< >"}', NoLinks, "none of the 1 entries"),
        (b'{"items": "[1, "}', DiscoveryError, "not JSON: "),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(
    body: bytes, error: type[DiscoveryError], said: str
) -> None:
    with pytest.raises(error, match=f"{API.split('?')[0]}.*{said}") as raised:
        read_document(Listing(url=API, entries="items"), body, API)
    assert "\n" not in str(raised.value)
    assert type(raised.value) is error


def test_a_cause_of_its_own_tells_json_from_no_entries() -> None:
    assert (DiscoveryError.cause, NoLinks.cause) == (Cause.NOT_AS_DECLARED, Cause.NO_LINKS)


def test_a_dated_listing_may_have_no_entries_yet() -> None:
    daily = Listing(url="https://waha.example/api/{date:%Y-%m-%d}", entries="items")

    assert announced(daily, {"items": []}) == []


def test_html_that_would_take_the_parser_too_long_is_no_empty_entry() -> None:
    html = f"<a {' '.join(f'x{n}=1' for n in range(30_000))}>"

    with pytest.raises(TooManyAttributes):
        read_document(
            Listing(url=API, entries="items"), json.dumps({"items": [html]}).encode(), API
        )


def test_the_last_links_of_very_many_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.discovery.announcement.MAX_LINKS", 3)
    monkeypatch.setattr(json_listings, "MAX_ENTRIES", 6)
    body = json.dumps([{"url": f"/{number}"} for number in range(10)]).encode()

    announcement = read_document(Listing(url=API, entries="@"), body, API)

    assert (len(announcement.links), announcement.links_left_out) == (3, 7)


@pytest.mark.parametrize(
    ("next_path", "document", "further"),
    [
        ("paging.next", {"paging": {"next": "?limit=24&page=2"}}, ["?limit=24&page=2"]),
        ("paging.next", {"paging": {"next": None}}, []),
        ("paging.next", {"paging": {"next": "?limit=24"}}, []),  # itself
        ("paging.next", {}, []),
    ],
)
def test_the_document_may_name_the_next_page(
    next_path: str, document: dict[str, object], further: list[str]
) -> None:
    listing = Listing(url=API, entries="items", next=next_path, pages=3)
    body = json.dumps({"items": ["/1"]} | document).encode()

    announcement = read_document(listing, body, API)

    expected = [f"https://api.waha.example/v2/latest{query}" for query in further]
    assert list(announcement.further_urls) == expected
    assert announcement.cursor is None


@pytest.mark.parametrize(
    ("token", "cursor"), [("c2Vj==", "c2Vj=="), (40, "40"), ("", None), (None, None), ({}, None)]
)
def test_a_cursor_is_handed_on_as_it_is_printed(token: object, cursor: str | None) -> None:
    listing = Listing(url=f"{API}&token={{next}}", entries="items", next="nextPageToken", pages=3)
    body = json.dumps({"items": ["/1"], "nextPageToken": token}).encode()

    announcement = read_document(listing, body, API)

    assert (announcement.cursor, announcement.further_urls) == (cursor, ())

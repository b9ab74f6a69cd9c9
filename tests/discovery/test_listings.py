import pytest

from crawler.discovery import Announcement, DiscoveryError, Link, read_document
from crawler.discovery.kinds import Listing

URL = "https://news.example/ur/latest?page=1"
FRONT = Listing(url=URL)


def html(body: str, head: str = "") -> bytes:
    head = f"<head><meta charset=utf-8>{head}</head>"
    return f"<!doctype html><html>{head}<body>{body}</body></html>".encode()


def urls(announcement: Announcement) -> list[str]:
    return [link.url for link in announcement.links]


def test_links_are_absolute_with_their_text_as_headline() -> None:
    body = html(
        '<a href="story-1">بارش\n کا <b>امکان</b></a> <a href="/خبر" title="سرخی"><img src=x></a>'
    )

    assert read_document(FRONT, body, URL).links == (
        Link("https://news.example/ur/story-1", headline="بارش کا امکان"),
        Link("https://news.example/%D8%AE%D8%A8%D8%B1", headline="سرخی"),
    )


def test_a_story_linked_by_picture_and_headline_is_one_link() -> None:
    body = html('<a href="/1"><img src=x></a><a href="/2">دو</a><a href="/1#comments">ایک</a>')

    assert read_document(FRONT, body, URL).links == (
        Link("https://news.example/1", headline="ایک"),
        Link("https://news.example/2", headline="دو"),
    )


def test_a_button_to_share_a_story_is_a_link_to_it_without_a_headline() -> None:
    story = "https%3A%2F%2Fnews.example%2F1"
    body = html(
        f'<a href="https://www.facebook.com/sharer.php?u={story}">فيسبوك</a>'
        '<a href="https://wa.me/?text=خبر https://news.example/2">واتساب</a>'
        '<a href="whatsapp://send?text=https://news.example/3">واتساب</a>'
        '<a href="https://news.example/go?to=https://news.example/4">هنا</a>'
        '<a href="https://other.example/?u=https://third.example/5">هناك</a>'
    )

    assert read_document(FRONT, body, URL).links == (
        Link("https://news.example/1"),
        Link("https://news.example/2"),
        Link("https://news.example/go?to=https://news.example/4", headline="هنا"),
        Link("https://other.example/?u=https://third.example/5", headline="هناك"),
    )


STAMP = "2024-03-01T09:15:00+03:00"
TIME = f"<time datetime='{STAMP}'>قبل ساعتين</time>"


@pytest.mark.parametrize(
    ("body", "dates"),
    [
        (f"<li><a href=/1>x</a>{TIME}</li><li><a href=/2>x</a></li>", (STAMP, None)),
        (f"<li><a href=/1>x {TIME}</a></li><li><a href=/2>x</a></li>", (STAMP, None)),
        (
            f"<div><a href=/1><img></a><p><i>{TIME}</i></p><h3><a href=/1>x</a></h3></div>"
            "<div><a href=/2>x</a><time datetime=2024-02-28></time></div>",
            (STAMP, "2024-02-28"),
        ),
        # The first of two: of publication, then of the update.
        (
            f"<li><a href=/1>x</a>{TIME}<time datetime=2024-03-02></time></li><a href=/2>x</a>",
            (STAMP, None),
        ),
        # Of no story, of two, far from its story, and without a day.
        (f"<header>{TIME}</header><a href=/1>x</a><a href=/2>x</a>", (None, None)),
        (f"<div><a href=/1>x</a><a href=/2>x</a>{TIME}</div>", (None, None)),
        (
            f"<div><a href=/1>x</a><p><b><i><u><s>{TIME}</s></u></i></b></p></div><a href=/2>x</a>",
            (None, None),
        ),
        ("<li><a href=/1>x</a><time datetime=09:15></time></li><a href=/2>x</a>", (None, None)),
        ("<li><a href=/1>x</a><time>2024-03-01</time></li><a href=/2>x</a>", (None, None)),
    ],
)
def test_a_link_is_dated_by_the_time_in_its_teaser(
    body: str, dates: tuple[str | None, ...]
) -> None:
    links = read_document(FRONT, html(body), URL).links

    assert tuple(link.published_raw for link in links) == dates


def test_only_web_addresses_are_links() -> None:
    body = html(
        '<a href="javascript:void(0)">x</a><a href="mailto:a@b.example">x</a>'
        '<a href="file:///etc/passwd">x</a><a href="data:text/html,x">x</a>'
        '<a href="http://[broken">x</a><a href="">x</a><a>x</a><a href="/1">x</a>'
    )

    announcement = read_document(FRONT, body, URL)

    assert (urls(announcement), announcement.broken_entries) == (["https://news.example/1"], 0)


def test_the_selector_decides_which_links_count() -> None:
    body = html('<nav><a href="/about">x</a></nav><h3 class=t><a href="/1">x</a></h3>')

    assert urls(read_document(Listing(url=URL, links="h3.t a"), body, URL)) == [
        "https://news.example/1"
    ]


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ('<base href="/daily/">', "https://news.example/daily/1"),
        ('<base href="https://cdn.example/x/">', "https://cdn.example/x/1"),
        ('<base target="_top">', "https://news.example/ur/1"),
        ('<base href="javascript:x">', "https://news.example/ur/1"),
    ],
)
def test_links_are_relative_to_the_base_that_the_page_declares(base: str, expected: str) -> None:
    assert urls(read_document(FRONT, html('<a href="1">x</a>', head=base), URL)) == [expected]


def test_a_query_is_encoded_in_the_charset_of_the_page() -> None:
    body = html('<a href="/بحث?q=خبر">x</a>').replace(b"charset=utf-8", b"charset=windows-1256")

    announcement = read_document(FRONT, body.decode().encode("windows-1256"), URL)

    assert urls(announcement) == ["https://news.example/%D8%A8%D8%AD%D8%AB?q=%CE%C8%D1"]


def test_links_deep_inside_the_page_are_found() -> None:
    assert urls(read_document(FRONT, html("<div>" * 600 + '<a href="/1">x</a>'), URL)) == [
        "https://news.example/1"
    ]


@pytest.mark.parametrize(
    ("pager", "further_urls"),
    [
        ('<a class=next href="?page=2">»</a>', ("https://news.example/ur/latest?page=2",)),
        ('<a class=next href="?page=1#top">»</a>', ()),
        (
            '<a class=next href="#">»</a><a class=next href="?page=2">»</a>',
            ("https://news.example/ur/latest?page=2",),
        ),
        ('<span class="next">»</span>', ()),
        ("", ()),
    ],
)
def test_the_next_page_is_the_first_next_link_elsewhere(
    pager: str, further_urls: tuple[str, ...]
) -> None:
    kind = Listing(url=URL, links="h3 a", next=".next", pages=3)

    assert (
        read_document(kind, html(f'<h3><a href="/1">x</a></h3>{pager}'), URL).further_urls
        == further_urls
    )


def test_a_listing_without_a_single_link_is_an_error() -> None:
    with pytest.raises(
        DiscoveryError, match=r"^https://news.example/ur/latest\?page=1: no link matches 'h3 a'$"
    ):
        read_document(Listing(url=URL, links="h3 a"), html('<h2><a href="/1">x</a></h2>'), URL)


def test_a_day_without_a_link_is_not() -> None:
    daily = Listing(url="https://news.example/{date:%Y-%m-%d}", links="h3 a")

    assert (
        read_document(daily, html("<p>لا أخبار</p>"), "https://news.example/2024-03-01")
        == Announcement()
    )


@pytest.mark.parametrize(
    "body", [b"", b" ", b"\0", b"<!-- -->", b"%PDF-1.7 \x00\x01", b'{"stories": []}']
)
def test_what_is_no_page_of_links_is_an_error(body: bytes) -> None:
    with pytest.raises(DiscoveryError, match=r"https://news\.example"):
        read_document(FRONT, body, URL)


# Attributes and XPath


def test_an_attribute_may_hold_the_address() -> None:
    body = html(
        '<div class="card" data-href="/1"><h3>خبر أول</h3><p>ملخص</p></div>'
        '<div class="card" data-href="/2" title="خبر ثان"></div><div class="card"></div>'
    )

    announcement = read_document(Listing(url=URL, links=".card::attr(data-href)"), body, URL)

    assert [(link.url, link.headline) for link in announcement.links] == [
        ("https://news.example/1", "خبر أول"),
        ("https://news.example/2", "خبر ثان"),
    ]


def test_an_attribute_may_hold_an_id_that_makes_the_address() -> None:
    body = html('<li data-id=" 17 "><h3>خبر</h3></li><li data-id=""></li><li data-id="18"></li>')
    listing = Listing(url=URL, links="li::attr(data-id)", address="/article/{id}")

    announcement = read_document(listing.on("news.example"), body, URL)

    assert [link.url for link in announcement.links] == [
        "https://news.example/article/17",
        "https://news.example/article/18",
    ]


@pytest.mark.parametrize(
    "links",
    [
        "//div[@class='main']//a",
        "//div[@class='main']//a/@href",
        "(//a)[position() < 3]",
        "//a[re:test(@href, '/[12]$')]",
        "./body/div[1]/a",
        "div.main a",
        "div.main a::attr(href)",
    ],
)
def test_links_may_be_an_xpath(links: str) -> None:
    body = html(
        '<div class="main"><a href="/1">أ</a><a href="/2">ب</a></div><div><a href="/3">ج</a></div>'
    )

    announcement = read_document(Listing(url=URL, links=links), body, URL)

    assert [(link.url, link.headline) for link in announcement.links] == [
        ("https://news.example/1", "أ"),
        ("https://news.example/2", "ب"),
    ]


def test_a_function_that_there_is_not_is_said_and_raises_nothing_else() -> None:
    listing = Listing(url=URL, links="//a[lower(@href) = 'x']")

    with pytest.raises(DiscoveryError, match=r"lower.* is not an XPath"):
        read_document(listing, html('<a href="/1">x</a>'), URL)


def test_a_date_beside_an_attribute_is_its_storys() -> None:
    body = html(
        '<li data-u="/1"><time datetime="2026-03-01">x</time></li>'
        '<li data-u="/2"><time datetime="2026-03-02">x</time></li>'
    )

    announcement = read_document(Listing(url=URL, links="li::attr(data-u)"), body, URL)

    assert [link.published_raw for link in announcement.links] == ["2026-03-01", "2026-03-02"]


def test_the_next_page_may_stand_in_an_attribute_or_be_a_cursor() -> None:
    body = html('<a href="/1">x</a><div class="list" data-next="/more?id=7"></div>')
    page = Listing(url=URL, next=".list::attr(data-next)", pages=2)
    cursor = Listing(url=URL + "?from={next}", next="//div/@data-next", pages=2)

    assert read_document(page, body, URL).further_urls == ("https://news.example/more?id=7",)
    announcement = read_document(cursor, body, URL)
    assert (announcement.further_urls, announcement.cursor) == ((), "/more?id=7")

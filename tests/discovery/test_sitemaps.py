import gzip

import pytest

from crawler.discovery import Announcement, DiscoveryError, Link, decoding, read_document
from crawler.discovery.announcement import NoLinks
from crawler.discovery.kinds import NewsSitemap, Sitemap

MAP = Sitemap(url="https://news.example/maps/sitemap.xml")
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


def urlset(*entries: str) -> bytes:
    return f"{HEAD}<urlset {NAMESPACES}>{''.join(entries)}</urlset>".encode()


def page(loc: str, more: str = "") -> str:
    return f"<url><loc>{loc}</loc>{more}</url>"


def index(*children: tuple[str, str]) -> bytes:
    entries = [
        f"<sitemap><loc>{loc}</loc><lastmod>{changed}</lastmod></sitemap>"
        for loc, changed in children
    ]
    return f"{HEAD}<sitemapindex {NAMESPACES}>{''.join(entries)}</sitemapindex>".encode()


def urls(announcement: Announcement) -> list[str]:
    return [link.url for link in announcement.links]


def test_a_page_gives_its_address_and_its_last_change() -> None:
    body = urlset(page("https://news.example/1", "<lastmod> 2024-03-01T10:00+03:00 </lastmod>"))

    assert read_document(MAP, body, MAP.url).links == (
        Link("https://news.example/1", changed="2024-03-01T10:00+03:00"),
    )


def test_a_news_sitemap_gives_publication_and_title_whatever_its_prefix() -> None:
    date = "<n:publication_date>2024-03-01</n:publication_date>"
    news = f"<n:news>{date}<n:title>A &amp; B</n:title></n:news>"
    picture = "<image:image><image:loc>https://img.example/1.jpg</image:loc></image:image>"
    kind = NewsSitemap(url=MAP.url)

    assert read_document(
        kind, urlset(page("https://news.example/1", picture + news)), kind.url
    ).links == (Link("https://news.example/1", published_raw="2024-03-01", headline="A & B"),)


def test_prefixes_nobody_declared_are_read() -> None:
    body = (
        b"<s:urlset><s:url><s:loc>https://news.example/1</s:loc>"
        b"<news:news><news:title>T</news:title></news:news></s:url></s:urlset>"
    )

    assert read_document(MAP, body, MAP.url).links == (
        Link("https://news.example/1", headline="T"),
    )


def test_addresses_are_made_absolute_and_encoded() -> None:
    body = urlset(
        page("/خبر/1"),
        page("2.html"),
        page("//m.news.example/3#comments"),
        page("<![CDATA[ https://news.example/4?a=1&b=2 ]]>"),
        page("https://news.example/%d8%ae"),
    )

    assert urls(read_document(MAP, body, MAP.url)) == [
        "https://news.example/%D8%AE%D8%A8%D8%B1/1",
        "https://news.example/maps/2.html",
        "https://m.news.example/3",
        "https://news.example/4?a=1&b=2",
        "https://news.example/%d8%ae",
    ]


def test_entries_without_a_usable_address_are_counted() -> None:
    body = urlset(
        page("ftp://news.example/1"), "<url/>", page("javascript:x"), page("https://news.example/2")
    )

    announcement = read_document(MAP, body, MAP.url)

    assert urls(announcement) == ["https://news.example/2"]
    assert announcement.broken_entries == 3


def test_recovery_from_malformed_xml_changes_no_address() -> None:
    body = urlset(
        "<url><loc>https://news.example/1</lok></url>",
        page("https://news.example/2?a=1&b=2"),
        page("https://news.example/3?a=1&amp;b=2"),
        page("<![CDATA[https://news.example/4?a=1&b=2]]>"),
        page("https://news.example/5/caf&eacute;"),
        page("https://news.example/6/&nobody;x"),
        page("https://news.example/7\x0b"),
    )

    announcement = read_document(MAP, body, MAP.url)

    assert urls(announcement) == [
        "https://news.example/1",
        "https://news.example/2?a=1&b=2",
        "https://news.example/3?a=1&b=2",
        "https://news.example/4?a=1&b=2",
        "https://news.example/5/caf%C3%A9",
        "https://news.example/7",
    ]
    assert announcement.broken_entries == 1


@pytest.mark.parametrize("whole", [0, 1, 2])
def test_an_address_cut_by_the_end_of_the_document_is_not_announced(whole: int) -> None:
    entries = [page(f"https://news.example/{number}") for number in range(whole)]
    body = urlset(*entries, page("https://news.example/98765"))

    announcement = read_document(MAP, body[: body.index(b"765")], MAP.url)

    assert urls(announcement) == [f"https://news.example/{number}" for number in range(whole)]
    assert announcement.broken_entries == 1


def test_damaged_bytes_break_their_entry_only() -> None:
    arabic = f"<!-- {'خبر من أخبار المدينة ' * 40} -->"  # so the document is in UTF-8
    body = urlset(page("https://news.example/DAMAGE"), arabic, page("https://news.example/2"))

    announcement = read_document(MAP, body.replace(b"DAMAGE", b"\xce\xc8\xd1"), MAP.url)

    assert urls(announcement) == ["https://news.example/2"]
    assert announcement.broken_entries == 1


def test_entities_are_never_expanded() -> None:
    doctype = (
        '<!DOCTYPE urlset [<!ENTITY a "https://news.example/1">'
        '<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    )
    body = urlset(page("&a;"), page("https://news.example/&f;"), page("https://news.example/3"))

    announcement = read_document(MAP, body.replace(b"?>", f"?>{doctype}".encode(), 1), MAP.url)

    assert urls(announcement) == ["https://news.example/3"]
    assert announcement.broken_entries == 2


def test_the_children_of_an_index_changed_last_come_first() -> None:
    body = index(
        ("https://news.example/posts-1.xml", "2024-03-01T23:30:00+05:00"),
        ("https://news.example/posts-2.xml", "2024-03-01T20:00:00Z"),
        ("https://news.example/posts-3.xml", "2023"),
        ("https://news.example/pages-9.xml", "2025-01-01"),
        ("https://news.example/posts-4.xml", "2024-03-02"),
        ("https://news.example/posts-5.xml", "soon"),
    )

    announcement = read_document(
        Sitemap(url=MAP.url, follow=r"/posts-\d", children=4), body, MAP.url
    )

    assert [url[-5] for url in announcement.further_urls] == ["4", "2", "1", "3"]
    assert announcement.links == ()


def test_an_index_without_dates_is_read_in_its_order_and_two_deep_at_most() -> None:
    body = index(*((f"https://news.example/{n}.xml.gz", "") for n in "987"))

    assert [url[-8] for url in read_document(MAP, body, MAP.url).further_urls] == ["9", "8"]


def numbered(*names: str, changed: str = "") -> bytes:
    return index(*((f"https://news.example/{name}.xml", changed) for name in names))


@pytest.mark.parametrize(
    ("newest", "body", "children"),
    [
        ("last", numbered("a", "b", "c"), ["c", "b"]),
        # Every child has the date of the index's making.
        ("last", numbered("a", "b", "c", changed="2026-03-01"), ["c", "b"]),
        (r"posts-(\d+)", numbered("posts-9", "posts-100", "posts-20"), ["posts-100", "posts-20"]),
        (r"posts-(\d+)", numbered("posts-9", "pages-77", "posts-x"), ["posts-9"]),
        (
            r"sitemap(\d*)\.xml$",
            numbered("post-sitemap", "post-sitemap2"),
            ["post-sitemap2", "post-sitemap"],
        ),
        (
            r"-(\d{4})-(\d+)",
            numbered("m-2025-9", "m-2025-12", "m-2024-12"),
            ["m-2025-12", "m-2025-9"],
        ),
        (r"(\d+)", numbered("7", "7" * 40, "5"), ["7", "5"]),
    ],
)
def test_an_index_without_dates_is_read_from_its_newest_end(
    newest: str, body: bytes, children: list[str]
) -> None:
    announcement = read_document(Sitemap(url=MAP.url, newest=newest), body, MAP.url)

    names = [url.rpartition("/")[2].removesuffix(".xml") for url in announcement.further_urls]
    assert names == children


def test_of_eight_hundred_children_only_those_of_the_declared_kind_count() -> None:
    body = numbered(*(f"{kind}_{n}" for n in range(1, 401) for kind in ("posts", "tags")))
    kind = Sitemap(url=MAP.url, follow="/posts_", newest=r"_(\d+)", children=3)

    assert [url[-13:-4] for url in read_document(kind, body, MAP.url).further_urls] == [
        "posts_400",
        "posts_399",
        "posts_398",
    ]


def test_an_index_without_a_child_that_newest_matches_says_so() -> None:
    with pytest.raises(NoLinks, match="no other sitemap that `follow` and `newest` match"):
        read_document(Sitemap(url=MAP.url, newest=r"posts-(\d+)"), numbered("a"), MAP.url)


def test_a_pattern_may_be_written_decoded() -> None:
    body = index(
        ("https://news.example/%D8%AE%D8%A8%D8%B1.xml", ""), ("https://news.example/other.xml", "")
    )

    further_urls = read_document(Sitemap(url=MAP.url, follow="خبر"), body, MAP.url).further_urls

    assert further_urls == ("https://news.example/%D8%AE%D8%A8%D8%B1.xml",)


# Gzip


def many(count: int) -> bytes:
    """Return a sitemap of `count` pages, with comments that do not compress to nothing."""
    return urlset(*(page(f"https://news.example/{n * 7919**3}") for n in range(count)))


def test_the_bytes_decide_the_encoding_of_a_sitemap() -> None:
    title = "<news:title>أخبار المدينة من الوزارة والبلدية</news:title>"
    body = urlset(page("https://news.example/خبر", f"<news:news>{title}</news:news>")).decode()
    announcement = read_document(MAP, body.encode("windows-1256"), MAP.url, encoding="iso-8859-1")
    assert urls(announcement) == ["https://news.example/%D8%AE%D8%A8%D8%B1"]


IMAGE = "<image:image><image:loc>https://img.example/1.jpg</image:loc></image:image>"


@pytest.mark.parametrize(
    "entries",
    [
        (f"<url>{IMAGE}</url>", f"<url>{IMAGE}</url>"),
        (page("https://img.example/1.jpg"), page("https://img.example/2.PNG?w=800")),
    ],
)
def test_a_sitemap_of_images_alone_says_so(entries: tuple[str, ...]) -> None:
    body = urlset(*entries)
    with pytest.raises(DiscoveryError, match="images alone") as refusal:
        read_document(MAP, body, MAP.url)
    assert refusal.value.cause == "only_images"


def test_images_straight_below_the_root_are_images_alone() -> None:
    image = "<image:image><image:loc>https://img.example/1.jpg</image:loc></image:image>"
    with pytest.raises(DiscoveryError) as refusal:
        read_document(MAP, urlset(image, image), MAP.url)
    assert refusal.value.cause == "only_images"


def test_an_index_that_lists_only_itself_says_so() -> None:
    with pytest.raises(DiscoveryError) as refusal:
        read_document(MAP, index((MAP.url, "2024-03-09")), MAP.url)
    assert refusal.value.cause == "no_links"


def test_entries_without_end_stand_in_printed_order() -> None:
    body = b"<urlset><url><loc>https://news.example/1</loc><url><loc>https://news.example/2</loc>"
    assert urls(read_document(MAP, body + b"</url></urlset>", MAP.url)) == [
        "https://news.example/1",
        "https://news.example/2",
    ]


def test_a_gzip_file_is_unpacked_whatever_its_name() -> None:
    assert len(read_document(MAP, gzip.compress(many(20)), MAP.url).links) == 20


def test_a_gzip_file_of_several_members_is_one_document() -> None:
    whole = many(20)

    assert (
        len(
            read_document(
                MAP, gzip.compress(whole[:300]) + gzip.compress(whole[300:]), MAP.url
            ).links
        )
        == 20
    )


def test_of_a_truncated_gzip_file_what_can_be_read_is_kept_and_the_loss_counted() -> None:
    packed = gzip.compress(many(20_000))

    announcement = read_document(MAP, packed[: len(packed) // 2], MAP.url)

    assert 1_000 < len(announcement.links) < 20_000
    assert set(announcement.links) < set(read_document(MAP, many(20_000), MAP.url).links)
    assert announcement.broken_entries > 0


def test_a_damaged_end_of_a_gzip_file_is_counted() -> None:
    packed = bytearray(gzip.compress(many(20)))
    packed[-8:-4] = b"\0\0\0\0"  # the checksum

    announcement = read_document(MAP, bytes(packed), MAP.url)

    assert (len(announcement.links), announcement.broken_entries) == (20, 1)


def test_a_gzip_bomb_is_refused() -> None:
    packed = gzip.compress(b" " * (decoding.MAX_BYTES + 1))

    with pytest.raises(DiscoveryError, match="more than 52,428,800 bytes"):
        read_document(MAP, packed, MAP.url)


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b"", "empty document"),
        (gzip.compress(b"", mtime=0), "empty document"),
        (b"\x1f\x8b and nothing of the kind", "damaged gzip"),
        (b"<!doctype html><p>Just a moment<br></p>", "not a sitemap: begins with '<!doctype html>"),
        (b"<html><body/></html>", "not a sitemap: its root is <html>"),
        (b'<rss version="2.0"><channel/></rss>', "not a sitemap: its root is <rss>"),
        (b"User-agent: *", "not a sitemap: begins with 'User-agent"),
        (b"\0\0\0", "not a sitemap"),
    ],
)
def test_what_is_no_sitemap_is_said_in_one_line_with_its_address(
    body: bytes, complaint: str
) -> None:
    with pytest.raises(DiscoveryError, match=complaint) as raised:
        read_document(MAP, body, MAP.url)
    assert str(raised.value).startswith(f"{MAP.url}: ")
    assert "\n" not in str(raised.value)


def test_one_page_among_images_is_taken() -> None:
    body = urlset(page("https://news.example/jpg"), page("https://img.example/2.jpg"))
    assert len(urls(read_document(MAP, body, MAP.url))) == 2

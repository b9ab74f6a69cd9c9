import pytest

from crawler.discovery import Announcement, DiscoveryError, Link, read_document
from crawler.discovery.kinds import Feed

FEED = Feed(url="https://news.example/rss/all")


def rss(*items: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    channel = f"<channel><title>آخر الأخبار</title>{''.join(items)}</channel>"
    return f'{head}<rss version="2.0">{channel}</rss>'.encode()


def item(link: str, title: str = "عنوان") -> str:
    return f"<item><title>{title}</title><link>{link}</link></item>"


def urls(announcement: Announcement) -> list[str]:
    return [link.url for link in announcement.links]


def test_an_rss_item_gives_address_headline_and_date_as_printed() -> None:
    body = rss(
        "<item><title><![CDATA[ ازدحام في\n السوق ]]></title>"
        "<link> https://news.example/a/1 </link>"
        "<pubDate>Fri, 01 Mar 2024 09:15:00 +0300</pubDate></item>"
    )

    assert read_document(FEED, body, FEED.url).links == (
        Link(
            "https://news.example/a/1", "Fri, 01 Mar 2024 09:15:00 +0300", "ازدحام في السوق", None
        ),
    )


def test_an_atom_entry_gives_its_first_alternate_link_and_both_dates() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/ur/"><entry>
        <title type="html">one &lt;b&gt;two&lt;/b&gt; &amp;amp; three</title>
        <link rel="related" href="https://other.example/"/>
        <link rel="alternate" href="story-1"/><link rel="alternate" href="https://m.news.example/story-1"/>
        <published>2024-03-01T08:00:00+05:00</published><updated>2024-03-01T09:00:00+05:00</updated>
        </entry></feed>"""

    assert read_document(FEED, body, FEED.url).links == (
        Link(
            "https://news.example/ur/story-1",
            published_raw="2024-03-01T08:00:00+05:00",
            headline="one two & three",
            changed="2024-03-01T09:00:00+05:00",
        ),
    )


def test_a_date_of_publication_is_not_taken_for_one_of_change() -> None:
    dated = (
        "<item><link>https://news.example/1</link>"
        "<pubDate>Fri, 01 Mar 2024 09:15:00 GMT</pubDate></item>"
    )

    assert read_document(FEED, rss(dated), FEED.url).links[0].changed is None


DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
ATOM = 'xmlns:a="http://www.w3.org/2005/Atom"'
ISSUED = "2026-11-29T09:00:00+02:00"
CHANGED = "2026-11-30T08:00:00+02:00"
RSS_1 = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    f'xmlns="http://purl.org/rss/1.0/" {DC}><item rdf:about="https://news.example/1">'
    "<link>https://news.example/1</link>{dates}</item></rdf:RDF>"
)
RSS_2 = (
    f'<rss version="2.0" {DC} {ATOM}><channel><item>'
    "<link>https://news.example/1</link>{dates}</item></channel></rss>"
)
ATOM_1 = (
    f'<feed xmlns="http://www.w3.org/2005/Atom" {DC}><entry>'
    '<link href="https://news.example/1"/>{dates}</entry></feed>'
)
DC_DATE = f"<dc:date>{ISSUED}</dc:date>"


@pytest.mark.parametrize(
    ("feed", "dates", "published", "changed"),
    [
        (RSS_1, DC_DATE, ISSUED, None),
        (RSS_2, DC_DATE, ISSUED, None),
        (RSS_2.replace("xmlns:dc", "xmlns:d"), DC_DATE.replace("dc:", "d:"), ISSUED, None),
        (RSS_2.replace(DC, ""), DC_DATE, ISSUED, None),
        (RSS_2, f"{DC_DATE}<a:updated>{CHANGED}</a:updated>", ISSUED, CHANGED),
        (RSS_2, f"<a:updated>{CHANGED}</a:updated>{DC_DATE}", ISSUED, CHANGED),
        (RSS_2, f"<dc:date></dc:date><a:updated>{CHANGED}</a:updated>", None, CHANGED),
        (RSS_2, f"<pubDate>{CHANGED}</pubDate>{DC_DATE}", CHANGED, ISSUED),
        (RSS_2, f"{DC_DATE}<pubDate>{CHANGED}</pubDate>", CHANGED, ISSUED),
        (ATOM_1, DC_DATE, None, ISSUED),
    ],
)
def test_the_dc_date_of_rss_is_of_publication_where_no_other_date_is(
    feed: str, dates: str, published: str | None, changed: str | None
) -> None:
    body = feed.replace("{dates}", dates).encode()

    (link,) = read_document(FEED, body, FEED.url).links

    assert (link.published_raw, link.changed) == (published, changed)


GUID = "<guid>https://news.example/4</guid>"


@pytest.mark.parametrize(
    "fields",
    [
        f"<link/>{GUID}",
        f"{GUID}<link/>",
        f"<link></link>{GUID}",
        f"<link>\n </link>{GUID}",
        f"<link><![CDATA[ ]]></link>{GUID}",
        '<link /><guid isPermaLink="true">https://news.example/4</guid>',
        GUID,
    ],
)
def test_a_permalink_guid_is_the_address_where_the_link_is_empty(fields: str) -> None:
    announcement = read_document(FEED, rss(f"<item>{fields}</item>"), FEED.url)

    assert urls(announcement) == ["https://news.example/4"]
    assert announcement.broken_entries == 0


@pytest.mark.parametrize(
    "guid",
    [
        '<guid isPermaLink="false">https://news.example/4</guid>',
        "<guid>tag:news.example,2026:4</guid>",
        "<guid></guid>",
    ],
)
def test_a_guid_that_is_no_permalink_is_no_address(guid: str) -> None:
    announcement = read_document(FEED, rss(f"<item><link/>{guid}</item>"), FEED.url)

    assert (urls(announcement), announcement.broken_entries) == ([], 1)


def test_a_link_is_believed_before_a_guid() -> None:
    body = rss(f"<item>{GUID}<link>https://news.example/1</link></item>")

    assert urls(read_document(FEED, body, FEED.url)) == ["https://news.example/1"]


def test_the_permanent_address_behind_a_feedburner_link_is_taken() -> None:
    body = (
        b'<rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item>'
        b"<link>https://feedproxy.example/~r/1</link>"
        b"<feedburner:origLink>https://news.example/1</feedburner:origLink></item></channel></rss>"
    )

    assert urls(read_document(FEED, body, FEED.url)) == ["https://news.example/1"]


def test_broken_entries_are_counted_and_the_good_ones_kept() -> None:
    body = rss(
        item("https://news.example/1"),
        "<item><title>no address</title></item>",
        item("mailto:desk@news.example"),
        item("file:///etc/passwd"),
        item("https://news.example/2"),
    )

    announcement = read_document(FEED, body, FEED.url)

    assert urls(announcement) == ["https://news.example/1", "https://news.example/2"]
    assert announcement.broken_entries == 3


def test_malformed_xml_keeps_the_whole_entries_and_their_addresses_entire() -> None:
    body = rss(
        item("https://news.example/1?a=1&b=2"),
        item("https://news.example/خبر/2"),
        "<item><oops></item>",
    )

    announcement = read_document(FEED, body, FEED.url)

    assert urls(announcement) == [
        "https://news.example/1?a=1&b=2",
        "https://news.example/%D8%AE%D8%A8%D8%B1/2",
    ]
    assert announcement.broken_entries == 1


def test_a_control_character_in_a_title_spoils_nothing() -> None:
    body = rss(item("https://news.example/1", "&#1;&lt;b&gt;x&lt;/b&gt;"))

    assert urls(read_document(FEED, body, FEED.url)) == ["https://news.example/1"]


def test_an_address_cut_by_the_end_of_the_document_is_not_announced() -> None:
    body = rss(item("https://news.example/1"), item("https://news.example/2345"))

    announcement = read_document(FEED, body[: body.rindex(b"45<")], FEED.url)

    assert urls(announcement) == ["https://news.example/1"]
    assert announcement.broken_entries == 1


@pytest.mark.parametrize("before", [b"\n\n ", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
def test_what_stands_before_the_declaration_does_no_harm(before: bytes) -> None:
    assert urls(read_document(FEED, before + rss(item("/1")), FEED.url)) == [
        "https://news.example/1"
    ]


@pytest.mark.parametrize("charset", ["windows-1256", "utf-16", "utf-8"])
def test_the_declared_charset_is_read(charset: str) -> None:
    head = f'<?xml version="1.0" encoding="{charset}"?>'
    body = rss(item("https://news.example/1", "برف باری"), head=head).decode()
    printed = "برف باری" if charset != "windows-1256" else "برف باري"

    announcement = read_document(FEED, body.replace("برف باری", printed).encode(charset), FEED.url)

    assert announcement.links[0].headline == printed


def test_utf_8_is_read_as_such_whatever_header_and_declaration_say() -> None:
    body = rss(
        item("https://news.example/1", "بارش"), head='<?xml version="1.0" encoding="windows-1256"?>'
    )

    assert read_document(FEED, body, FEED.url, encoding="iso-8859-6").links[0].headline == "بارش"


def test_a_repeated_address_is_announced_once() -> None:
    body = rss(
        item("https://news.example/1#top", title=""), item("https://news.example/1", title="عنوان")
    )

    assert read_document(FEED, body, FEED.url).links == (
        Link("https://news.example/1", headline="عنوان"),
    )


def test_a_body_that_looks_like_a_file_name_is_not_opened() -> None:
    with pytest.raises(DiscoveryError):
        read_document(FEED, __file__.encode(), FEED.url)


def test_entities_of_the_document_are_not_expanded() -> None:
    bomb = (
        '<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    )

    announcement = read_document(
        FEED, rss(item("https://news.example/1", "&b;&f;"), head=bomb), FEED.url
    )

    assert announcement.links[0].headline == "&b;&f;"


def test_an_empty_feed_announces_nothing() -> None:
    assert read_document(FEED, rss(), FEED.url) == Announcement()


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b"", "empty document"),
        (b" \n\t ", "empty document"),
        (
            b"<!DOCTYPE html><html><body><p>x</p></body></html>",
            "not a feed: begins with '<!DOCTYPE html>",
        ),
        (b'{"items": []}', "not a feed"),
        (b"<urlset><url><loc>https://news.example/1</loc></url></urlset>", "not a feed"),
    ],
)
def test_what_is_no_feed_is_said_in_one_line_with_its_address(body: bytes, complaint: str) -> None:
    with pytest.raises(DiscoveryError, match=complaint) as raised:
        read_document(FEED, body, FEED.url)
    assert str(raised.value).startswith(f"{FEED.url}: ")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("declared", ["utf-8", "windows-1256", "iso-8859-1", None])
@pytest.mark.parametrize("header", ["iso-8859-1", "utf-8", "rot13", None])
def test_the_bytes_decide_the_encoding_of_a_feed(declared: str | None, header: str | None) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    body = rss(item("https://news.example/خبر", "وزير التربية يفتتح المدرسة"), head=head).decode()
    announcement = read_document(FEED, body.encode("windows-1256"), FEED.url, encoding=header)
    assert announcement.broken_entries == 0
    [link] = announcement.links
    assert link.url == "https://news.example/%D8%AE%D8%A8%D8%B1"
    assert link.headline == "وزير التربية يفتتح المدرسة"

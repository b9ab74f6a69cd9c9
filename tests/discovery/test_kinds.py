from datetime import date

import pytest

from crawler.discovery.kinds import Feed, Listing, NewsSitemap, Sitemap

TODAY = date(2024, 3, 2)


def test_an_address_without_a_date_is_itself_whatever_the_span() -> None:
    feed = Feed(url="https://news.example/rss")

    assert list(feed.addresses(TODAY, since=date(2020, 1, 1))) == ["https://news.example/rss"]
    assert not feed.dated


def test_a_dated_address_is_one_a_day_newest_first() -> None:
    sitemap = Sitemap(url="https://news.example/{date:%Y/%Y-%m-%d}.xml.gz", days=3)

    assert list(sitemap.addresses(TODAY)) == [
        "https://news.example/2024/2024-03-02.xml.gz",
        "https://news.example/2024/2024-03-01.xml.gz",
        "https://news.example/2024/2024-02-29.xml.gz",
    ]


def test_a_span_replaces_the_days_and_ends_today() -> None:
    sitemap = Sitemap(url="https://news.example/s?d={date:%d}", days=30)

    wanted = sitemap.addresses(TODAY, since=date(2024, 3, 1), until=date(2024, 3, 9))

    assert list(wanted) == ["https://news.example/s?d=02", "https://news.example/s?d=01"]
    assert list(sitemap.addresses(TODAY, since=date(2024, 3, 5))) == []


def test_until_alone_counts_the_days_back_from_it() -> None:
    sitemap = Sitemap(url="https://news.example/s?d={date:%d}", days=2)

    assert [a[-2:] for a in sitemap.addresses(TODAY, until=date(2024, 2, 10))] == ["10", "09"]


def test_a_month_is_read_once_and_numbers_need_no_padding() -> None:
    sitemap = Sitemap(url="https://news.example/{date.year}-{date.month}.xml", days=40)

    assert list(sitemap.addresses(TODAY)) == [
        "https://news.example/2024-3.xml",
        "https://news.example/2024-2.xml",
        "https://news.example/2024-1.xml",
    ]


@pytest.mark.parametrize(
    ("declare", "complaint"),
    [
        (lambda: Feed(url="news.example/rss"), "Feed: url: .* is not an http"),
        (lambda: Feed(url="file:///etc/passwd"), "Feed: url: .* is not an http"),
        (lambda: Feed(url="https:///rss"), "Feed: url: .* is not an http"),
        (
            lambda: NewsSitemap(url="https://news.example/{day}.xml"),
            "NewsSitemap: url: .* only field is {date}",
        ),
        (lambda: Sitemap(url="https://news.example/{date.mnth}"), "Sitemap: url: .*mnth"),
        (lambda: Sitemap(url="https://news.example/{date}/{page}"), "Sitemap: url: .*page"),
        (lambda: Sitemap(url="https://news.example/{date:%Y", days=2), "Sitemap: url: "),
        (lambda: Sitemap(url="https://news.example/s.xml", days=0), "Sitemap: days: 0"),
        (lambda: Sitemap(url="https://news.example/s.xml", children=0), "Sitemap: children: 0"),
        (lambda: Sitemap(url="https://news.example/s.xml", follow="(posts"), "Sitemap: follow: "),
        (
            lambda: Feed(url="https://news.example/rss", machine_dates="locl"),  # type: ignore[arg-type]
            "Feed: machine_dates: 'locl' is none of true, local, none",
        ),
        (
            lambda: NewsSitemap(url="https://news.example/s.xml", machine_dates=True),  # type: ignore[arg-type]
            "NewsSitemap: machine_dates: True is none of",
        ),
        (lambda: Listing(url="https://news.example/", links="h3 >"), "Listing: links: 'h3 >'"),
        (lambda: Listing(url="https://news.example/", next="a[rel"), r"Listing: next: 'a\[rel'"),
        (lambda: Listing(url="https://news.example/", pages=2), "Listing: pages: .* needs `next`"),
        (lambda: Listing(url="https://news.example/", next="a", pages=0), "Listing: pages: 0"),
    ],
)
def test_what_cannot_be_read_is_refused_where_it_is_declared(
    declare: object, complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        declare()  # type: ignore[operator]


def test_a_dated_declaration_covers_its_address_of_any_day() -> None:
    daily = Sitemap(url="https://news.example/{date:%Y/%m}/s-{date.day}.xml?a=1", days=3)

    assert daily.covers("https://news.example/2019/12/s-7.xml?a=1")
    assert not daily.covers("https://news.example/2019/12/s-7.xml?b=1")
    assert Feed(url="https://news.example/rss").covers("https://news.example/rss")
    assert not Feed(url="https://news.example/rss").covers("https://news.example/rss2")

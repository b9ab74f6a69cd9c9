from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from crawler.discovery.kinds import Feed, Listing, NewsSitemap, Sitemap
from crawler.discovery.request import DocumentRequest

TODAY = date(2024, 3, 2)


def urls(requests: Iterable[DocumentRequest]) -> list[str]:
    return [request.url for request in requests]


def test_an_address_without_a_date_is_itself_whatever_the_span() -> None:
    feed = Feed(url="https://news.example/rss")

    assert urls(feed.requests(TODAY, since=date(2020, 1, 1))) == ["https://news.example/rss"]
    assert not feed.dated


def test_a_dated_address_is_one_a_day_newest_first() -> None:
    sitemap = Sitemap(url="https://news.example/{date:%Y/%Y-%m-%d}.xml.gz", days=3)

    assert urls(sitemap.requests(TODAY)) == [
        "https://news.example/2024/2024-03-02.xml.gz",
        "https://news.example/2024/2024-03-01.xml.gz",
        "https://news.example/2024/2024-02-29.xml.gz",
    ]


def test_a_span_replaces_the_days_and_ends_today() -> None:
    sitemap = Sitemap(url="https://news.example/s?d={date:%d}", days=30)

    wanted = sitemap.requests(TODAY, since=date(2024, 3, 1), until=date(2024, 3, 9))

    assert urls(wanted) == ["https://news.example/s?d=02", "https://news.example/s?d=01"]
    assert urls(sitemap.requests(TODAY, since=date(2024, 3, 5))) == []


def test_until_alone_counts_the_days_back_from_it() -> None:
    sitemap = Sitemap(url="https://news.example/s?d={date:%d}", days=2)

    wanted = urls(sitemap.requests(TODAY, until=date(2024, 2, 10)))

    assert [url[-2:] for url in wanted] == ["10", "09"]


def test_a_month_is_read_once_and_numbers_need_no_padding() -> None:
    sitemap = Sitemap(url="https://news.example/{date.year}-{date.month}.xml", days=40)

    assert urls(sitemap.requests(TODAY)) == [
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
            "NewsSitemap: url: .*'{day}.xml'.* only fields are {date}, {each}, {n} and {next}",
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
        (lambda: Listing(url="https://news.example/", next="a"), "Listing: pages: .*how many"),
        (
            lambda: Listing(url="https://news.example/", next="a", pages="2"),  # type: ignore[arg-type]
            "Listing: pages: '2' is not a whole number",
        ),
        (
            lambda: Sitemap(url="https://news.example/s.xml", newest=None),  # type: ignore[arg-type]
            "Sitemap: newest: None is not a text",
        ),
        (
            lambda: Sitemap(url="https://news.example/s.xml", children=True),
            "Sitemap: children: True is not a whole number",
        ),
        (
            lambda: Sitemap(url="https://news.example/{date}.xml", days=1.5),  # type: ignore[arg-type]
            "Sitemap: days: 1.5 is not a whole number",
        ),
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


def test_each_stands_for_one_address_a_value_in_their_order() -> None:
    feed = Feed(url="https://news.example/rss/{each}.xml", each=("world", "Economy/bourse"))

    assert urls(feed.requests(TODAY)) == [
        "https://news.example/rss/world.xml",
        "https://news.example/rss/Economy/bourse.xml",
    ]


def test_days_come_before_values_and_numbers_begin_at_the_first() -> None:
    listing = Listing(
        url="https://news.example/{each}/{date:%Y%m%d}?from={n:03}",
        days=2,
        each=("a", "b"),
        first=0,
        step=20,
        last=40,
    )

    first, *others = listing.requests(TODAY)

    assert first.url == "https://news.example/a/20240302?from=000"
    assert urls(others) == [
        "https://news.example/b/20240302?from=000",
        "https://news.example/a/20240301?from=000",
        "https://news.example/b/20240301?from=000",
    ]


@pytest.mark.parametrize(
    ("numbers", "pages"),
    [
        ({"last": 3}, ["1", "2", "3"]),
        ({"first": 0, "step": 36, "last": 100}, ["0", "36", "72"]),
        ({"first": 9, "step": -4, "last": 1}, ["9", "5", "1"]),
        ({"last": 1}, ["1"]),
    ],
)
def test_numbered_pages_follow_each_other_up_to_the_last(
    numbers: dict[str, Any], pages: list[str]
) -> None:
    listing = Listing(url="https://news.example/page/{n}", **numbers)

    (request,) = listing.requests(TODAY)
    read = []
    page: DocumentRequest | None = request
    while page:
        read.append(page.url.rsplit("/", 1)[1])
        page = listing.next_page(page)

    assert read == pages


def test_a_form_is_sent_as_pairs_or_as_it_is_written() -> None:
    pairs = Listing(
        url="https://news.example/ajax",
        form={"category_name": "{each}", "offset": "{n}", "td_atts": '{"id":"5"}', "size": 36},
        each=("پاکستان",),
        first=0,
        step=36,
        last=72,
    )
    text = Listing(
        url="https://news.example/service.aspx/fnGetNews",
        form='{"CategoryId": "{each}", "From": "{date:%d/%m/%Y}", "pageIndex": {n}}',
        each=("153",),
        last=2,
    )

    (form,), (json_body,) = list(pairs.requests(TODAY)), list(text.requests(TODAY))

    assert form.body == (
        "category_name=%D9%BE%D8%A7%DA%A9%D8%B3%D8%AA%D8%A7%D9%86&offset=0"
        "&td_atts=%7B%22id%22%3A%225%22%7D&size=36"
    )
    assert (form.method, form.content_type) == ("POST", "application/x-www-form-urlencoded")
    assert json_body.body == '{"CategoryId": "153", "From": "02/03/2024", "pageIndex": 1}'
    assert (json_body.method, json_body.content_type) == ("POST", "application/json")
    assert hash(pairs) != hash(text)


@pytest.mark.parametrize(
    "form",
    ['{"query": "{ posts { text } }"}', '{"query": "{posts{next_page{text}}}"}', "a={}&b={ n}"],
)
def test_other_braces_of_a_form_are_sent_as_they_stand(form: str) -> None:
    (request,) = Listing(url="https://news.example/ajax", form=form).requests(TODAY)
    assert request.body == form


def test_a_form_with_another_body_is_another_document() -> None:
    listing = Listing(url="https://news.example/ajax", form="page={n}", last=2)

    (first,) = listing.requests(TODAY)
    second = listing.next_page(first)

    assert second is not None
    assert first.url == second.url
    assert first.key != second.key
    assert DocumentRequest("https://news.example/rss").key == "https://news.example/rss"
    assert DocumentRequest("https://news.example/rss").method == "GET"


def test_a_path_is_on_the_host_that_the_outlet_gives() -> None:
    listing = Listing(
        url="/api/{each}", each=("now",), entries="items", address="/article/{id}"
    ).on("news.example")

    assert listing.url == "https://news.example/api/{each}"
    assert listing.address == "https://news.example/article/{id}"
    feed = Feed(url="http://feeds.example/rss")
    assert feed.on("news.example") is feed


HERE = "https://news.example/"


@pytest.mark.parametrize(
    ("declare", "complaint"),
    [
        (lambda: Feed(url="//news.example/rss"), "Feed: url: .* is not an http"),
        (lambda: Feed(url=7), "Feed: url: 7 is not a text"),  # type: ignore[arg-type]
        (lambda: Feed(url=HERE + "{each}"), "Feed: each: no values for {each}"),
        (lambda: Feed(url=HERE, each=("a",)), "Feed: each: neither url nor form has {each}"),
        (lambda: Feed(url=HERE + "{each}", each="ab"), "Feed: each: 'ab' is not a tuple"),  # type: ignore[arg-type]
        (lambda: Feed(url=HERE + "{each}", each=("a", 7)), "Feed: each: 7 is not a text"),  # type: ignore[arg-type]
        (lambda: Feed(url=HERE + "{each}", each=("",)), "Feed: each: '' is not a text"),
        (lambda: Feed(url=HERE + "{each}", each=("a", "a")), "Feed: each: 'a' stands in it twice"),
        (lambda: Feed(url=HERE + "{n}"), "Feed: last: {n} needs the number of the last page"),
        (lambda: Feed(url=HERE, last=3), "Feed: last: neither url nor form has {n}"),
        (lambda: Feed(url=HERE, first=0), "Feed: first: neither url nor form has {n}"),
        (lambda: Feed(url=HERE, days=2), "Feed: days: neither url nor form has {date}"),
        (lambda: Feed(url=HERE + "{n}", last="3"), "Feed: last: '3' is not a whole number"),  # type: ignore[arg-type]
        (lambda: Feed(url=HERE + "{n}", step=0, last=3), "Feed: step: 0 leads to no further page"),
        (lambda: Feed(url=HERE + "{n}", first=5, last=3), "Feed: last: 3 is not reached from 5"),
        (lambda: Feed(url=HERE + "{n:q}", last=3), "Feed: url: .*Unknown format code"),
        (lambda: Feed(url=HERE, form={}), "Feed: form: it is empty"),
        (lambda: Feed(url=HERE, form=7), "Feed: form: 7 is neither a mapping nor"),  # type: ignore[arg-type]
        (lambda: Feed(url=HERE, form=(("a",),)), r"Feed: form: \('a',\) is not a pair"),  # type: ignore[arg-type]
        (lambda: Feed(url=HERE, form={"a": True}), "Feed: form: 'a': True is neither a text nor"),
        (
            lambda: Listing(url=HERE, form={"page": "{n}", "section": "{eech}"}, last=2),
            "Listing: form: '{eech}': the only fields are {date}, {each}, {n} and {next}",
        ),
        (lambda: Listing(url=HERE, form={"a": "{section}"}), "Listing: form: '{section}': the"),
        (lambda: Listing(url=HERE, form='{"page": {nn}}'), "Listing: form: '{nn}': the only"),
        (lambda: Listing(url=HERE, form="day={dat:%Y}"), "Listing: form: '{dat:%Y}': the only"),
        (lambda: Sitemap(url=HERE, newest="posts-("), "Sitemap: newest: not a regular expression"),
        (
            lambda: Sitemap(url=HERE, newest=r"posts-\d+"),
            "Sitemap: newest: .* with a group for a number",
        ),
        (lambda: Listing(url=HERE, links="//a["), r"Listing: links: '//a\[' is not an XPath"),
        (lambda: Listing(url=HERE, entries="a["), r"Listing: entries: 'a\[' is not a JMESPath"),
        (lambda: Listing(url=HERE, entries="a", link="b."), "Listing: link: .* not a JMESPath"),
        (lambda: Listing(url=HERE, link="url"), "Listing: link: .* `entries` is missing"),
        (lambda: Listing(url=HERE, published="d"), "Listing: published: .* `entries` is missing"),
        (lambda: Listing(url=HERE, entries=7), "Listing: entries: 7 is not a text"),  # type: ignore[arg-type]
        (lambda: Listing(url=HERE, links="count(//a)"), "Listing: links: .*not a CSS selector"),
        (lambda: Listing(url=HERE, links="//a/x:y()"), "Listing: links: .*is not an XPath"),
        (lambda: Feed(url=HERE + "{next}"), "Feed: url: only a Listing has a `next`"),
        (lambda: Listing(url=HERE + "{next}"), "Listing: pages: {next} leads to a second page"),
        (lambda: Listing(url=HERE + "{next}", pages=2), "Listing: pages: .* needs `next`"),
        (lambda: Listing(url=HERE, address="/article/"), "Listing: address: .* needs a field"),
        (lambda: Listing(url=HERE, address="/a/{id"), "Listing: address: .* needs a field"),
        (lambda: Listing(url=HERE, address="a/{id}"), "Listing: address: .* is not an http"),
        (lambda: Listing(url=HERE, address="/{a}/{b}"), "Listing: address: .*one value"),
        (lambda: Listing(url=HERE, entries="i", address="/{a.}"), "address: .* not a JMESPath"),
        (
            lambda: Listing(url=HERE, entries="i", link="u", address="/{id}"),
            "Listing: address: `link` gives the address",
        ),
        (
            lambda: Listing(url=HERE + "{n}", last=3, next="a.next", pages=3),
            "Listing: next: the pages have numbers",
        ),
    ],
)
def test_what_contradicts_itself_is_refused_where_it_is_declared(
    declare: object, complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        declare()  # type: ignore[operator]


@pytest.mark.parametrize(
    ("url", "is_covered"),
    [
        ("https://news.example/world/2019/Mar/page-7", True),
        ("https://news.example/%D8%B9%D8%A7%D9%84%D9%85/2024/Jan/page-12", True),
        ("https://news.example/عالم/2024/Jan/page-12", True),
        ("https://news.example/sport/2019/Mar/page-7", False),
        ("https://news.example/world/2019/Mar/page-", False),
        ("https://news.example/world/2019/03/page-7", False),
        ("https://news.example/world/a/b/2019/Mar/page-7", False),
        ("https://news.example/world/2019/Mar/page-7?print=1", False),
    ],
)
def test_a_template_covers_its_own_addresses_only(url: str, is_covered: bool) -> None:
    listing = Listing(
        url="https://news.example/{each}/{date:%Y/%b}/page-{n}", each=("world", "عالم"), last=3
    )

    assert listing.covers(url) is is_covered

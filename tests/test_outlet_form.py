"""The form of a declaration: what is said once, what follows from it, what is told at load."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from crawler.dedup import canonical_url
from crawler.discovery.kinds import Feed, Listing
from crawler.outlet import HouseStyle, Layout, Outlet, OutletError, Platform
from crawler.runs.reader_version import reader_version
from crawler.spiders.base import OutletSpider
from crawler.spiders.hosts import check_hosts

MINIMAL: dict[str, Any] = {
    "name": "arabi21",
    "publisher": "arabi21",
    "hosts": ("arabi21.com",),
    "articles": r"/story/\d+(?:/[^/]*)?",
    "discovery": (Feed(url="/rss"),),
    "as_of": 2026,
    "confidence": "medium",
}


def declared(**fields: Any) -> Outlet:
    return Outlet(**{**MINIMAL, **fields})


# Who it is


def test_the_publisher_gives_names_language_and_country() -> None:
    outlet = declared(publisher="youm7")
    names = outlet.title, outlet.native, outlet.language, outlet.country, outlet.zone
    assert names == ("Youm7", "اليوم السابع", "ar", "EG", "Africa/Cairo")


def test_declared_names_win_over_the_gazetteer() -> None:
    outlet = declared(publisher="youm7", title="Youm7 World", zone="Europe/London")
    assert (outlet.title, outlet.native, outlet.zone) == (
        "Youm7 World",
        "اليوم السابع",
        "Europe/London",
    )


def test_an_outlet_that_says_who_it_is_needs_no_publisher() -> None:
    who = {"title": "Sahifa", "native": "صحيفة", "language": "ar", "country": "JO"}
    outlet = declared(name="sahifa", publisher="", **who)
    assert (outlet.source_id, outlet.zone) == ("sahifa", "Asia/Amman")
    with pytest.raises(OutletError, match="sahifa: publisher: an id of the gazetteer, or title"):
        declared(name="sahifa", publisher="", **{**who, "country": ""})


def test_an_unknown_publisher_is_answered_with_the_nearest() -> None:
    with pytest.raises(OutletError, match=r"'yuom7'.*youm7"):
        declared(publisher="yuom7")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"country": "XX"}, "country: 'XX' is not an ISO"),
        ({"publisher": "cnn-arabic", "country": "US"}, "zone: US has more than one"),
        ({"zone": "Asia/Aman"}, "zone: 'Asia/Aman' is not an IANA"),
    ],
)
def test_country_and_zone_are_checked(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(OutletError) as caught:
        declared(**wrong)
    assert said in str(caught.value)


# Where it is


def test_a_pattern_of_paths_counts_on_the_outlets_own_hosts() -> None:
    outlet = declared()
    assert outlet.is_article("https://arabi21.com/story/1602948")
    assert outlet.is_article("http://www.arabi21.com/story/1602948/خبر?utm_source=rss")
    assert outlet.is_article("https://arabi21.com:8443/story/1")
    assert not outlet.is_article("https://example.com/story/1602948")
    assert not outlet.is_article("https://notarabi21.com/story/1602948")
    assert not outlet.is_article("https://arabi21.com/story/1602948/a/b")
    assert not outlet.is_article("https://[broken/story/1602948")


def test_a_pattern_with_a_question_mark_reads_the_query() -> None:
    outlet = declared(articles=r"/news\.aspx\?id=\d+")
    assert outlet.is_article("https://arabi21.com/news.aspx?id=7")
    assert not outlet.is_article("https://arabi21.com/news.aspx")
    assert not outlet.is_article("https://arabi21.com/news.aspx?section=7")


def test_an_address_in_arabic_may_come_raw_or_percent_encoded() -> None:
    outlet = declared(articles=r"/خبر/\d+")
    assert outlet.is_article("https://arabi21.com/خبر/7")
    assert outlet.is_article("https://arabi21.com/%D8%AE%D8%A8%D8%B1/7")


def test_discovery_may_stand_on_the_first_host() -> None:
    outlet = declared(discovery=(Feed(url="/rss"), Listing(url="https://www.arabi21.com/latest")))
    assert [kind.url for kind in outlet.discovery] == [
        "https://arabi21.com/rss",
        "https://www.arabi21.com/latest",
    ]
    assert replace(outlet, delay=1.0).discovery == outlet.discovery


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            {"discovery": (Feed(url="https://arabi12.com/rss"),)},
            "discovery: 'arabi12.com' is of none of the domains arabi21.com; name it in `also`",
        ),
        ({"also": ("feeds.example.com",)}, "also: no discovery document is on 'feeds.example.com'"),
        ({"articles": r"https?://arabi12\.com/story/\d+"}, "matches none of the hosts arabi21.com"),
        (
            {
                "articles": r"http://arabi21\.com:8081/story/\d+",
                "discovery": (Feed(url="http://arabi21.com:8080/rss"),),
            },
            "matches none of the hosts arabi21.com",
        ),
    ],
)
def test_a_host_that_is_no_own_is_told_at_load(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(OutletError) as caught:
        type("Spider", (OutletSpider,), {"outlet": declared(**wrong)})
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "right",
    [
        {"discovery": (Feed(url="https://feeds.arabi21.com/rss"),)},
        {"discovery": (Feed(url="https://x.example.com/rss"),), "also": ("x.example.com",)},
        {"articles": r"https?://(?:www\.)?arabi21\.com/story/\d+"},
        {"articles": r"https?://[^/]+/story/\d+"},
        {
            "articles": r"http://arabi21\.com:8080/story/\d+",
            "discovery": (Feed(url="http://arabi21.com:8080/rss"),),
        },
    ],
)
def test_a_host_of_the_same_domain_or_of_also_is_right(right: dict[str, Any]) -> None:
    check_hosts(declared(**right))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"also": ("https://feeds.example.com",)}, "also: "),
        ({"articles": r"story/\d+"}, "begins neither with '/' nor with 'https?:'"),
        ({"articles": ""}, "articles: a pattern"),
        ({"articles": r"/story/(\d+"}, "articles: '/story/(\\\\d+' is not a regular expression"),
        ({"id": r"(\d+"}, "id: '(\\\\d+' is not a regular expression"),
        ({"exclude": "/en/"}, "exclude: '/en/' is not a tuple"),
        ({"exclude": ("en/",)}, "exclude: 'en/' is no section; a pattern of paths begins with '/'"),
        ({"exclude": ("https://arabi21.com/en/",)}, "is no section; a pattern of paths begins"),
        ({"exclude": ("/en/(",)}, "exclude: '/en/(' is not a regular expression"),
    ],
)
def test_patterns_are_checked(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(OutletError) as caught:
        declared(**wrong)
    assert said in str(caught.value)


def test_excluded_paths_are_no_articles_and_excluded_sections_are_named() -> None:
    outlet = declared(exclude=(r"/story/\d+/en", "/خاص/", "إعلانات"), articles="/.+")
    assert not outlet.is_article("https://arabi21.com/story/7/en-title")
    assert not outlet.is_article("https://arabi21.com/%D8%AE%D8%A7%D8%B5/7")
    assert outlet.is_article("https://arabi21.com/story/7/a/en")
    assert outlet.excluded_sections == ("إعلانات",)


# Which article


@pytest.mark.parametrize(
    ("pattern", "printed", "canonical"),
    [
        (r"story/\d+", "/story/1602948/لماذا", "/story/1602948"),
        (r"story/\d+", "/story/1602948/", "/story/1602948"),
        (r"story/\d+", "/amp/story/1602948?utm_source=x", "/story/1602948"),
        (r"\d{6,}", "/world/1602948-slug/", "/1602948"),
        (r"\d+$", "/2023/11/22/slug-1602948", "/1602948"),
        (r"(?<=-)\d+", "/slug-1602948", "/1602948"),
        (r"id=\d+", "/news.aspx?lang=ar&id=77&x=1", "/id=77"),
        (r"\d+$", "/story/1602948?utm_source=x&fbclid=1", "/1602948"),
        (r"\d+$", "/story/1602948?page=2", "/1602948"),
        (r"\d+", "/why-not?fbclid=17", "/why-not"),
        (r"\d{6,}$|old/.+", "/old/7.htm?utm_source=x", "/old/7.htm"),
        # In what the first form has matched, the second one matches otherwise.
        (r"(?<=news/)item-\d+|\d+", "/news/item-77-slug", "/77"),
        (r"story/\d+", "/about", "/about"),
        (r"\d*", "/about", "/about"),
    ],
)
def test_the_id_alone_is_the_identity_of_an_article(
    pattern: str, printed: str, canonical: str
) -> None:
    outlet = declared(id=pattern, articles="/.+")
    address = canonical_url(f"http://www.arabi21.com{printed}", outlet=outlet)
    assert address == f"https://arabi21.com{canonical}"
    assert canonical_url(address, outlet=outlet) == address


def test_an_id_counts_on_the_outlets_own_hosts_only() -> None:
    outlet = declared(id=r"story/\d+")
    other = "https://example.com/story/7/slug"
    assert canonical_url(other, outlet=outlet) == other


# Platforms

WORDPRESS = Platform(
    name="WordPress",
    as_of=2024,
    articles=r"/\d+/",
    id=r"\d+",
    discovery=(Feed(url="/feed/"),),
    layouts=(Layout(body=("div.entry-content",)),),
    style=HouseStyle(datelines="often"),
)


def on_platform(**fields: Any) -> Outlet:
    left_out = {"articles", "discovery"}
    own = {name: value for name, value in MINIMAL.items() if name not in left_out}
    return Outlet(**{**own, "platform": WORDPRESS, **fields})


def test_a_platform_gives_what_an_outlet_leaves_out() -> None:
    outlet = on_platform()
    assert outlet.is_article("https://arabi21.com/77/")
    assert outlet.discovery == (Feed(url="https://arabi21.com/feed/"),)
    assert outlet.layouts == WORDPRESS.layouts
    assert outlet.style.datelines == "often"
    assert outlet.from_platform == {"articles", "id", "discovery", "layouts", "style"}


def test_an_outlets_own_values_win_even_where_they_are_the_defaults() -> None:
    outlet = on_platform(layouts=(), style=HouseStyle(), id="")
    assert (outlet.layouts, outlet.style, outlet.id) == ((), HouseStyle(), "")
    assert outlet.from_platform == {"articles", "discovery"}


def test_a_platform_that_cannot_be_used_is_told() -> None:
    with pytest.raises(OutletError, match="Platform X: as_of"):
        Platform(name="X", as_of=24)
    with pytest.raises(OutletError, match=r"Platform X: discovery: 'https://a\.example/feed'"):
        Platform(name="X", as_of=2024, discovery=(Feed(url="https://a.example/feed"),))
    with pytest.raises(OutletError, match="Platform X: discovery: '/feed' is neither a feed"):
        Platform(name="X", as_of=2024, discovery=("/feed",))  # type: ignore[arg-type]
    with pytest.raises(OutletError, match=r"Platform X: exclude: '/en/' is not a tuple"):
        Platform(name="X", as_of=2024, exclude="/en/")  # type: ignore[arg-type]


# How well it is known


def test_an_outlet_that_is_known_says_by_what_evidence() -> None:
    assert declared().state == "unconfirmed"
    working = declared(state="working", evidence="feed in a reader's log, 2026-02")
    assert working.is_crawled
    for state in ("refused", "needs_browser", "dead_discovery"):
        reason = "a reader's log of 2025-11"
        assert not declared(state=state, evidence=reason).is_crawled
        with pytest.raises(OutletError, match="evidence: what was seen"):
            declared(state=state)
    with pytest.raises(OutletError, match="evidence: what was seen that makes it 'working'"):
        declared(state="working", evidence="somebody said so")
    with pytest.raises(OutletError, match="state: 'alive' is none of working"):
        declared(state="alive")


def test_the_year_of_the_evidence_is_read_from_it() -> None:
    without_year = {name: value for name, value in MINIMAL.items() if name != "as_of"}
    assert Outlet(**without_year, evidence="feed of 2019, seen again 2024-03").as_of == 2024
    assert declared(evidence="seen 2024", as_of=2023).as_of == 2023
    with pytest.raises(OutletError, match="as_of: 0 is not a year; give it, or evidence"):
        Outlet(**without_year, evidence="somebody said so")


def test_a_single_layout_is_the_only_one_of_layouts() -> None:
    layout = Layout(body=("div.text",))
    outlet = declared(layout=layout)
    assert (outlet.layouts, outlet.layout) == ((layout,), None)
    assert replace(outlet, delay=1.0).layouts == (layout,)
    assert reader_version(outlet) == reader_version(declared(layouts=(layout,)))
    with pytest.raises(OutletError, match="layout, layouts: one of them"):
        declared(layout=layout, layouts=(layout,))


def test_an_outlet_that_is_not_crawled_needs_no_discovery() -> None:
    gone = {"state": "dead_discovery", "evidence": "feeds of 2019 answer 404 in a log of 2026"}
    assert declared(discovery=(), articles="", **gone).discovery == ()


def test_what_is_said_of_the_evidence_does_not_change_how_pages_are_read() -> None:
    outlet = declared(layouts=(Layout(until=date(2020, 1, 1)),))
    known_better = replace(outlet, state="working", evidence="seen 2026")
    assert reader_version(known_better) == reader_version(outlet)
    assert reader_version(replace(outlet, id=r"story/\d+")) != reader_version(outlet)

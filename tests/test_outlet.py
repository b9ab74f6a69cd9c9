from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from types import ModuleType
from typing import Any

import pytest

from crawler import outlet
from crawler.discovery import field_types
from crawler.discovery.kinds import Feed, Listing, Sitemap
from crawler.discovery.request import DocumentRequest
from crawler.outlet import HouseStyle, Layout, Outlet, OutletError

GOOD = Outlet(
    name="sahifa_ar",
    title="Sahifa",
    native="صحيفة",
    language="ar",
    country="JO",
    zone="Asia/Amman",
    hosts=("sahifa.example", "www.sahifa.example"),
    articles=r"https://(?:www\.)?sahifa\.example/\d+/[^/]+",
    discovery=(Feed(url="https://sahifa.example/rss"),),
    publisher="sahifa",
    as_of=2024,
    confidence="low",
)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "Sahifa Ar"}, "name: letters"),
        ({"language": "fa"}, "language: 'fa' is none of ar, ur"),
        ({"country": "Jordan"}, "country: 'Jordan'"),
        ({"zone": "Asia/Aman"}, "zone: 'Asia/Aman' is not an IANA"),
        ({"hosts": ()}, "hosts:"),
        ({"hosts": "sahifa.example"}, "hosts: 'sahifa.example' is not a tuple"),
        ({"hosts": ("https://sahifa.example/",)}, "hosts:"),
        ({"articles": r"https://sahifa\.example/(\d+"}, "is not a regular expression"),
        ({"discovery": ()}, "discovery: at least one"),
        ({"discovery": ("https://sahifa.example/rss",)}, "discovery: at least one"),
        ({"confidence": "certain"}, "confidence: 'certain' is none of high"),
        ({"hosts": ("sahifa.example:8080",)}, "hosts:"),
        ({"as_of": "2024"}, "as_of: '2024' is not a year"),
        ({"date_order": "dmy"}, "date_order: 'dmy' is none of DMY"),
        ({"rewrites": ("^/amp/", "/story/")}, "rewrites:"),
        ({"style": None}, "style, layouts:"),
        ({"title": " "}, "title, native:"),
        ({"delay": -1.0}, "delay: -1.0"),
        ({"delay": float("nan")}, "delay: nan"),
        ({"delay": "2"}, "delay: '2' is not a number"),
        ({"title": 5}, "title: 5 is not a text"),
        ({"language": ("ar",)}, "language: ('ar',) is none of ar, ur"),
        ({"articles": ("/story",)}, "articles: ('/story',) is not a text"),
        ({"id": 5}, "id: 5 is not a text"),
        ({"exclude": (5,)}, "exclude: 5 is not a text"),
        ({"identity": ("id", 5)}, "identity: 5 is not a text"),
        ({"hosts": ("*.sahifa.example",)}, "hosts:"),
        ({"hosts": ("sahifa..example",)}, "hosts:"),
        ({"hosts": ("sahifa.example", "")}, "hosts:"),
        ({"hosts": ("صحيفة.example",)}, "are not lower-case host names in ASCII"),
        ({"evidence": 2026}, "evidence: 2026 is not a text"),
        ({"platform": "wordpress"}, "platform: 'wordpress' is not a Platform"),
        ({"style": HouseStyle(brands=("sputnk",))}, "style: brands: 'sputnk' is no id"),
        ({"rewrites": (("^/amp/", r"\3"),)}, "rewrites: '\\\\3' cannot replace '^/amp/'"),
        ({"rewrites": (("^/amp/", 5),)}, "rewrites:"),
        ({"genres": ((5, "news"),)}, "genres: (5, 'news')"),
        ({"layouts": (Layout(until=date(2020, 1, 1)), Layout())}, "layouts: newest first"),
    ],
)
def test_what_is_wrong_with_a_declaration_is_named(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(OutletError) as caught:
        replace(GOOD, **wrong)
    assert said in str(caught.value)
    assert str(caught.value).startswith(f"{wrong.get('name', 'sahifa_ar')}: ")


@pytest.mark.parametrize(
    ("kind", "wrong", "said"),
    [
        (Layout, {"body": "div.text"}, "Layout: body: 'div.text' is not a tuple"),
        (Layout, {"body": ("div..text",)}, "Layout: body: 'div..text' is no selector"),
        (Layout, {"published": ("//span[",)}, "Layout: published: '//span[' is no selector"),
        (Layout, {"order": ("json-ld",)}, "Layout: order: 'json-ld' is none of jsonld"),
        (Layout, {"machine_dates": "locl"}, "Layout: machine_dates: 'locl' is none of true, local"),
        (
            HouseStyle,
            {"datelines": "sometimes"},
            "HouseStyle: datelines: 'sometimes' is none of always",
        ),
        (HouseStyle, {"brands": "petra"}, "HouseStyle: brands: 'petra' is not a tuple"),
        (Layout, {"body": (5,)}, "Layout: body: 5 is not a text"),
        (Layout, {"data": ("script",)}, "Layout: data: ('script',) is not a text"),
        (Layout, {"until": "2020-01-01"}, "Layout: until: '2020-01-01' is not a date"),
        (Layout, {"until": datetime(2020, 1, 1)}, "Layout: until: datetime.datetime(2020"),
    ],
)
def test_what_is_wrong_with_a_layout_or_a_house_style_is_named(
    kind: Any, wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(OutletError) as caught:
        kind(**wrong)
    assert str(caught.value).startswith(said)


def test_a_missing_or_misspelt_field_is_named() -> None:
    with pytest.raises(TypeError, match="hosts"):
        Outlet(**{k: getattr(GOOD, k) for k in ("name", "title", "native", "language")})
    with pytest.raises(TypeError, match="timezone"):
        replace(GOOD, timezone="Asia/Amman")  # type: ignore[call-arg]


def test_an_article_address_may_come_raw_or_percent_encoded() -> None:
    outlet = replace(GOOD, articles=r"https://sahifa\.example/\d+/[؀-ۿ-]+")
    assert outlet.is_article("https://sahifa.example/7/خبر-عاجل")
    assert outlet.is_article("https://sahifa.example/7/%D8%AE%D8%A8%D8%B1")
    assert not outlet.is_article("https://sahifa.example/7/خبر/print")


def urls(requests: Iterable[DocumentRequest]) -> list[str]:
    return [request.url for request in requests]


def test_a_dated_address_stands_for_the_last_days_of_the_outlet() -> None:
    kind = Sitemap(url="https://sahifa.example/{date:%Y}/{date:%Y-%m-%d}.xml.gz", days=2)
    assert urls(kind.requests(date(2021, 1, 1))) == [
        "https://sahifa.example/2021/2021-01-01.xml.gz",
        "https://sahifa.example/2020/2020-12-31.xml.gz",
    ]
    walked = urls(kind.requests(date(2021, 9, 9), since=date(2021, 8, 1), until=date(2021, 8, 31)))
    assert (len(walked), walked[0][-17:], walked[-1][-17:]) == (
        31,
        "2021-08-31.xml.gz",
        "2021-08-01.xml.gz",
    )
    assert not urls(kind.requests(date(2021, 1, 1), since=date(2021, 1, 2))), (
        "the future has no sitemaps"
    )


def test_an_undated_address_stands_for_itself() -> None:
    kind = Listing(url="https://sahifa.example/latest")
    assert urls(kind.requests(date(2021, 1, 1), since=date(2020, 1, 1))) == [
        "https://sahifa.example/latest"
    ]


@pytest.mark.parametrize(
    "wrong", [{"url": "sahifa.example/rss"}, {"url": "file:///rss"}, {"url": "http://x", "days": 0}]
)
def test_a_discovery_that_cannot_be_read_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="Feed: "):
        Feed(**wrong)


def test_what_outlets_have_in_common_is_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []

    def spy(module: ModuleType, name: str) -> None:
        original = getattr(module, name)

        def call(*arguments: Any) -> Any:
            looked_up.append(name)
            return original(*arguments)

        monkeypatch.setattr(module, name, call)

    outlet._zone_names.cache_clear()
    field_types._annotations.cache_clear()
    outlet._selector_problem.cache_clear()
    spy(outlet, "available_timezones")
    spy(outlet, "HTMLTranslator")
    spy(field_types, "get_type_hints")
    for number in range(3):
        layout = Layout(headline=("h1.title",), body=("div.text", "//div[@id='text']"))
        replace(GOOD, name=f"sahifa_{number}", style=HouseStyle(), layouts=(layout,))
    assert sorted(looked_up) == [
        "HTMLTranslator",
        "HTMLTranslator",
        "available_timezones",
        "get_type_hints",
        "get_type_hints",
        "get_type_hints",
    ]

"""The first step: items of spiders that are not ours."""

import dataclasses
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pydantic
import pytest
import scrapy
from scrapy.exceptions import DropItem
from scrapy.utils.test import get_crawler

from crawler.items import Article, Attribution
from crawler.pipelines.dates import DatesPipeline
from crawler.pipelines.fingerprint import FingerprintPipeline
from crawler.pipelines.item_fields import ItemSettingError
from crawler.pipelines.items import ItemsPipeline
from crawler.pipelines.sources import SourcesPipeline
from crawler.pipelines.validate import ValidatePipeline
from crawler.settings import ITEM_PIPELINES
from crawler.sources import resolve

URL = "https://news.example/market"
HEADLINE = "افتتاح سوق السمك"
BODY = "فتح سوق السمك الجديد أبوابه صباح اليوم أمام الزوار."
STEPS = (ItemsPipeline, ValidatePipeline, DatesPipeline, SourcesPipeline, FingerprintPipeline)


class OwnSpider(scrapy.Spider):
    name = "own"
    outlet = "no declaration of ours"


class Item(scrapy.Item):
    url = scrapy.Field()
    title = scrapy.Field()
    text = scrapy.Field()


@dataclasses.dataclass
class Data:
    url: str
    headline: str
    body: list[str]


@attrs.define
class Attrs:
    url: str
    headline: str
    body: str


class Model(pydantic.BaseModel):
    url: pydantic.HttpUrl
    headline: str
    body: str


class Kind(str, Enum):  # noqa: UP042 (whose members print as "Kind.NEWS")
    NEWS = "news"


class Crawl:
    """The steps up to the store, in a crawl of a spider that is not ours."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.crawler = get_crawler(OwnSpider, dict(settings))
        self.crawler.spider = OwnSpider()
        self.steps = [step.from_crawler(self.crawler) for step in STEPS]

    def item(self, item: object) -> Any:
        for step in self.steps:
            item = step.process_item(item)
        return item

    def counted(self) -> dict[str, int]:
        stats = self.crawler.stats.get_stats()
        return {name: n for name, n in stats.items() if name.startswith("khabar/")}


NewCrawl = Callable[..., Crawl]


@pytest.fixture
def crawl() -> NewCrawl:
    return lambda **settings: Crawl(settings)


def article_item(**fields: object) -> dict[str, object]:
    return {"url": URL, "headline": HEADLINE, "body": BODY, **fields}


def test_the_steps_here_are_those_of_the_settings() -> None:
    paths = [f"{step.__module__}.{step.__name__}" for step in STEPS]
    assert sorted(ITEM_PIPELINES, key=ITEM_PIPELINES.__getitem__)[: len(paths)] == paths


@pytest.mark.parametrize(
    "item",
    [
        article_item(),
        {"url": URL, "title": HEADLINE, "text": BODY},
        {"url": [URL], "title": [HEADLINE], "text": [BODY]},  # as Scrapy's loaders make them
        Item(url=URL, title=HEADLINE, text=BODY),
        Data(URL, HEADLINE, [BODY]),
        Attrs(URL, HEADLINE, BODY),
        Model(url=URL, headline=HEADLINE, body=BODY),  # type: ignore[arg-type]
        Article(url=URL, headline=HEADLINE, body=BODY),
    ],
    ids=lambda item: type(item).__name__,
)
def test_an_item_of_each_kind_becomes_an_article(crawl: NewCrawl, item: object) -> None:
    article = crawl().item(item)
    assert isinstance(article, Article)
    assert (article.url, article.headline, article.body) == (URL, HEADLINE, BODY)
    assert (article.outlet, article.language, article.canonical_url) == ("own", "ar", URL)
    assert article.content_hash
    assert article.fetched_at is not None


@pytest.mark.parametrize(
    "item",
    [
        {"price": 3},
        {"url": URL, "price": 3},
        {"url": URL, "title": "كرسي", "price": 3},
        {"headline": HEADLINE, "body": BODY},
        {1: 2, "url": URL},
    ],
)
def test_an_item_of_another_shape_passes_untouched_and_is_counted(
    crawl: NewCrawl, item: dict[Any, Any]
) -> None:
    built = crawl()
    before = dict(item)
    assert built.item(item) is item
    assert item == before
    assert built.counted() == {"khabar/other_items": 1}


@pytest.mark.parametrize(
    ("published", "instant", "precision", "zone"),
    [
        ("2024-05-06 10:15", "2024-05-06T05:15", "minute", "Asia/Karachi"),
        ("الاثنين 6 مايو 2024 - 10:15", "2024-05-06T05:15", "minute", "Asia/Karachi"),
        ("2024-05-06T10:15:00+03:00", "2024-05-06T07:15", "second", "+03:00"),
        (date(2024, 5, 6), "2024-05-05T19:00", "day", "Asia/Karachi"),
        (datetime(2024, 5, 6, 10, 15), "2024-05-06T05:15", "second", "Asia/Karachi"),
        (
            datetime(2024, 5, 6, 10, 15, tzinfo=ZoneInfo("Asia/Amman")),
            "2024-05-06T07:15",
            "second",
            "Asia/Amman",
        ),
        (
            datetime(2024, 5, 6, 10, 15, tzinfo=timezone(timedelta(hours=3))),
            "2024-05-06T07:15",
            "second",
            "+03:00",
        ),
        (1714979700, "2024-05-06T07:15", "second", "Asia/Karachi"),
    ],
)
def test_dates_are_read_as_they_come(
    crawl: NewCrawl, published: object, instant: str, precision: str, zone: str
) -> None:
    built = crawl(ARTICLE_ZONE="Asia/Karachi")
    article = built.item(article_item(published=published))
    assert article.published == datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert article.published_precision == precision
    assert article.zone == zone
    assert built.counted() == {}


def test_the_items_zone_comes_before_the_settings(crawl: NewCrawl) -> None:
    item = article_item(published="2024-05-06 10:15", zone="Asia/Amman")
    article = crawl(ARTICLE_ZONE="Asia/Karachi").item(item)
    assert article.published == datetime(2024, 5, 6, 7, 15, tzinfo=UTC)


class Broken:
    """A value that cannot be printed."""

    def __str__(self) -> str:
        raise RuntimeError("not printable")


@pytest.mark.parametrize(
    ("published", "raw"),
    [
        ("العدد 14352", "العدد 14352"),
        ("2024-05-06 10:15", "2024-05-06 10:15"),  # in no zone
        (datetime(2024, 5, 6, 10, 15), "2024-05-06 10:15:00"),
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=5))), "0001-01-01 00:00:00+05:00"),
        (True, "True"),
        ({"day": 6}, "{'day': 6}"),
        pytest.param(10**5000, "int", id="a number of 5,000 digits"),
        (Broken(), "Broken"),
    ],
)
def test_a_date_that_cannot_be_read_is_kept_raw_and_counted(
    crawl: NewCrawl, published: object, raw: str
) -> None:
    built = crawl()
    article = built.item(article_item(published=published, modified=published))
    assert (article.published, article.published_raw) == (None, raw)
    assert (article.modified, article.modified_raw) == (None, raw)
    assert built.counted() == {
        "khabar/doubt/unreadable_date": 1,
        "khabar/doubt/unreadable_modified": 1,
        "khabar/gap/date": 1,
    }


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "/market",
        "market",
        5,
        b"https://news.example/",
        "ftp://news.example/",
        "http://[",
        "https://news.example/\ud800",
        "https://:80/",
        {"a": 1},
        [URL, URL],
        Broken(),
    ],
    ids=lambda url: ascii(type(url).__name__),
)
def test_an_item_without_a_web_address_is_dropped_by_its_cause(
    crawl: NewCrawl, url: object
) -> None:
    built = crawl()
    with pytest.raises(DropItem):
        built.item(article_item(url=url))
    assert built.counted() == {"khabar/dropped/item_url": 1}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("headline", 5),
        ("headline", ["a", "b"]),
        ("body", {"a": 1}),
        ("body", ["a", 5]),
        ("description", b"bytes"),
        ("authors", [{"name": "a"}]),
        ("tags", 5),
        ("genre", "poem"),
        ("language", "Arabic"),
        ("zone", "Mars/Olympus"),
        ("sources", [5]),
        ("image", b"x"),
        ("image", 5),
        ("fetched_at", datetime(2024, 5, 6)),
        ("outlet", Broken()),
    ],
)
def test_a_value_of_a_wrong_type_is_left_out_and_counted(
    crawl: NewCrawl, field: str, value: object
) -> None:
    built = crawl()
    article = built.item(article_item(published="2024-05-06T10:15Z", **{field: value}))
    right = crawl().item(article_item(published="2024-05-06T10:15Z"))
    missing = {"headline": None, "body": None}.get(field, getattr(right, field))
    if field != "fetched_at":
        assert getattr(article, field) == missing
    assert article.fetched_at.tzinfo is UTC
    gap = {f"khabar/gap/{field}": 1} if field in ("headline", "body") else {}
    assert built.counted() == {"khabar/doubt/item_field": 1, **gap}


def test_an_item_with_nothing_to_read_is_dropped_as_empty(crawl: NewCrawl) -> None:
    built = crawl()
    with pytest.raises(DropItem):
        built.item(article_item(headline=" \u200b", body=[]))
    assert built.counted() == {"khabar/dropped/empty": 1}


def test_texts_are_made_safe_to_store(crawl: NewCrawl) -> None:
    article = crawl().item(
        article_item(
            url=f" {URL}#top ",
            headline="خبر\u202e\x00 عا\ud800جل",
            body=["فقرة أولى في\x00 الخبر وفيها كلام", "", "وفقرة ثانية فيه وفيها كلام"],
            authors="أحمد\nعلي",
            tags=["سمك", "سمك", " "],
            genre=Kind.NEWS,
            language="ar-JO",
            image="/fish.jpg",
        )
    )
    assert (article.url, article.headline) == (URL, "خبر عاجل")
    assert article.body == "فقرة أولى في الخبر وفيها كلام\n\nوفقرة ثانية فيه وفيها كلام"
    assert (article.authors, article.tags) == (("أحمد علي",), ("سمك",))
    assert (article.genre, type(article.genre), article.language) == ("news", str, "ar")
    assert article.image == "https://news.example/fish.jpg"


@pytest.mark.parametrize(
    ("source", "known", "role"),
    [
        ("رويترز", "reuters", "agency"),
        ("Reuters", "reuters", "agency"),
        (["المصدر: رويترز"], "reuters", "agency"),
        ("bbc", "bbc", "publisher"),
    ],
)
def test_a_source_is_read_by_the_gazetteer(
    crawl: NewCrawl, source: object, known: str, role: str
) -> None:
    built = crawl()
    article = built.item(article_item(source=source, outlet="bbc_ar"))
    assert [(each.source.id, each.role) for each in article.sources] == [(known, role)]
    assert built.counted().get("khabar/credited") == (1 if role == "agency" else None)


def test_a_source_that_nobody_knows_is_counted_by_name(crawl: NewCrawl) -> None:
    built = crawl()
    article = built.item(article_item(source="صحيفة الوادي الأخضر"))
    assert [(each.source.name, each.source.kind) for each in article.sources] == [
        ("صحيفة الوادي الأخضر", "unknown")
    ]
    assert built.counted()["khabar/unknown_source/صحيفة الوادي الأخضر"] == 1


def test_what_an_item_says_of_its_origin_stays_beside_what_its_text_says(crawl: NewCrawl) -> None:
    reuters = resolve("reuters")
    assert reuters is not None
    article = crawl().item(
        article_item(
            body=BODY,
            dateline="عمان - بترا:",
            reporter="ليلى حداد",
            sources=[Attribution(reuters, "agency")],
        )
    )
    assert (article.place, article.reporter, article.body) == ("عمان", "ليلى حداد", BODY)
    assert [each.source.id for each in article.sources] == ["reuters", "petra"]


def test_the_setting_names_other_fields_and_takes_names_away(crawl: NewCrawl) -> None:
    settings = {"ARTICLE_FIELDS": {"link": "url", "lead": "headline", "source": None}}
    article = crawl(**settings).item({"link": URL, "lead": HEADLINE, "source": "Reuters"})
    assert (article.url, article.headline, article.sources) == (URL, HEADLINE, ())


def test_a_field_that_is_empty_under_one_name_is_read_under_another(crawl: NewCrawl) -> None:
    assert crawl().item(article_item(headline="", title=HEADLINE)).headline == HEADLINE
    assert crawl().item(article_item(title="اسم آخر")).headline == HEADLINE


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"ARTICLE_FIELDS": {"lead": "headlin"}}, "ARTICLE_FIELDS: 'lead': 'headlin' is none of"),
        ({"ARTICLE_ZONE": "Karachi"}, "ARTICLE_ZONE: 'Karachi' is no zone"),
    ],
)
def test_a_wrong_setting_is_told(crawl: NewCrawl, settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ItemSettingError, match=message):
        crawl(**settings)

"""JSON-LD, OpenGraph and microdata as sites really print them."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from crawler.extraction import extract_article
from crawler.items import Article

Page = Callable[..., str]
URL = "https://www.waha.example/news/2024/bridge-1"
NODE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "وزير النقل يفتتح جسر الواحة الجديد بعد ثلاث سنوات",
    "datePublished": "2024-03-09T09:15:00Z",
    "dateModified": "2024-03-09T10:00:00Z",
    "articleSection": "محليات",
    "keywords": ["جسر", "الواحة"],
    "image": {"@type": "ImageObject", "url": "/i/bridge.jpg"},
    "description": "ملخص الخبر",
    "author": {"@type": "Person", "name": "سامر النجار"},
}
TEXT = json.dumps(NODE, ensure_ascii=False)


@pytest.fixture
def read(page: Page, story: tuple[str, ...]) -> Callable[..., Article]:
    def build(head: str, url: str = URL, before: str = "") -> Article:
        return extract_article(
            page(before + "".join(f"<p>{text}</p>" for text in story), head=head), url
        )

    return build


def script(*blocks: str) -> str:
    return "".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)


ORGANISATION = '{"@type":"Organization","name":"صحيفة الواحة"}'
PRINTED = {
    "plain": script(TEXT),
    "list": script(f"[{ORGANISATION},{TEXT}]"),
    "graph": script(f'{{"@graph":[{ORGANISATION},{TEXT}]}}'),
    "main entity": script(f'{{"@type":"WebPage","mainEntity":{TEXT}}}'),
    "several blocks": script(
        ORGANISATION, '{"@type":"WebSite"}', TEXT, '{"@type":"BreadcrumbList"}'
    ),
    "after a broken block": script('{"@type": "WebSite", "name": }', "not JSON at all", "", TEXT),
    "CDATA": script(f"<![CDATA[{TEXT}]]>"),
    "commented CDATA": script(f"//<![CDATA[\n{TEXT}\n//]]>"),
    "comment": script(f"<!-- {TEXT} -->"),
    "semicolon": script(f"{TEXT};"),
    "trailing commas": script(TEXT.replace("]", ",]").replace("}", ",}")),
    "raw line breaks": script(TEXT.replace("ملخص", "ملخص\n\t")),
    "type as list": script(TEXT.replace('"NewsArticle"', '["NewsArticle","CreativeWork"]')),
    "type as address": script(TEXT.replace('"NewsArticle"', '"http://schema.org/NewsArticle"')),
    "subtype": script(TEXT.replace("NewsArticle", "ReportageNewsArticle")),
    "other articles beside it": script(TEXT.replace("وزير", "غير").replace("09:15", "01:01"), TEXT),
    "single quotes around the type": script(TEXT).replace(
        '"application/ld+json"', "'application/ld+json; charset=utf-8'"
    ),
}


@pytest.mark.parametrize("form", PRINTED)
def test_the_article_node_is_found_by_its_type(form: str, read: Callable[..., Article]) -> None:
    article = read(PRINTED[form])
    assert article.published == datetime(2024, 3, 9, 9, 15, tzinfo=UTC)
    assert article.modified == datetime(2024, 3, 9, 10, 0, tzinfo=UTC)
    assert (article.section, article.tags) == ("محليات", ("جسر", "الواحة"))
    assert article.image == "https://www.waha.example/i/bridge.jpg"
    assert (article.description or "").split() == ["ملخص", "الخبر"]
    assert article.authors == ("سامر النجار",)


def test_values_named_by_id_are_looked_up(read: Callable[..., Article]) -> None:
    graph = [
        {
            "@type": "NewsArticle",
            "author": {"@id": "#a"},
            "image": {"@id": "#i"},
            "isPartOf": {"@id": "#w"},
        },
        {"@type": "Person", "@id": "#a", "name": "هدى سالم"},
        {"@type": "ImageObject", "@id": "#i", "url": "https://cdn.example/i.jpg"},
        {"@type": "WebPage", "@id": "#w", "datePublished": "2024-03-09T09:15:00Z"},
    ]
    article = read(script(json.dumps({"@graph": graph})))
    assert (article.authors, article.image) == (("هدى سالم",), "https://cdn.example/i.jpg")
    assert article.published == datetime(2024, 3, 9, 9, 15, tzinfo=UTC)


def test_the_section_of_a_breadcrumb(read: Callable[..., Article]) -> None:
    steps = [{"name": "الرئيسية"}, {"item": {"name": "محليات"}}, {"name": "الخبر"}]
    assert (
        read(script(json.dumps({"@type": "BreadcrumbList", "itemListElement": steps}))).section
        == "محليات"
    )
    trail = "<div class='breadcrumb'><a href='/'>الرئيسية</a> / <a href='/l'>محليات</a></div>"
    assert read("", before=trail).section == "محليات"


@pytest.mark.parametrize("attribute", ["property", "name"])
def test_open_graph_under_either_attribute(attribute: str, read: Callable[..., Article]) -> None:
    values = {
        "og:description": "ملخص الخبر",
        "og:image": "//cdn.example/i.jpg",
        "article:section": "محليات",
        "article:published_time": "2024-03-09T09:15:00Z",
    }
    head = "".join(
        f'<meta {attribute}="{name}" content="{value}">' for name, value in values.items()
    )
    head += "".join(
        f'<meta {attribute}="article:tag" content="{tag}">' for tag in ("جسر", "الواحة")
    )
    article = read(head)
    assert (article.description, article.image) == ("ملخص الخبر", "https://cdn.example/i.jpg")
    assert (article.section, article.tags) == ("محليات", ("جسر", "الواحة"))
    assert article.published == datetime(2024, 3, 9, 9, 15, tzinfo=UTC)


def test_microdata_of_the_article_and_not_of_others(
    page: Page, story: tuple[str, ...], headline: str
) -> None:
    stamp = "<meta itemprop='datePublished' content='2020-01-01T00:00:00Z'>"
    other = f"<div itemscope itemtype='http://schema.org/Product'>{stamp}</div>"
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    html = page(
        "<div itemscope itemtype='http://schema.org/NewsArticle'>"
        f"{other}<meta itemprop='datePublished' content='2024-03-09T09:15:00Z'>"
        "<span itemprop='author' itemscope itemtype='http://schema.org/Person'>"
        "<b itemprop='name'>هدى سالم</b></span><a itemprop='articleSection' href='/l'>محليات</a>"
        f"<div itemprop='articleBody'>{text}</div></div>"
    )
    article = extract_article(html, URL)
    assert article.published == datetime(2024, 3, 9, 9, 15, tzinfo=UTC)
    assert (article.authors, article.section) == (("هدى سالم",), "محليات")


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        ('<link rel="canonical" href="/news/2024/bridge-1">', URL),
        (
            '<base href="https://www.waha.example/"><link rel="canonical" href="n/1">',
            "https://www.waha.example/n/1",
        ),
        ('<base href="/ar/"><link rel="canonical" href="n/1">', "https://www.waha.example/ar/n/1"),
        ('<link rel="canonical" href="https://m.waha.example/n/1">', "https://m.waha.example/n/1"),
        ('<meta property="og:url" content="https://waha.example/n/1">', "https://waha.example/n/1"),
        ('<link rel="canonical" href="https://elsewhere.example.org/n/1">', None),
        ('<link rel="canonical" href="https://www.waha.example/">', None),
        (
            '<link rel="canonical" href="javascript:void(0)"><link rel="canonical" href="http://[">',
            None,
        ),
        ("", None),
    ],
)
def test_the_canonical_address_is_the_pages_own(
    head: str, canonical: str | None, read: Callable[..., Article]
) -> None:
    assert read(head).canonical_url == canonical


def test_addresses_in_an_archives_copy_are_given_back(read: Callable[..., Article]) -> None:
    archive = "https://web.archive.org/web/20220929002532/"
    address = f'<meta property="og:url" content="{archive}{URL}">'
    image = f'<meta property="og:image" content="{archive[:-1]}im_/https://cdn.example/i.jpg">'
    article = read(address + image, archive + URL)
    assert (article.canonical_url, article.image) == (URL, "https://cdn.example/i.jpg")


def test_keywords_are_tags_when_the_story_speaks_of_them(
    read: Callable[..., Article], headline: str
) -> None:
    assert read(
        '<meta name="keywords" content="رئيس البلدية، راديو الواحة، أخبار الواحة">'
    ).tags == ("رئيس البلدية",)
    assert read(f'<meta name="keywords" content="{",".join(headline.split())}">').tags == ()

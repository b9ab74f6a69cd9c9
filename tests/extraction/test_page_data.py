"""The fields of a JSON document that a layout declares (`Layout.data`) are believed; what it lacks,
or all of it where it is missing or broken, is read from the page as usual."""

import html
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from crawler.causes import Cause
from crawler.discovery.kinds import Feed
from crawler.extraction import Extraction, examine
from crawler.items import Authors
from crawler.outlet import Layout, Outlet, OutletError

Page = Callable[..., str]
URL = "https://www.waha.example/news/1166069-bridge"
NOON = datetime(2024, 3, 9, 12, tzinfo=UTC)
LAYOUT = Layout(
    data="script#story",
    headline=("article.title",),
    lead=("article.summary",),
    body=("article.body",),
    published=("article.date",),
    modified=("article.revised",),
    authors=("article.writers",),
    credit=("article.credit",),
    section=("article.section",),
    tags=("article.tags",),
    image=("article.image",),
    remove=("aside.more", "//*[starts-with(name(), 'sna-')]"),
)


def outlet(*layouts: Layout) -> Outlet:
    return Outlet(
        name="waha",
        title="Al Waha",
        native="صحيفة الواحة",
        language="ar",
        country="AE",
        zone="Asia/Dubai",
        hosts=("www.waha.example",),
        articles=r"https://www\.waha\.example/news/.+",
        discovery=(Feed(url="https://www.waha.example/rss"),),
        publisher="petra",
        as_of=2026,
        confidence="low",
        layouts=layouts,
    )


def script(article: dict[str, Any]) -> str:
    return f'<script id="story">{json.dumps({"article": article})}</script>'


@pytest.fixture
def shell() -> Callable[[str], str]:
    """Return a function that builds the page of an application that prints nothing itself."""
    return lambda content: (
        f"<!doctype html><html><head><title>صحيفة الواحة</title></head><body>{content}"
        "<app-root></app-root></body></html>"
    )


def read(page: str, layout: Layout = LAYOUT) -> Extraction:
    return examine(page, URL, outlet=outlet(layout), now=NOON)


def test_every_field_is_read_from_the_document(
    shell: Page, story: tuple[str, ...], headline: str
) -> None:
    first, *others = story
    body = (
        f"<p>{first}</p><iframe src='//x'></iframe><sna-embed>اقرأ أيضا</sna-embed>"
        "<figure><img src=1><figcaption>جانب من الافتتاح</figcaption></figure>"
        "<aside class='more'><p>خبر آخر من أخبار المدينة لا صلة له بما سبق من كلام.</p></aside>"
        + "".join(f"<p>{text}</p>" for text in others)
    )
    article = {
        "title": headline,
        "summary": "الوزير: الجسر يخفف الازدحام",
        "body": body,
        "date": "2024-03-09T06:55:13Z",
        "revised": 1709970913000,
        "writers": [{"name": "هدى سالم", "id": 4}, {"name": "سامر النجار"}],
        "credit": "أبوظبي - وكالات",
        "section": {"name": "اقتصاد"},
        "tags": ["جسور", {"title": "نقل"}],
        "image": {"url": "/i/1.jpg"},
    }
    extraction = read(shell(script(article)))
    read_article = extraction.article
    assert (extraction.verdict, extraction.warnings) == ("article", ())
    assert extraction.disagreements == ()
    assert read_article.headline == headline
    assert read_article.body == "\n\n".join(["الوزير: الجسر يخفف الازدحام", *story])
    assert read_article.published == datetime(2024, 3, 9, 6, 55, 13, tzinfo=UTC)
    assert read_article.modified == datetime(2024, 3, 9, 7, 55, 13, tzinfo=UTC)
    assert read_article.authors == ("هدى سالم", "سامر النجار")
    assert isinstance(read_article.authors, Authors)
    assert "أبوظبي - وكالات" in read_article.authors.bylines
    assert (read_article.section, read_article.tags) == ("اقتصاد", ("جسور", "نقل"))
    assert read_article.image == "https://www.waha.example/i/1.jpg"
    assert read_article.language == "ar"


def forms(article: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Return the forms in which pages keep a document, with the selector of each, by name."""
    text = json.dumps({"article": article}, ensure_ascii=False)
    angular = text.replace("&", "&a;").replace('"', "&q;").replace("<", "&l;").replace(">", "&g;")
    return {
        "script": (f"<script id='s' type='application/json'>{text}</script>", "script#s"),
        "text of a script": (f"<script id='s'>{text}</script>", "script#s::text"),
        "attribute": (f'<div data-init="{html.escape(text)}"></div>', "div::attr(data-init)"),
        "XPath": (
            f"<script>window.__STATE__={text};f()</script>",
            "//script[contains(., 'STATE')]",
        ),
        "parsed": (f"<script id='s'>let a = JSON.parse({json.dumps(text)})</script>", "script#s"),
        "string of JSON": (f"<script id='s'>{json.dumps(text)}</script>", "script#s"),
        "Angular": (f"<script id='s'>{angular}</script>", "script#s"),
        "escaped": (f"<script id='s'>{html.escape(text)}</script>", "script#s"),
        "second of two": (
            f"<i class=d data-x='[1'></i><i class=d data-x='{text}'></i>",
            "i.d::attr(data-x)",
        ),
        "one of several": (
            f"<script>[1]</script><script>{{}}</script><script>{text}</script>",
            "script",
        ),
        "CDATA": (f"<script id='s'>//<![CDATA[\n{text};\n//]]></script>", "script#s"),
        "hidden element": (f"<textarea class=d>{html.escape(text)}</textarea>", "textarea.d"),
    }


@pytest.mark.parametrize("form", forms({}))
def test_the_document_is_read_whatever_it_is_wrapped_in(
    shell: Page, story: tuple[str, ...], headline: str, form: str
) -> None:
    article = {"title": headline, "body": "".join(f"<p>{text}</p>" for text in story)}
    content, selector = forms(article)[form]
    extraction = read(shell(content), replace(LAYOUT, data=selector))
    assert extraction.warnings == ()
    assert extraction.article.headline == headline
    assert extraction.article.body == "\n\n".join(story)


BODIES: dict[str, Callable[[tuple[str, ...]], object]] = {
    "HTML": lambda story: "".join(f"<p>{text}</p>" for text in story),
    "HTML of line breaks": lambda story: "<br><br>".join(story),
    "escaped HTML": lambda story: html.escape("".join(f"<p>{text}</p>" for text in story)),
    "broken HTML": lambda story: "</div><p>" + "<p>".join(story) + "</span></p></div>",
    "text of lines": lambda story: "\n".join(story),
    "text of lines with bold words": lambda story: "\n\n".join(
        f"<b>{t[:9]}</b>{t[9:]}" for t in story
    ),
    "list of texts": list,
    "list of HTML": lambda story: [f"<p>{text}</p>" for text in story],
    "list of objects": lambda story: [
        {"type": "image", "text": "صورة من الافتتاح"},
        *({"type": "text", "text": text} for text in story),
    ],
    "blocks with a video": lambda story: [
        *({"blockType": "text", "value": f"<p>{text}</p>"} for text in story),
        {"blockType": "youtube", "value": "https://tube.example/x"},
    ],
    "paragraphs of pieces": lambda story: {
        "type": "doc",
        "content": [
            {
                "type": "paragraph",
                "content": [{"type": "text", "text": text[:9]}, {"text": text[9:]}],
            }
            for text in story
        ],
    },
}


@pytest.mark.parametrize("form", BODIES)
def test_the_story_is_read_in_every_form(
    shell: Page, story: tuple[str, ...], headline: str, form: str
) -> None:
    extraction = read(shell(script({"title": headline, "body": BODIES[form](story)})))
    assert extraction.article.body == "\n\n".join(story)


@pytest.mark.parametrize(
    ("value", "hour"),
    [
        ("2024-03-09T06:55:13Z", 6),
        ("٢٠٢٤-٠٣-٠٩T١٠:٥٥:١٣+0400", 6),
        ("2024-03-09 10:55", 6),
        (1709967313, 6),
        ("1709967313", 6),
        (1709967313.75, 6),
        (1709967313000, 6),
    ],
)
def test_dates_are_read_as_any_date_is(
    shell: Page, story: tuple[str, ...], headline: str, value: object, hour: int
) -> None:
    page = shell(script({"title": headline, "body": [*story], "date": value}))
    published = read(page).article.published
    assert published is not None
    assert published.replace(second=0) == datetime(2024, 3, 9, hour, 55, tzinfo=UTC)


@pytest.mark.parametrize("value", [0, True, None, "", {}, [], float("nan"), 1e400, -5, "قريبا"])
def test_a_date_that_is_none_is_not_guessed(
    shell: Page, story: tuple[str, ...], headline: str, value: object
) -> None:
    page = shell(script({"title": headline, "body": [*story], "date": value}))
    article = read(page).article
    assert article.published is None
    assert article.published_raw == {-5: "-5", "قريبا": "قريبا"}.get(
        value if isinstance(value, int | str) else ""
    )


def test_a_false_zone_and_worthless_dates_are_declared_as_usual(
    page: Page, story: tuple[str, ...], headline: str
) -> None:
    stamp = '<meta property="article:published_time" content="2024-03-08T01:00:00Z">'
    data = {"title": headline, "body": [*story], "date": "2024-03-09T10:55:00Z"}
    html_page = page(script(data), head=stamp)
    assert read(html_page).article.published == datetime(2024, 3, 9, 10, 55, tzinfo=UTC)
    local = read(html_page, replace(LAYOUT, machine_dates="local"))
    assert local.article.published == datetime(2024, 3, 9, 6, 55, tzinfo=UTC)
    undated = page(script(data | {"date": None}), head=stamp)
    assert read(undated).article.published == datetime(2024, 3, 8, 1, tzinfo=UTC)
    assert read(undated, replace(LAYOUT, machine_dates="none")).article.published is None


def test_paths_are_tried_in_order(shell: Page, story: tuple[str, ...], headline: str) -> None:
    article = {"title": "", "name": headline, "body": {}, "text": [*story], "writers": {"id": 3}}
    article["writer"] = "هدى سالم"
    layout = Layout(
        data="script#story",
        headline=("article.title", "article.name"),
        body=("article.body", "article.text"),
        authors=("join(', ', article.writers)", "article.writers", "article.writer"),
    )
    read_article = read(shell(script(article)), layout).article
    assert read_article.headline == headline
    assert read_article.body == "\n\n".join(story)
    assert read_article.authors == ("هدى سالم",)


def test_what_the_document_lacks_is_read_from_the_page(
    page: Page, story: tuple[str, ...], headline: str
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    content = f"<span class='date'>9 آذار 2024 - 10:30</span><div class='text'>{text}</div>"
    image = {"image": "https://cdn.example/{width}/{height}/1.jpg"}
    og = '<meta property="og:image" content="https://cdn.example/og.jpg">'
    extraction = read(page(content + script(image | {"section": "اقتصاد"}), head=og))
    assert extraction.article.headline == headline
    assert extraction.article.body == "\n\n".join(story)
    assert extraction.article.published == datetime(2024, 3, 9, 6, 30, tzinfo=UTC)
    assert extraction.article.section == "اقتصاد"
    assert extraction.article.image == "https://cdn.example/og.jpg"
    assert extraction.warnings == ()
    assert set(extraction.disagreements) == {"headline", "body", "published"}


def test_dates_and_bylines_printed_around_the_headline_stay_the_storys(
    page: Page, story: tuple[str, ...], headline: str
) -> None:
    content = (
        "<div class='byline'>هدى سالم - عمان</div><span class='date'>9 آذار 2024 - 10:30</span>"
        f"<div class='text'><p>{story[0]}</p></div>"
    )
    article = read(page(content + script({"title": headline, "body": [*story]}))).article
    assert article.body == "\n\n".join(story)
    assert article.published == datetime(2024, 3, 9, 6, 30, tzinfo=UTC)
    assert article.authors == ("هدى سالم",)


def test_a_document_with_an_excerpt_of_the_printed_story_does_not_cut_it(
    page: Page, story: tuple[str, ...], headline: str
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    excerpt = {"title": headline, "body": story[0][:60]}
    extraction = read(page(f"<div>{text}</div>{script(excerpt)}"))
    assert extraction.article.body == "\n\n".join(story)
    assert "body" in extraction.disagreements
    other = {"title": headline, "body": "عاجل: الوزير يعلن فتح الجسر أمام حركة السير من اليوم."}
    assert read(page(f"<div>{text}</div>{script(other)}")).article.body == other["body"]


BROKEN = {
    "absent": "",
    "empty": "<script id='story'> </script>",
    "cut": '<script id=\'story\'>{"article": {"title": "x</script>',
    "no object": "<script id='story'>12</script>",
    "null": "<script id='story'>null</script>",
    "function": "<script id='story'>window.x = function() {}</script>",
    "deep": f"<script id='story'>{'[' * 200_000}</script>",
    "large": f'<script id=\'story\'>{{"article": "{"x" * 1_000_000}"}}</script>',
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_document_that_is_missing_or_broken_is_told_and_the_page_is_read(
    page: Page, story: tuple[str, ...], headline: str, broken: str
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    extraction = read(page(f"<div>{text}</div>{broken}"))
    assert (extraction.verdict, extraction.warnings) == ("article", (Cause.UNREADABLE_DATA,))
    assert extraction.article.headline == headline
    assert extraction.article.body == "\n\n".join(story)
    assert extraction.disagreements == ()


def test_a_shell_without_its_document_is_no_article(shell: Page) -> None:
    assert read(shell("")).verdict == "empty"


def test_a_front_page_with_a_story_in_its_document_is_no_article(
    shell: Page, story: tuple[str, ...], headline: str
) -> None:
    page = shell(script({"title": headline, "body": [*story]}))
    home = examine(page, "https://www.waha.example/", outlet=outlet(LAYOUT), now=NOON)
    assert home.verdict != "article"


def test_endless_and_hostile_values_are_bounded(shell: Page, headline: str) -> None:
    nested: object = "نص"
    for _ in range(400):
        nested = [nested]
    many_attributes = "<p " + " ".join(f"a{n}=1" for n in range(5000)) + ">نص</p>"
    for body in (nested, many_attributes, ["فقرة"] * 50_000, "<div>" * 50_000 + "نص"):
        page = shell(script({"title": headline, "body": body, "tags": ["وسم"] * 100_000}))
        extraction = read(page)
        assert len(extraction.article.body or "") < 250_000


def test_the_layout_of_several_is_chosen_by_its_day_or_by_what_it_finds(
    page: Page, story: tuple[str, ...], headline: str
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    new = Layout(data="script#story", authors=("article.writers",))
    old = Layout(until=date(2020, 1, 1), authors=("i.old",))
    printed = page(f"<i class='old'>سامر النجار</i><div>{text}</div>")
    declared = outlet(new, old)
    assert examine(printed, URL, outlet=declared).article.authors == ("سامر النجار",)
    data = page(f"<div>{text}</div>{script({'writers': ['هدى سالم']})}")
    assert examine(data, URL, outlet=declared).article.authors == ("هدى سالم",)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"data": "div["}, "data: 'div\\[' is no selector"),
        ({"headline": ("article.",)}, "headline: 'article.' is not a JMESPath"),
        ({"body": ("article.body", "titel(@)")}, r"body: .* there is no function titel\(\)"),
        ({"remove": ("aside[",)}, "remove: 'aside\\[' is no selector"),
        ({"published": "article.date"}, "published: 'article.date' is not a tuple"),
    ],
)
def test_what_is_wrong_with_a_layout_is_said_when_it_is_made(
    wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(OutletError, match=f"Layout: {said}"):
        replace(LAYOUT, **wrong)

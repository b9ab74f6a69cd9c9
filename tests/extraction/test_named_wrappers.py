"""Names of elements around the whole story say nothing of the story's date, tags and section; and
<time datetime> is read where the story's date is printed."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from crawler.extraction import extract_article

Page = Callable[..., str]
Paragraphs = Callable[[tuple[str, ...]], str]
URL = "https://www.waha.example/news/bridge-1"
DATE = "<div class='meta'><span class='x-date'>9 مارس 2024 - 08:30</span></div>"
WRAPPERS = ("menu-open", "has-sidebar left-sidebar", "related-off tag-bridges", "share comments-2")


@pytest.mark.parametrize("names", WRAPPERS)
@pytest.mark.parametrize("tag", ["div", "article", "section"])
def test_a_date_in_a_wrapper_of_any_name_is_read(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], headline: str, names: str, tag: str
) -> None:
    content = f"<h1>{headline}</h1>{DATE}<div>{paragraphs(story)}</div>"
    html = page(f"<{tag} class='{names}' id='content'>{content}</{tag}>", h1=None)
    article = extract_article(html, URL, zone="UTC")
    assert article.published == datetime(2024, 3, 9, 8, 30, tzinfo=UTC)
    assert article.headline == headline


@pytest.mark.parametrize("names", ["menu-options", "tag-x navigation", "ltr sidebar-right"])
def test_the_names_of_the_page_are_not_those_of_its_parts(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], headline: str, names: str
) -> None:
    content = f"<h4>{headline}</h4>{DATE}<div>{paragraphs(story)}</div>"
    html = page(content, h1=None).replace("<body>", f"<body class='{names}'>")
    article = extract_article(html, URL, zone="UTC")
    assert article.published == datetime(2024, 3, 9, 8, 30, tzinfo=UTC)
    assert (article.headline, article.tags) == (headline, ())


def test_the_date_of_a_related_story_is_still_none(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...]
) -> None:
    related = f"<div class='related-story'>{DATE}<a href='/x'>خبر آخر</a></div>"
    assert extract_article(page(related + paragraphs(story)), URL, zone="UTC").published is None


def test_only_named_lists_of_a_tagged_post_are_tags_and_its_section_is_read(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], headline: str
) -> None:
    content = (
        "<article class='post-7 hentry tag-roads tag-news related-posts-on'>"
        f"<a href='/category/city'>مدن</a><h1>{headline}</h1><div>{paragraphs(story)}</div>"
        "<ul class='tag-list'><li><a href='/t/roads'>طرق</a></li></ul>"
        "<p><a href='/story/8'>خبر آخر لا صلة له</a></p></article>"
    )
    article = extract_article(page(content, h1=None), URL)
    assert (article.tags, article.section) == (("طرق",), "مدن")


def test_each_link_in_a_line_of_tags_is_a_tag(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...]
) -> None:
    tags = "<a href='/t/1'>#طرق</a> <a href='/t/2'>مدن</a> <a href='/t/1'>#طرق</a>"
    html = page(f"{paragraphs(story)}<div class='story-tags'>الوسوم: {tags}</div>")
    assert extract_article(html, URL).tags == ("طرق", "مدن")


def test_a_label_longer_than_the_tags_is_no_tag(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...]
) -> None:
    tags = "<span>الكلمات المفتاحية</span> <a href='/t/2'>مدن</a>"
    html = page(f"{paragraphs(story)}<div class='story-tags'>{tags}</div>")
    assert extract_article(html, URL).tags == ("مدن",)


STAMP = "2024-03-09T08:30:00+02:00"
TIMES = {
    "its text is a day": f"<time datetime='{STAMP}'>9/3/2024</time>",
    "its text is relative": f"<p>نشر <time datetime='{STAMP}'>منذ ساعتين</time></p>",
    "it is empty": f"<div><time datetime='{STAMP}'></time></div>",
    "with an update": (
        f"<time class='published' datetime='{STAMP}'>السبت</time>"
        "<time class='updated' datetime='2024-03-10T10:00:00+02:00'>الأحد</time>"
    ),
    "with a labelled update before it": (
        "<p>آخر تحديث: <time datetime='2024-03-10T10:00:00+02:00'>الأحد</time></p>"
        f"<p>نشر: <time datetime='{STAMP}'>السبت</time></p>"
    ),
}


@pytest.mark.parametrize("times", TIMES.values(), ids=TIMES)
def test_a_time_element_between_headline_and_story_is_read(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], times: str
) -> None:
    article = extract_article(page(times + f"<div>{paragraphs(story)}</div>"), URL)
    assert article.published == datetime(2024, 3, 9, 6, 30, tzinfo=UTC)
    assert article.published_raw == STAMP
    if "الأحد" in times:
        assert article.modified == datetime(2024, 3, 10, 8, 0, tzinfo=UTC)


FOREIGN_TIMES = {
    "of the page's header": "<header><time datetime='2024-03-11T00:00:00Z'>اليوم</time></header>",
    "of another story": "<p><a href='/x'>خبر <time datetime='2024-03-01T00:00Z'>أمس</time></a></p>",
    "in a related part": (
        "<div class='related'><time datetime='2024-03-01T00:00:00Z'>1</time></div>"
    ),
    "without a date": "<time datetime='PT5M'>5 دقائق</time>",
}


@pytest.mark.parametrize("time", FOREIGN_TIMES.values(), ids=FOREIGN_TIMES)
def test_another_time_element_is_no_date_of_the_story(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...], time: str
) -> None:
    html = page(f"<div>{paragraphs(story)}</div>")
    html = html.replace("<main>", f"{time}<main>")
    assert extract_article(html, URL, zone="UTC").published is None


def test_the_false_offset_of_a_time_element_is_told_by_its_text(
    page: Page, paragraphs: Paragraphs, story: tuple[str, ...]
) -> None:
    time = "<time datetime='2024-03-09T08:30:00Z'>9 مارس 2024 08:30</time>"
    article = extract_article(page(time + paragraphs(story)), URL, zone="Africa/Cairo")
    assert article.published == datetime(2024, 3, 9, 6, 30, tzinfo=UTC)

"""An article that goes on on further pages is told, and the next or another article is none."""

from collections.abc import Callable

import pytest

from crawler.causes import Cause
from crawler.extraction import examine

Page = Callable[..., str]
URL = "https://www.waha.example/story/12"
FURTHER = {
    "link in the head": (URL, "", "<link rel=next href=/story/12?page=2>"),
    "pager of numbers": (URL, "<p><b>1</b> <a href='/story/12?page=2'>2</a></p>", ""),
    "Arabic numbers": (URL, "<div><a href='?p=2'>٢</a><a href='?p=3'>٣</a></div>", ""),
    "WordPress": (URL + "/", "<div><a href='/story/12/2/'>2</a></div>", ""),
    "page in the path": (URL, "<a href='https://waha.example/story/12/page/2'>التالي</a>", ""),
    "rel in the story": (URL, "<a rel='nofollow next' href='/story/12/2'>اقرأ الباقي</a>", ""),
    "before the extension": (
        "https://www.waha.example/a/bridge.html",
        "<a href='/a/bridge_2.html'>اگلا صفحہ</a>",
        "",
    ),
    "an article told by its query": (
        "https://www.waha.example/read.php?id=12",
        "<a href='read.php?id=12&page=2'>2</a>",
        "",
    ),
}
OTHER = {
    "the next article": (URL, "", "<link rel=next href=/story/13>"),
    "the next article by a query": (
        "https://www.waha.example/read.php?id=12",
        "<a rel=next href='read.php?id=13'>التالي</a>",
        "",
    ),
    "a longer address": (URL, "<a href='/story/12/2024-in-pictures'>التالي</a>", ""),
    "an article of a like address": (URL, "<p><a href='/story/12-2'>جسر آخر</a></p>", ""),
    "comments": (URL, "<a href='/story/12/comment-page-2#comments'>2</a>", ""),
    "the first page": (URL, "<a href='/story/12?page=1'>1</a>", ""),
    "another site": (URL, "<a href='https://x.example/story/12?page=2'>2</a>", ""),
    "the section's pager": (URL, "<a href='/story?page=2'>2</a>", ""),
}


@pytest.mark.parametrize(("url", "pager", "head"), FURTHER.values(), ids=FURTHER)
def test_an_article_of_several_pages_is_told(
    page: Page, story: tuple[str, ...], url: str, pager: str, head: str
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    extraction = examine(page(f"<article>{text}{pager}</article>", head=head), url)
    assert extraction.warnings == (Cause.FURTHER_PAGES,)
    assert extraction.article.body == "\n\n".join(story)


@pytest.mark.parametrize("name", ["a%00b", "%ED%A0%80", "\udcff", "خبر%20جديد", "'\"", ""])
def test_any_address_can_be_asked_for(page: Page, story: tuple[str, ...], name: str) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    html = page(f"<div>{text}<a href='/n/{name}?page=1'>1</a></div>")
    assert examine(html, f"https://www.waha.example/n/{name}").warnings == ()


@pytest.mark.parametrize(("url", "pager", "head"), OTHER.values(), ids=OTHER)
def test_a_link_to_another_page_is_no_further_page(
    page: Page, story: tuple[str, ...], url: str, pager: str, head: str
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    extraction = examine(page(f"<article>{text}{pager}</article>", head=head), url)
    assert extraction.warnings == ()

"""Where the page prints no text or only its first paragraph, the text that it keeps as JSON under
its headline is the story; a state that is no JSON is told, and no other story's text is taken."""

import html
import json
from collections.abc import Callable

import pytest

from crawler.causes import Cause
from crawler.extraction import Extraction, examine

Page = Callable[..., str]
URL = "https://www.waha.example/news/bridge-1"
OG = '<meta property="og:type" content="article">'
Read = Callable[..., Extraction]


@pytest.fixture
def read(page: Page) -> Read:
    return lambda content, **options: examine(page(content, head=OG, **options), URL)


def scripts(headline: str, story: tuple[str, ...]) -> dict[str, str]:
    """Return the forms in which sites keep a story, by name."""
    markup = "".join(f"<p>{text}</p>" for text in story)
    blocks = [{"type": "text", "content": text} for text in story]
    picture = {"type": "image", "caption": "صورة", "content": "جانب من الافتتاح"}
    node = {"id": 1, "title": headline, "body": markup}
    other = {"id": 2, "title": "خبر آخر من أخبار المدينة", "body": "<p>نص الخبر الآخر</p>" * 50}
    state = {"props": {"pageProps": {"latest": [other], "article": node}}}
    nuxt = [{"title": 1, "content": 2}, headline, markup, {"title": 4, "content": 5}, "آخر", "نص"]
    dumped = json.dumps(state)
    return {
        "next": f'<script id="__NEXT_DATA__" type="application/json">{dumped}</script>',
        "application/json": (
            '<script type="application/json">'
            f"{json.dumps([{'headline': headline, 'blocks': [picture, *blocks]}])}</script>"
        ),
        "wordpress": (
            "<script type='application/json'>"
            f"{json.dumps({'title': {'rendered': headline}, 'content': {'rendered': markup}})}"
            "</script>"
        ),
        "nuxt list": (
            f'<script type="application/json" id="__NUXT_DATA__">{json.dumps(nuxt)}</script>'
        ),
        "nuxt": f"<script>window.__NUXT__={dumped};(function(){{}})()</script>",
        "initial state": f"<script>window.__INITIAL_STATE__ = {dumped};</script>",
        "parsed": (f"<script>window.initialState = JSON.parse({json.dumps(dumped)})</script>"),
        "attribute": f'<div id="app" data-page="{html.escape(dumped)}"></div>',
        "lines": (
            '<script type="application/json">'
            f"{json.dumps({'name': headline, 'text': chr(10).join(story)})}</script>"
        ),
    }


FORMS = list(scripts("", ()))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("printed", [0, 1])
def test_the_text_in_embedded_json_is_the_story(
    read: Read, headline: str, story: tuple[str, ...], form: str, printed: int
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story[:printed])
    extraction = read(f"<div>{text}</div>{scripts(headline, story)[form]}")
    assert extraction.verdict == "article"
    assert extraction.article.body == "\n\n".join(story)
    assert extraction.warnings == ()


@pytest.mark.parametrize("form", FORMS)
def test_a_printed_story_stands(
    read: Read, headline: str, story: tuple[str, ...], form: str
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story[:3])
    extraction = read(f"<div>{text}</div>{scripts(headline, story)[form]}")
    assert extraction.article.body == "\n\n".join(story[:3])
    assert extraction.warnings == ()


@pytest.mark.parametrize("form", FORMS)
def test_the_text_of_another_story_is_not_taken(
    read: Read, story: tuple[str, ...], form: str
) -> None:
    other = scripts("عنوان آخر لا يشبه عنوان هذه الصفحة", story)[form]
    extraction = read(f"<div><p>{story[0]}</p></div>{other}")
    assert extraction.article.body == story[0]


STATES = {
    "function": "window.__NUXT__=(function(a,b){return {a:b}}(1,2));",
    "object of a script": "window.__INITIAL_STATE__ = {title: 'x', body: load()};",
    "stream": 'self.__next_f.push([1,"x"])',
}


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_a_state_that_is_no_json_is_told(read: Read, story: tuple[str, ...], state: str) -> None:
    script = f"<script>{state}</script>"
    extraction = read(f"<div><p>{story[0]}</p></div>{script}")
    assert extraction.warnings == (Cause.UNREADABLE_STATE, Cause.FIRST_PARAGRAPH_ONLY)
    whole = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    assert read(f"<div>{whole}</div>{script}").warnings == ()


def test_one_paragraph_that_is_cut_is_told(read: Read, story: tuple[str, ...]) -> None:
    cut = f"{story[0]} {story[1][:60]}..."
    assert read(f"<div><p>{cut}</p></div>").warnings == (Cause.FIRST_PARAGRAPH_ONLY,)
    assert read(f"<div><p>{story[0]}</p></div>").warnings == ()


def test_deep_and_broken_json_is_passed_over(read: Read, story: tuple[str, ...]) -> None:
    deep = f"<script type='application/json'>{'[' * 100_000}</script>"
    broken = '<script type="application/json">{"title": </script>'
    for script in (deep, broken):
        assert read(f"<p>{story[0]}</p>{script}").article.body == story[0]


def test_a_home_page_with_stories_in_json_is_no_article(
    page: Page, headline: str, story: tuple[str, ...]
) -> None:
    script = scripts(headline, story)["next"]
    assert examine(page(script), "https://www.waha.example/").verdict == "listing"

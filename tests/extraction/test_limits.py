"""Whatever is thrown at it ends in an Article, in bounded time and memory."""

import pickle
import random
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extraction import Extraction, examine, extract_article
from crawler.items import Article

Page = Callable[..., str]
URL = "https://www.waha.example/news/2024/bridge-1"
SECONDS = 8.0
"""Far over what the worst of these pages takes (about 2 s), far under what a quadratic step
would."""

MEGABYTES_20 = 20_000_000
ABSURD = {
    "nested divs": "<div>" * 50_000 + "نص",
    "nested divs around a story": "<p>نص الخبر هنا في هذه الصفحة الغريبة.</p>"
    + "<div class='comments'>" * 50_000,
    "unclosed inline tags": "<b><i><a href='#x'><span>نص " * 20_000,
    "nested headings": "<h1>عنوان " * 20_000,
    "20 MB of paragraphs": "<p>جملة قصيرة من كلام لا معنى له في هذه الصفحة.</p>"
    * (MEGABYTES_20 // 90),
    "20 MB in one paragraph": "<p>" + "كلام لا معنى له " * (MEGABYTES_20 // 28),
    "20 MB of letters": "<p>" + "م" * (MEGABYTES_20 // 2),
    "20 MB of tags": "<a></a>" * (MEGABYTES_20 // 7),
    "20 MB of broken lines": "<p>" + "سطر<br>" * (MEGABYTES_20 // 10),
    "many linked lists": "<ul><li><a href='/x'>عنوان خبر من أخبار المدينة</a>" * 20_000,
    "many properties": "<div itemprop='author'>" * 20_000,
    "a title without end": "<title>" + "كلمة - " * 500_000,
    "JSON-LD without end": "<script type='application/ld+json'>" + '{"a":' * 200_000,
    "JSON-LD of semicolons": "<script type='application/ld+json'>"
    + ";" * 900_000
    + "</script><p>x",
    "a class without end": f"<div class='{'share-' * 500_000}'>نص</div>",
    "many dates": "<h1>عنوان</h1>" + "<span class='date'>9 مارس 2024</span>" * 50_000,
    "many skip links": "<a href='#end'>skip</a><p id='end'>نص</p>" * 20_000,
}


@pytest.mark.parametrize("name", ABSURD)
def test_absurd_pages_end_in_time(name: str) -> None:
    data = ABSURD[name].encode()
    started = time.process_time()
    assert isinstance(extract_article(b"<html><body>" + data, URL), Article)
    assert time.process_time() - started < SECONDS


def test_memory_is_bounded_by_the_part_of_a_page_that_is_read() -> None:
    script = (
        "import resource, sys; from crawler.extraction import extract_article; before = "
        f"resource.getrusage(0).ru_maxrss;extract_article(sys.stdin.buffer.read(), {URL!r}); "
        "print(resource.getrusage(0).ru_maxrss - before)"
    )
    data = ABSURD["20 MB of paragraphs"].encode()
    done = subprocess.run(
        [sys.executable, "-c", script], input=data, capture_output=True, check=True, timeout=60
    )
    assert int(done.stdout) * 1024 < 20 * MEGABYTES_20


def test_a_page_cut_anywhere(page: Page, story: tuple[str, ...]) -> None:
    head = (
        '<script type="application/ld+json">'
        '{"@type":"NewsArticle","datePublished":"2024-03-09"}</script>'
    )
    data = page("".join(f"<p>{text}</p>" for text in story), head=head).encode()
    for at in range(0, len(data), 7):
        article = extract_article(data[:at], URL)
        assert article.body is None or article.body[:20] == story[0][:20]


def test_a_page_with_random_damage(page: Page, story: tuple[str, ...]) -> None:
    data = page("".join(f"<p>{text}</p>" for text in story)).encode()
    chance = random.Random(7)
    for _ in range(200):
        damaged = bytearray(data)
        for _ in range(20):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        assert isinstance(examine(bytes(damaged), URL), Extraction)


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400)))
def test_any_bytes_or_text(data: bytes | str) -> None:
    for html in (data, b"<p>" + data if isinstance(data, bytes) else "<p>" + data):
        article = extract_article(html, URL)
        assert article.url == URL
        (article.body or "").encode()


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div>",
                "</div>",
                "<table>",
                "<td>",
                "<br>",
                "<h1>",
                "</h1>",
                "<a href='#'>",
                "</a>",
                "<article>",
                "<time>",
                "<script>",
                "</script>",
                "<!--",
                "-->",
                "<meta name='date' content='2024-03-09'>",
                "قال الوزير إن الجسر الجديد سيفتح غدا. ",
                "9 مارس 2024",
            ]
        ),
        max_size=60,
    )
)
def test_any_soup_of_tags(parts: list[str]) -> None:
    assert isinstance(extract_article("".join(parts), URL), Article)


@pytest.mark.parametrize(
    "url", ["", "x", "http://[", "mailto:a@b", "https://xn--/a", "https://مثال.إختبار/خبر"]
)
def test_any_address(url: str, page: Page, story: tuple[str, ...]) -> None:
    head = '<link rel="canonical" href="/a"><meta property="og:image" content="i.jpg">'
    assert (
        extract_article(page("".join(f"<p>{t}</p>" for t in story), head=head), url).body
        is not None
    )


def test_results_can_be_sent_to_another_process(page: Page, story: tuple[str, ...]) -> None:
    extraction = examine(page("".join(f"<p>{text}</p>" for text in story)), URL)
    assert pickle.loads(pickle.dumps(extraction)) == extraction


def test_lone_surrogates_and_controls_do_not_reach_the_article(
    page: Page, story: tuple[str, ...]
) -> None:
    dirty = "\ud800\x00\x0b\u200b".join(story[0].split(" "))
    article = extract_article(
        page(f"<p>{dirty}</p><p>{story[1]}</p><p>&#x202b;{story[2]}&#0;</p>"), URL
    )
    text = (article.body or "").encode().decode()
    assert not set(text) & {"\x00", "\x0b", "\u200b", "\u202b"}
    assert story[2] in text


def test_a_tag_with_too_many_attributes_is_refused_by_name_and_a_story_in_one_is_read() -> None:
    attributes = " ".join(f"a{number}='1'" for number in range(120_000))
    started = time.process_time()
    assert examine(f"<html><body><p {attributes}>نص</p>", URL).verdict == "too_many_attributes"
    assert time.process_time() - started < SECONDS / 4
    long_value = f"<p data-story='{'قال الوزير إن الجسر. ' * 20_000}'>نص</p>"
    assert examine(f"<html><body>{long_value}", URL).verdict != "too_many_attributes"

"""Who wrote it, from bylines, first lines and last lines; the names are invented."""

from collections.abc import Callable

import pytest

from crawler.extraction import extract_article
from crawler.items import Article

Page = Callable[..., str]
URL = "https://www.waha.example/news/2024/bridge-1"


@pytest.fixture
def read(page: Page, story: tuple[str, ...]) -> Callable[..., Article]:
    def build(*, before: str = "", first: str = "", last: str = "", head: str = "") -> Article:
        text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
        return extract_article(
            page(f"{before}<div class='text'>{first}{text}{last}</div>", head=head), URL
        )

    return build


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("كتب سامر النجار", ("سامر النجار",)),
        ("كتبت: هدى سالم", ("هدى سالم",)),
        ("بقلم: سامر النجار", ("سامر النجار",)),
        ("سامر النجار - عمان", ("سامر النجار",)),
        ("عمان - سامر النجار", ("سامر النجار",)),
        ("سامر النجار وهدى سالم", ("سامر النجار", "هدى سالم")),
        ("سامر النجار، هدى سالم", ("سامر النجار", "هدى سالم")),
        ("سامر وائل النجار", ("سامر وائل النجار",)),
        ("By Samer Najjar", ("Samer Najjar",)),
        ("رپورٹ: احمد رضا", ("احمد رضا",)),
        ("ویب ڈیسک", ("ویب ڈیسک",)),
        ("وكالات", ("وكالات",)),
        ("(عمان - رويترز)", ("رويترز",)),
        ("صحيفة الواحة", ()),
    ],
)
def test_byline_elements(
    printed: str, names: tuple[str, ...], read: Callable[..., Article]
) -> None:
    site = '<meta property="og:site_name" content="صحيفة الواحة">'
    assert read(before=f"<div class='author'>{printed}</div>", head=site).authors == names


@pytest.mark.parametrize(
    "first",
    ["كتب سامر النجار", "<b>حوار: سامر النجار</b>", "كتب - سامر النجار:", "تحریر: سامر النجار"],
)
def test_a_first_line_that_is_a_byline_leaves_the_body(
    first: str, read: Callable[..., Article], story: tuple[str, ...]
) -> None:
    article = read(first=f"<p>{first}</p>")
    assert (article.authors, article.body) == (("سامر النجار",), "\n\n".join(story))


@pytest.mark.parametrize(
    "last", ["سامر النجار", "<strong>*سامر النجار.. صحافي متدرب</strong>", "<b>سامر النجار</b>"]
)
def test_a_last_line_that_is_a_name_leaves_the_body(
    last: str, read: Callable[..., Article], story: tuple[str, ...]
) -> None:
    article = read(last=f"<p>{last}</p>")
    assert (article.authors, article.body) == (("سامر النجار",), "\n\n".join(story))


@pytest.mark.parametrize(
    "last", ["المصدر: وكالات", "(أ ف ب)", "انتهى", "وهذا كل ما قيل.", "*رويترز"]
)
def test_last_lines_that_are_no_name_stay(
    last: str, read: Callable[..., Article], story: tuple[str, ...]
) -> None:
    article = read(last=f"<p>{last}</p>")
    assert (article.authors, article.body) == ((), "\n\n".join([*story, last]))


@pytest.mark.parametrize(
    "first",
    ["كتب الوزير على صفحته أن الجسر سيفتح قريبا.", "تقرير جديد يكشف كلفة الجسر", "حوار مع البلدية"],
)
def test_first_lines_that_only_open_like_a_byline_stay(
    first: str, read: Callable[..., Article]
) -> None:
    article = read(first=f"<p>{first}</p>")
    assert article.authors == ()
    assert (article.body or "").startswith(first)


def test_structured_authors_are_people_and_not_the_site(read: Callable[..., Article]) -> None:
    def author(value: str) -> str:
        publisher = '{"@type":"Organization","name":"صحيفة الواحة"}'
        node = f'{{"@type":"NewsArticle","publisher":{publisher},"author":{value}}}'
        return f'<script type="application/ld+json">{node}</script>'

    assert read(head=author('{"@type":"Person","name":"سامر النجار"}')).authors == ("سامر النجار",)
    assert read(head=author('["سامر النجار",{"name":"هدى سالم"}]')).authors == (
        "سامر النجار",
        "هدى سالم",
    )
    assert read(head=author('{"@type":"Organization","name":"صحيفة الواحة"}')).authors == ()
    assert read(head=author('{"@type":"Organization","name":"رويترز"}')).authors == ("رويترز",)
    assert (
        read(
            head='<meta property="article:author" content="https://www.facebook.com/waha">'
        ).authors
        == ()
    )

"""The headline is what the page prints above the story, confirmed by what the page says of
itself."""

from collections.abc import Callable

import pytest

from crawler.extraction import extract_article
from crawler.spiders.ar.spa import SpaSpider

Page = Callable[..., str]
URL = "https://www.waha.example/news/2024/bridge-1"


@pytest.fixture
def read(page: Page, story: tuple[str, ...]) -> Callable[..., str | None]:
    def build(before: str = "", after: str = "", **settings: str | None) -> str | None:
        text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
        return extract_article(page(f"{before}<div>{text}</div>{after}", **settings), URL).headline

    return build


def og(title: str) -> str:
    return f'<meta property="og:title" content="{title}">'


def test_the_h1_is_printed_truest(read: Callable[..., str | None]) -> None:
    shown = 'الوزير: الجسر "هدية" للمدينة'
    assert (
        read(
            h1=shown,
            head=og("الوزير: الجسر هدية للمدينة"),
            title="الوزير الجسر هدية للمدينة | الواحة",
        )
        == shown
    )


def test_a_reworded_title_for_search_engines_does_not_replace_it(
    read: Callable[..., str | None],
) -> None:
    head = og("جسر الواحة: وزير النقل يفتتح الجسر بعد ثلاث سنوات")
    assert read(head=head) == "وزير النقل يفتتح جسر الواحة الجديد بعد ثلاث سنوات"


@pytest.mark.parametrize("place", ["before", "after"])
@pytest.mark.parametrize("other", ["<h1>صحيفة الواحة</h1>", "<h1><a href='/s'>سياسة</a></h1>"])
def test_other_h1s_are_not_it(
    place: str, other: str, read: Callable[..., str | None], headline: str
) -> None:
    assert read(**{place: other}) == headline
    assert read(before=f"{other}<h1>{headline}</h1>", h1=None) == headline


def test_a_headline_in_another_element_is_found_by_the_title(
    read: Callable[..., str | None], headline: str
) -> None:
    assert read(before=f"<h2>{headline}!</h2>", h1=None, head=og(headline)) == f"{headline}!"
    assert read(before=f"<div class='news-title'>{headline}</div>", h1="الواحة") == headline


@pytest.mark.parametrize(
    "suffix",
    [
        " - صحيفة الواحة",
        " | صحيفة الواحة",
        " — صحيفة الواحة",
        " :: صحيفة الواحة",
        " « صحيفة الواحة",
    ],
)
def test_the_sites_name_is_taken_off_a_title(
    suffix: str, read: Callable[..., str | None], headline: str
) -> None:
    name = '<meta property="og:site_name" content="صحيفة الواحة">'
    assert read(h1=None, head=name, title=headline + suffix) == headline


@pytest.mark.parametrize(
    ("site", "suffix"),
    [
        ("الواحة", "وكالة الواحة الإخبارية"),
        ("صحيفة الواحة", "الواحة نيوز"),
        ("صحيفة الواحة", "بوابة الواحة الإلكترونية"),
        ("ایکسپریس نیوز", "ایکسپریس اردو"),
        ("اردو نیوز", "اردو نیوز"),
    ],
)
def test_a_name_of_the_site_with_its_kind_is_taken_off(
    site: str, suffix: str, read: Callable[..., str | None], headline: str
) -> None:
    name = f'<meta property="og:site_name" content="{site}">'
    assert read(h1=None, head=name, title=f"{headline} | {suffix}") == headline


@pytest.mark.parametrize("form", ["{} | وكالة الأنباء السعودية", "وكالة الأنباء السعودية | {}"])
def test_each_name_that_the_gazetteer_has_of_the_outlet_is_taken_off(
    form: str, page: Page, story: tuple[str, ...], headline: str
) -> None:
    text = page("".join(f"<p>{each}</p>" for each in story), title=form.format(headline), h1=None)
    assert extract_article(text, URL, outlet=SpaSpider.outlet).headline == headline
    assert extract_article(text, URL).headline == form.format(headline)


@pytest.mark.parametrize("ending", ["وكالة", "موقع", "الواحة الخضراء"])
def test_other_words_behind_a_bar_stay(
    ending: str, read: Callable[..., str | None], headline: str
) -> None:
    name = '<meta property="og:site_name" content="صحيفة الواحة">'
    title = f"{headline} | {ending}"
    assert read(h1=None, head=name, title=title) == title


def test_a_dash_inside_the_headline_stays(read: Callable[..., str | None]) -> None:
    headline = "الواحة - الميناء: الطريق مفتوح أمام السيارات"
    name = '<meta property="og:site_name" content="صحيفة الواحة">'
    assert read(h1=None, head=name, title=f"{headline} - صحيفة الواحة") == headline


@pytest.mark.parametrize(
    "escaped", ["&amp;quot;هدية&amp;quot;", "&amp;#34;هدية&amp;#34;", "&quot;هدية&quot;"]
)
def test_entities_escaped_twice_are_undone(escaped: str, read: Callable[..., str | None]) -> None:
    assert read(h1=f"الوزير: الجسر {escaped} للمدينة", title="x") == 'الوزير: الجسر "هدية" للمدينة'
    assert read(h1=None, title=f"الوزير: الجسر {escaped} للمدينة") == 'الوزير: الجسر "هدية" للمدينة'


def test_entities_escaped_twice_in_structured_data(read: Callable[..., str | None]) -> None:
    node = '{"@type":"NewsArticle","headline":"الوزير: الجسر &amp;quot;هدية&amp;quot; للمدينة"}'
    head = f'<script type="application/ld+json">{node}</script>'
    assert read(h1=None, title="", head=head) == 'الوزير: الجسر "هدية" للمدينة'


def test_direction_marks_and_line_breaks_are_not_part_of_it(
    read: Callable[..., str | None], headline: str
) -> None:
    first, rest = headline.split(" ", 1)
    assert read(h1=f"\u202b\n  {first}\n {rest}\u202c ") == headline


def test_a_kicker_in_the_h1_is_left_out(read: Callable[..., str | None], headline: str) -> None:
    assert read(h1=f"<span>مشاريع</span> {headline}", head=og(headline), title=headline) == headline


def test_without_any_title_there_is_no_headline(read: Callable[..., str | None]) -> None:
    assert read(h1=None, title="") is None

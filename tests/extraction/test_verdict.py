"""A page that is no article says what it is, and gives neither headline nor body."""

from collections.abc import Callable

import pytest

from crawler.extraction import examine

Page = Callable[..., str]
URL = "https://www.waha.example/news/2024/bridge-1"


def teaser(n: int) -> str:
    return (
        f"<div class='item'><a href='/story/{n}'><img src='{n}.jpg'></a><h3><a href='/story/{n}'>"
        f"خبر من أخبار المدينة رقم {n} عن مشروع جديد</a></h3><p>"
        f"قالت البلدية إن المشروع رقم {n} سيبدأ الشهر المقبل وينتهي في آخر السنة، وإن كلفته "
        "معروفة.</p></div>"
    )


ERROR_PAGE = (
    "<h1>404 - الصفحة غير موجودة</h1><p>عذرا، الصفحة التي تبحث عنها نقلت أو حذفت من الموقع.</p>"
)
WALL = (
    "<p>افتتح الوزير الجسر الجديد في المدينة.</p><div>هذا المحتوى للمشتركين فقط، اشترك لقراءة "
    "الخبر كاملا</div>"
)
PERSIAN = (
    "<p>وزیر راه و شهرسازی اعلام کرد که پل جدید یک ماه دیگر برای مردم باز می شود و این کار از "
    "امروز آغاز شده است.</p>"
    + "<p>به گفته او هزینه این طرح را شهرداری پرداخت کرده است و مردم از آن استفاده خواهند کرد.</p>"
    + "<p>این پل دو سوی رودخانه را به هم می رساند و راه بندر را برای رانندگان کوتاه می کند.</p>"
)

PAGES = {
    "listing of teasers": ("listing", "".join(teaser(n) for n in range(12)), ""),
    "listing of links": (
        "listing",
        "".join(
            f"<li><a href='/s/{n}'>خبر من أخبار المدينة رقم {n} عن مشروع</a></li>"
            for n in range(30)
        ),
        "",
    ),
    "declared listing": (
        "listing",
        "".join(teaser(n) for n in range(4)),
        '<script type="application/ld+json">{"@type":"CollectionPage"}</script>',
    ),
    "gallery": (
        "gallery",
        "".join(
            f"<figure><img src={n}.jpg><figcaption>صورة رقم {n} من حفل الافتتاح أمس</figcaption>"
            "</figure>"
            for n in range(8)
        ),
        "",
    ),
    "video": (
        "video",
        "<div class='player'></div><p>مدة المقطع</p>",
        '<meta property="og:type" content="video.other">',
    ),
    "error page": ("error_page", ERROR_PAGE, ""),
    "paywall": ("paywall", WALL, ""),
    "Persian": ("language", PERSIAN, ""),
    "English": (
        "language",
        "".join(
            f"<p>The minister opened bridge number {n} this morning after three years.</p>"
            for n in range(5)
        ),
        "",
    ),
    "empty template": (
        "listing",
        "<div class='article-body'></div>",
        '<meta property="og:type" content="article">',
    ),
    "links with a line of text": (
        "listing",
        "<p>أهم ما نشرته الصحيفة هذا الأسبوع عن المدينة وأهلها، وكل خبر منها في صفحة.</p>"
        + "".join(
            f"<p><a href='/s/{n}'>خبر من أخبار المدينة رقم {n} عن مشروع</a></p>" for n in range(20)
        ),
        '<meta property="og:type" content="article">',
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_that_are_no_article(name: str, page: Page) -> None:
    verdict, content, head = PAGES[name]
    titled = {"h1": None, "title": "الواحة"} if verdict == "error_page" else {}
    extraction = examine(page(content, head=head, **titled), URL)
    assert extraction.verdict == verdict
    assert (extraction.article.headline, extraction.article.body) == (None, None)
    assert extraction.article.url == URL


def test_a_caller_says_which_languages_count(page: Page) -> None:
    html = page(PAGES["English"][1], title="The bridge", h1="The bridge opens again")
    assert examine(html, URL, languages=None).verdict == "article"
    assert examine(html, URL, languages=("ar",)).verdict == "language"


def test_a_template_that_was_never_filled_is_empty() -> None:
    assert (
        examine("<html><title>الواحة</title><div class='article-body'></div></html>", URL).verdict
        == "empty"
    )


def test_a_dated_headline_without_a_text_is_a_flash_with_a_gap(page: Page, headline: str) -> None:
    head = (
        '<meta property="og:type" content="article">'
        '<meta property="article:published_time" content="2024-03-09T09:15:00Z">'
    )
    extraction = examine(page("", head=head), URL)
    assert (extraction.verdict, extraction.article.headline, extraction.article.body) == (
        "article",
        headline,
        None,
    )


@pytest.mark.parametrize("path", ["/", "", "/index.html", "/ar/", "/home-page"])
def test_a_front_page_is_a_listing_even_when_it_calls_itself_an_article(
    path: str, page: Page, story: tuple[str, ...]
) -> None:
    html = page(
        "".join(f"<p>{t}</p>" for t in story), head='<meta property="og:type" content="article">'
    )
    assert examine(html, f"https://www.waha.example{path}").verdict == "listing"


@pytest.mark.parametrize(
    "text",
    ["", "   \n ", "<html></html>", "<html><head><title>x</title></head><body></body></html>"],
)
def test_an_empty_page(text: str) -> None:
    assert examine(text, URL).verdict == "empty"
    assert examine(text.encode(), URL).verdict == "empty"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>",
        b'{"title": "x", "body": "<p>y</p>"}',
        b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>',
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        "نص بلا أي وسم".encode(),
        bytes(range(256)) * 50,
    ],
)
def test_what_is_not_html(data: bytes) -> None:
    extraction = examine(data, URL)
    assert extraction.verdict == "not_html"
    assert (extraction.article.headline, extraction.article.body) == (None, None)


def test_words_of_an_error_in_a_true_headline_do_no_harm(
    page: Page, story: tuple[str, ...]
) -> None:
    html = page(
        "".join(f"<p>{t}</p>" for t in story),
        h1="وفاة 404 أشخاص في حوادث سير",
        title="وفاة 404 أشخاص في حوادث سير",
    )
    assert examine(html, URL).verdict == "article"


def test_a_notice_of_cookies_does_not_make_a_wall(page: Page, story: tuple[str, ...]) -> None:
    notice = "<div class='cookie-bar'><p>نستخدم ملفات تعريف الارتباط لتحسين الموقع.</p></div>"
    assert examine(page(notice + "".join(f"<p>{t}</p>" for t in story)), URL).verdict == "article"

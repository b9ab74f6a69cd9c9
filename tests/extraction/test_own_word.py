"""A page that says itself that it is no article is none, whatever prose it prints; an article that
says so by mistake is read all the same."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from crawler.extraction import examine

Page = Callable[..., str]
URL = "https://www.waha.example/من-نحن"
NOW = datetime(2026, 3, 1, tzinfo=UTC)

ABOUT = (
    "<p>صحيفة الواحة صحيفة يومية مستقلة تصدر في مدينة الواحة منذ عشرين عاما، وتعنى بأخبار المدينة "
    "وأهلها وبما يجري في البلاد من حولها.</p><p>يعمل في الصحيفة ثلاثون صحفيا وصحفية، ولها مراسلون "
    "في المدن المجاورة، وتطبع في مطابعها الخاصة كل ليلة.</p><p>تلتزم الصحيفة بميثاق شرف المهنة، "
    "وتصحح ما تقع فيه من أخطاء في الصفحة الثانية من العدد التالي.</p>"
)
OTHERS = "".join(
    f"<div class='widget'><a href='/story/{n}'>خبر آخر من أخبار المدينة رقم {n}</a>"
    f"<span>{n} آذار 2024</span></div>"
    for n in range(1, 7)
)


def og(kind: str) -> str:
    return f'<meta property="og:type" content="{kind}">'


def ld(*types: str) -> str:
    nodes = ",".join(f'{{"@type":"{name}","name":"صحيفة الواحة"}}' for name in types)
    return f'<script type="application/ld+json">{{"@graph":[{nodes}]}}</script>'


def classes(names: str) -> tuple[str, str]:
    return "<body>", f'<body class="{names}">'


WORDS = {
    "og website": ("site_page", og("website")),
    "og object": ("site_page", og("object")),
    "og profile": ("listing", og("profile")),
    "AboutPage": ("site_page", ld("WebSite", "AboutPage") + og("article")),
    "ContactPage": ("site_page", ld("ContactPage")),
    "WebPage": ("site_page", ld("Organization", "WebPage")),
    "CollectionPage": ("listing", ld("CollectionPage") + og("article")),
    "ProfilePage": ("listing", ld("ProfilePage")),
    "SearchResultsPage": ("listing", ld("SearchResultsPage")),
}
CLASSES = {
    "page page-template-default page-id-12 wp-theme": "site_page",
    "rtl archive category category-sport category-7": "listing",
    "archive tag tag-jisr tag-31": "listing",
    "archive author author-huda author-4": "listing",
    "archive tax-governorate term-3": "listing",
    "archive date paged paged-2": "listing",
    "search search-results": "listing",
    "home blog rtl": "listing",
    "error404 rtl": "error_page",
    "attachment single single-attachment postid-9 attachmentid-9": "site_page",
    "home": "site_page",
    "category": "site_page",
    "page-template": "site_page",
}


@pytest.mark.parametrize(("verdict", "head"), WORDS.values(), ids=WORDS)
def test_a_page_of_the_site_says_so_in_its_head(page: Page, verdict: str, head: str) -> None:
    html = page(ABOUT + OTHERS, head=head, h1="من نحن", title="من نحن - صحيفة الواحة")
    extraction = examine(html, URL, now=NOW)
    assert (extraction.verdict, extraction.by_own_word) == (verdict, True)
    assert (extraction.article.headline, extraction.article.body) == (None, None)


@pytest.mark.parametrize(("names", "verdict"), CLASSES.items())
def test_wordpress_says_so_in_the_classes_of_the_body(page: Page, names: str, verdict: str) -> None:
    html = page(ABOUT + OTHERS, h1="من نحن", title="من نحن - صحيفة الواحة")
    extraction = examine(html.replace(*classes(names)), URL, now=NOW)
    assert extraction.verdict == verdict
    assert extraction.by_own_word is (verdict != "error_page")


@pytest.mark.parametrize(
    ("element", "verdict"),
    [
        ('<html itemscope itemtype="https://schema.org/AboutPage">', "site_page"),
        ('<html itemscope itemtype="http://schema.org/WebPage">', "site_page"),
        ('<html itemscope itemtype="https://schema.org/SearchResultsPage">', "listing"),
    ],
)
def test_microdata_of_the_whole_page_says_so(page: Page, element: str, verdict: str) -> None:
    html = page(ABOUT + OTHERS, h1="من نحن", title="من نحن - صحيفة الواحة")
    assert examine(html.replace("<html>", element), URL, now=NOW).verdict == verdict


def test_a_section_whose_teasers_are_articles_is_none(page: Page) -> None:
    teasers = "".join(
        f"<div itemscope itemtype='https://schema.org/NewsArticle'><h2 itemprop='headline'>"
        f"<a href='/s-{n}'>خبر من أخبار المدينة رقم {n}</a></h2><p>قالت البلدية إن المشروع رقم {n} "
        "سيبدأ في الشهر المقبل وينتهي في آخر السنة.</p></div>"
        for n in range(4)
    )
    nodes = "".join(
        f'<script type=\'application/ld+json\'>{{"@type":"NewsArticle","headline":"{n}"}}</script>'
        for n in range(4)
    )
    html = page(teasers, head=og("article") + nodes, h1="محليات", title="محليات - صحيفة الواحة")
    section = html.replace(*classes("archive category category-mahalliyat category-2"))
    extraction = examine(section, URL, now=NOW)
    assert (extraction.verdict, extraction.by_own_word) == ("listing", True)


def test_a_page_that_says_nothing_of_itself_is_judged_as_before(page: Page) -> None:
    html = page(ABOUT, h1="من نحن", title="من نحن - صحيفة الواحة")
    extraction = examine(html, URL, now=NOW)
    assert (extraction.verdict, extraction.by_own_word) == ("article", False)
    assert examine(html.replace("<html>", "<html itemtype='x'>"), URL).verdict == "article"


# What articles have and pages of the site lack.
MARKS = {
    "date in a meta element": (
        '<meta property="article:published_time" content="2024-03-09T09:15:00Z">',
        "",
    ),
    "date in the WebPage node": (
        ld("WebPage").replace('"name"', '"datePublished":"2024-03-09","name"'),
        "",
    ),
    "printed date": ("", "<span class='when'>9 آذار 2024</span>"),
    "time element": ("", "<time datetime='2024-03-09T09:15:00Z'>السبت</time>"),
    "byline": ("", "<div class='byline'>كتب: سامر النجار</div>"),
    "credit": ("", "<div class='meta'><span class='src'>عمان - بترا</span></div>"),
    "NewsArticle": (ld("NewsArticle", "WebPage"), ""),
    "microdata": (
        "",
        "<div itemscope itemtype='https://schema.org/NewsArticle'><meta itemprop='headline' "
        "content='x'></div>",
    ),
}


@pytest.mark.parametrize("word", ["og website", "og object", "WebPage"])
@pytest.mark.parametrize(("head", "content"), MARKS.values(), ids=MARKS)
def test_an_article_that_says_otherwise_by_mistake_is_read(
    page: Page, story: tuple[str, ...], head: str, content: str, word: str
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    html = page(content + f"<div>{text}</div>", head=head + WORDS[word][1])
    extraction = examine(html, "https://www.waha.example/جسر-الواحة", now=NOW)
    assert (extraction.verdict, extraction.by_own_word) == ("article", False)
    assert extraction.article.body == "\n\n".join(story)


@pytest.mark.parametrize("names", ["home", "category news", "archive"])
def test_an_article_in_a_template_with_careless_classes_is_read(
    page: Page, story: tuple[str, ...], names: str
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    html = page(f"<span class='when'>9 آذار 2024</span><div>{text}</div>")
    assert examine(html.replace(*classes(names)), URL, now=NOW).verdict == "article"


@pytest.mark.parametrize(
    ("names", "head"),
    [
        ("post-template-default single single-post postid-12", og("website")),
        ("single-post", ld("WebPage") + og("website")),
        ("page page-id-12", ld("WebPage", "NewsArticle")),
        ("archive category category-7", ld("CollectionPage", "NewsArticle")),
    ],
)
def test_the_word_for_an_article_counts_more(
    page: Page, story: tuple[str, ...], names: str, head: str
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    html = page(f"<div>{text}</div>", head=head).replace(*classes(names))
    assert examine(html, URL, now=NOW).verdict == "article"


def test_a_date_of_publication_and_a_byline_outweigh_the_template(
    page: Page, story: tuple[str, ...]
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    date, byline = MARKS["date in a meta element"][0], MARKS["byline"][1]
    for head, content, verdict in (
        (date, byline, "article"),
        (date, "", "site_page"),
        ("", byline, "site_page"),
    ):
        html = page(f"{content}<div>{text}</div>", head=head + og("article"))
        html = html.replace(*classes("page page-id-12 page-template-full"))
        assert examine(html, URL, now=NOW).verdict == verdict


def test_an_article_with_an_id_in_its_address_or_announced_with_a_date_is_read(
    page: Page, story: tuple[str, ...]
) -> None:
    html = page("".join(f"<p>{paragraph}</p>" for paragraph in story), head=og("website"))
    assert examine(html, URL, now=NOW).verdict == "site_page"
    for address in ("https://www.waha.example/a/123456", "https://www.waha.example/2024/3/9/جسر"):
        assert examine(html, address, now=NOW).verdict == "article"
    assert examine(html, "http://127.0.0.1:43127/جسر", now=NOW).verdict == "site_page"
    assert examine(html, URL, now=NOW, is_announced=True).verdict == "article"
    about = page(ABOUT, h1="من نحن").replace(*classes("page page-id-12"))
    assert examine(about, URL, now=NOW, is_announced=True).verdict == "site_page"


@pytest.mark.parametrize(
    ("path", "headline"),
    [
        ("about-us/", "من نحن"),
        ("عن-الصحيفة", "عن الصحيفة"),
        ("privacy-policy/", "سياسة الخصوصية في صحيفة الواحة"),
    ],
)
def test_a_page_about_the_site_is_none_though_a_feed_announces_it(
    page: Page, path: str, headline: str
) -> None:
    address = f"https://www.waha.example/{path}"
    html = page(ABOUT, head=og("website"), h1=headline, title=headline)
    assert examine(html, address, now=NOW, is_announced=True).verdict == "site_page"


def test_a_story_of_a_short_headline_is_read_if_its_address_is_one(
    page: Page, story: tuple[str, ...]
) -> None:
    html = page("".join(f"<p>{each}</p>" for each in story), head=og("website"), h1="جسر الواحة")
    address = "https://www.waha.example/new-bridge-opens-today"
    assert examine(html, address, now=NOW, is_announced=True).verdict == "article"


def test_a_story_with_a_dateline_is_read(page: Page, story: tuple[str, ...]) -> None:
    text = f"<p>القاهرة - رويترز: {story[0]}</p>" + "".join(f"<p>{t}</p>" for t in story[1:])
    assert (
        examine(page(f"<div>{text}</div>", head=og("website")), URL, now=NOW).verdict == "article"
    )


def test_the_day_of_a_policys_last_change_is_no_date_of_publication(page: Page) -> None:
    content = f"<div class='updated'>آخر تحديث: 3 آذار 2024</div>{ABOUT}"
    html = page(content, head=og("website"), h1="سياسة الخصوصية", title="سياسة الخصوصية")
    assert examine(html, URL, now=NOW).verdict == "site_page"


def test_a_page_of_another_language_says_what_it_is(page: Page) -> None:
    english = "".join(
        f"<p>We write about town number {n}, every day of the year.</p>" for n in range(6)
    )
    html = page(english, h1="About us", title="About us", head=og("website"))
    assert examine(html, URL, now=NOW).verdict == "site_page"

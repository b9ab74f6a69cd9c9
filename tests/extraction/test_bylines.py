"""Who wrote it, from bylines, first lines and last lines; the names are invented."""

from collections.abc import Callable

import pytest

from crawler.extraction import extract_article
from crawler.items import Article
from crawler.sources import Attributed, attribute

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
    "element",
    [
        "<div><a rel='author' href='/w/7'>سامر النجار</a></div>",
        "<span class='columnist'>سامر النجار</span>",
        "<div class='field--name-field-auteur'>سامر النجار</div>",
        "<div class='newswriter'>كتب : سامر النجار</div>",
        "<p class='x1'>بقلم: سامر النجار</p>",
    ],
)
def test_other_marks_of_a_byline(element: str, read: Callable[..., Article]) -> None:
    assert read(before=element).authors == ("سامر النجار",)


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


def attributed(article: Article) -> Attributed:
    return attribute(article.body or "", authors=article.authors)


def read_parts(article: Article) -> tuple[str | None, str | None, list[str]]:
    origin = attributed(article)
    return origin.place, origin.reporter, [source.name for source, _ in origin.sources]


FORMS = [
    ("العريش - سامي البدري", ("العريش", "سامي البدري", [])),
    ("خان يونس - سامي البدري", ("خان يونس", "سامي البدري", [])),
    ("اسلام آباد - ویب ڈیسک", ("اسلام آباد", None, ["(web desk)"])),
    ("أبوظبي - سكاي نيوز عربية", ("أبوظبي", None, ["Sky News Arabia"])),
    ("واس (جدة)", ("جدة", None, ["Saudi Press Agency"])),
    ("Deutsche Welle", (None, None, ["Deutsche Welle"])),
    ("رام الله", ("رام الله", None, [])),
]


@pytest.mark.parametrize(("printed", "parts"), FORMS)
def test_a_byline_is_read_wherever_it_stands(
    printed: str, parts: tuple[str | None, str | None, list[str]], read: Callable[..., Article]
) -> None:
    node = f'{{"@type":"NewsArticle","author":{{"@type":"Person","name":"{printed}"}}}}'
    places = {
        "element": read(before=f"<div class='author'>{printed}</div>"),
        "foot": read(last=f"<div><span class='writer'>{printed}</span></div>"),
        "json-ld": read(head=f'<script type="application/ld+json">{node}</script>'),
        "meta": read(head=f'<meta name="author" content="{printed}">'),
    }
    assert {name: read_parts(article) for name, article in places.items()} == dict.fromkeys(
        places, parts
    )
    assert all("رام الله" not in article.authors for article in places.values())


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("<p class='article-sub-heading'>وكالات - أبوظبي</p>", ("أبوظبي", None, 1)),
        ("<div class='x1'><span class='src'>عمان - بترا</span></div>", ("عمان", None, 1)),
        ("<div>الجبيل - سامي البدري</div>", ("الجبيل", "سامي البدري", 0)),
        ("<div>المصدر: رويترز</div>", (None, None, 1)),
        ("<h2>(أ ف ب)</h2>", (None, None, 1)),
        ("<img src='/i'><div>بقلم:&nbsp;<b>هدى سالم مع أ ف ب</b></div>", (None, "هدى سالم", 1)),
    ],
)
def test_a_credit_line_under_the_headline_is_read_whatever_its_class(
    line: str,
    parts: tuple[str | None, str | None, int],
    read: Callable[..., Article],
    story: tuple[str, ...],
) -> None:
    article = read(before=line)
    place, reporter, sources = read_parts(article)
    assert (place, reporter, len(sources)) == parts
    assert article.body == "\n\n".join(story)


def test_a_credit_line_is_read_on_a_page_that_is_one_form(
    page: Page, story: tuple[str, ...]
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    html = page(f"<div><span>أبها: واس</span></div><div class='text'>{text}</div>")
    html = html.replace("<body>", "<body><form method='post' id='aspnetForm'>")
    assert read_parts(extract_article(html, URL))[0] == "أبها"


@pytest.mark.parametrize(
    "line",
    [
        "<div>الشرق الأوسط</div>",
        "<div><img src='/i.jpg'><span>رويترز</span></div>",
        "<figure><img src='/i.jpg'><figcaption>بيروت - رويترز</figcaption></figure>",
        "<div class='related'>دمشق - سانا</div>",
        "<div><a href='/t/1'>لندن - رويترز</a></div>",
        "<div>سامر النجار</div>",
        "<div>آخر الأخبار من القاهرة</div>",
    ],
)
def test_other_lines_under_the_headline_credit_nobody(
    line: str, read: Callable[..., Article]
) -> None:
    assert read_parts(read(before=line)) == (None, None, [])


def test_a_byline_element_of_somebody_else_is_not_believed(read: Callable[..., Article]) -> None:
    node = '{"@type":"NewsArticle","author":{"name":"سامر النجار"}}'
    head = f'<script type="application/ld+json">{node}</script>'
    own = read(head=head, before="<p class='author'>الجبيل - سامر النجار</p>")
    assert read_parts(own) == ("الجبيل", "سامر النجار", [])
    other = read(head=head, before="<p class='author'>الجبيل - هدى سالم</p>")
    assert read_parts(other) == (None, "سامر النجار", [])
    assert other.authors == ("سامر النجار",)


def test_the_sites_own_name_is_no_source_of_its_page(read: Callable[..., Article]) -> None:
    site = '<meta property="og:site_name" content="صحيفة الواحة">'
    article = read(before="<p class='author'>صحيفة الواحة - الجبيل</p>", head=site)
    assert article.authors == ()
    assert read_parts(article) == ("الجبيل", None, [])


@pytest.mark.parametrize(
    "line",
    [
        "الأحد 12 مايو 2024 | سالم الحداد",
        "سالم الحداد • 12 مايو 2024",
        "سالم الحداد | 12/5/2024 | 10:30",
    ],
)
def test_a_name_beside_a_date_above_the_story_is_its_author(
    page: Page, story: tuple[str, ...], line: str
) -> None:
    content = "".join(f"<p>{text}</p>" for text in (line, *story))
    article = extract_article(page(f"<div>{content}</div>"), "https://www.waha.example/a/1")
    assert article.body == "\n\n".join(story)
    assert list(article.authors) == ["سالم الحداد"]
    assert article.published_raw == line


@pytest.mark.parametrize("line", ["الواحة | 12 مايو 2024", "في 12 مايو 2024 | يوم الافتتاح."])
def test_a_place_or_a_sentence_beside_a_date_is_no_author(
    page: Page, story: tuple[str, ...], line: str
) -> None:
    content = "".join(f"<p>{text}</p>" for text in (line, *story))
    article = extract_article(page(f"<div>{content}</div>"), "https://www.waha.example/a/1")
    assert list(article.authors) == []

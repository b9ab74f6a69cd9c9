"""The genre of an article is the page's own word for it, or the outlet's declaration of a section,
and never a guess."""

from collections.abc import Callable

import pytest

from crawler.discovery.kinds import Feed
from crawler.extraction import extract_article
from crawler.outlet import Genre, Outlet, OutletError

Page = Callable[..., str]
Read = Callable[..., str | None]
URL = "https://www.waha.example/2024/03/bridge-1"


@pytest.fixture
def genre(page: Page, story: tuple[str, ...]) -> Read:
    """Return a function that reads the genre of a page."""

    def read(
        url: str = URL,
        *,
        kind: str = "",
        section: str = "",
        above: str = "",
        headline: str = "الجسر الجديد يفتح أبوابه",
        outlet: Outlet | None = None,
    ) -> str | None:
        head = f'<meta property="article:section" content="{section}">' if section else ""
        if kind:
            head += f'<script type="application/ld+json">{{"@type":"{kind}"}}</script>'
        text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
        html = page(
            f"<article>{above}<h1>{headline}</h1><div>{text}</div></article>",
            head=head,
            title=headline,
            h1=None,
        )
        article = extract_article(html, url, outlet=outlet)
        assert article.body == "\n\n".join(story)
        return article.genre

    return read


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("OpinionNewsArticle", "opinion"),
        ("AnalysisNewsArticle", "analysis"),
        ("BackgroundNewsArticle", "explainer"),
        ("LiveBlogPosting", "live"),
        ("NewsArticle", "news"),
        ("Article", None),
    ],
)
def test_a_type_names_the_genre(genre: Read, kind: str, expected: str | None) -> None:
    assert genre(kind=kind) == expected


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("رأي", "opinion"),
        ("الرأى", "opinion"),
        ("مقالات", "opinion"),
        ("کالم", "opinion"),
        ("Opinion", "opinion"),
        ("افتتاحية", "editorial"),
        ("اداریہ", "editorial"),
        ("تحليلات", "analysis"),
        ("تجزیہ", "analysis"),
        ("حوارات", "interview"),
        ("انٹرویو", "interview"),
        ("مدونات", "blog"),
        ("بلاگ", "blog"),
        ("محليات", None),
        ("الرأي العام في المدينة", None),
    ],
)
def test_a_section_names_the_genre(genre: Read, section: str, expected: str | None) -> None:
    assert genre(section=section) == expected
    if expected is not None:
        assert genre(section=section, kind="NewsArticle") == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.waha.example/opinion/2024/3/bridge", "opinion"),
        ("https://www.waha.example/urdu/columns/bridge-12", "opinion"),
        ("https://www.waha.example/%D8%B1%D8%A3%D9%8A/bridge", "opinion"),
        ("https://www.waha.example/blogs/sami/bridge", "blog"),
        ("https://blogs.waha.example/2024/bridge", "blog"),
        ("https://www.waha.example/news/liveblog/2024/bridge", "live"),
        ("https://www.waha.example/news/opinion-of-the-court", None),
        ("https://www.waha.example/articles/bridge", None),
        ("https://www.waha.example/news/analysis", None),
    ],
)
def test_a_folder_of_the_address_names_the_genre(
    genre: Read, url: str, expected: str | None
) -> None:
    assert genre(url) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [("عاجل", "flash"), ("حوار", "interview"), ("کالم", "opinion"), ("الواحة", None)],
)
def test_a_label_at_the_headline_names_the_genre(
    genre: Read, label: str, expected: str | None
) -> None:
    assert genre(above=f"<div><a href='/s/1'>{label}</a></div>") == expected
    assert genre(headline=f"{label}: الجسر الجديد يفتح أبوابه") == expected
    assert genre(headline=f"{label} | الجسر الجديد يفتح أبوابه") == expected


def test_an_entry_of_a_menu_is_no_label(genre: Read) -> None:
    menu = "<ul><li>أخبار</li><li>رأي</li><li>حوار</li></ul>"
    assert genre(above=menu) is None


def test_a_headline_that_speaks_of_a_genre_is_no_label(genre: Read) -> None:
    assert genre(headline="حوار وطني حول الجسر الجديد يبدأ غدا") is None


def outlet(*genres: tuple[str, Genre]) -> Outlet:
    return Outlet(
        name="waha",
        title="Waha",
        native="صحيفة الواحة",
        language="ar",
        country="EG",
        zone="Africa/Cairo",
        hosts=("www.waha.example",),
        articles=r"https://www\.waha\.example/.+",
        discovery=(Feed(url="https://www.waha.example/rss"),),
        publisher="waha",
        as_of=2024,
        confidence="low",
        genres=genres,
    )


def test_the_declaration_of_a_section_is_believed_first(genre: Read) -> None:
    declared = outlet(("ركن القراء", "opinion"), ("/2024/", "roundup"))
    assert genre(section="ركن القراء", kind="NewsArticle", outlet=declared) == "opinion"
    assert genre(kind="OpinionNewsArticle", outlet=declared) == "roundup"
    assert genre("https://www.waha.example/2025/a", section="رأي", outlet=declared) == "opinion"


@pytest.mark.parametrize("pair", [("رأي", "column"), ("رأي",), "رأي"])
def test_a_declared_genre_that_is_none_is_refused(pair: object) -> None:
    with pytest.raises(OutletError, match="genres"):
        outlet(pair)  # type: ignore[arg-type]

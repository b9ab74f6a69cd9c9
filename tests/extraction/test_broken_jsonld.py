"""Of a JSON-LD block with a fault, all that can be read is read, and the fault is counted."""

import html
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from crawler.causes import Cause
from crawler.extraction import Extraction, examine

Page = Callable[..., str]
URL = "https://www.waha.example/news/bridge-1"
DATE = '"datePublished":"2024-03-09T08:30:00+02:00"'
ARTICLE = f'{{"@type":"OpinionNewsArticle",{DATE},"author":{{"name":"سلمى حداد"}}}}'


@pytest.fixture
def read(page: Page, story: tuple[str, ...]) -> Callable[[str], Extraction]:
    def build(block: str) -> Extraction:
        head = f'<script type="application/ld+json">{block}</script>'
        return examine(page("".join(f"<p>{text}</p>" for text in story), head=head), URL)

    return build


def assert_read(extraction: Extraction) -> None:
    article = extraction.article
    assert article.published == datetime(2024, 3, 9, 6, 30, tzinfo=UTC)
    assert (article.authors, article.genre) == (("سلمى حداد",), "opinion")


BROKEN = {
    "bare quotes": ARTICLE.replace("{", '{"headline":"قال: "لن نتأخر"، ثم مضى",', 1),
    "bare quotes before a comma": ARTICLE.replace("{", '{"name":"جسر "الواحة", ثم مضى",', 1),
    "a false escape": ARTICLE.replace("{", '{"headline":"it\\\'s \\d",', 1),
    "objects in a row": f'{{"@type":"WebSite","name":"x"}}\n{ARTICLE}\n{{"@type":"Thing"}}',
    "objects with a comma between": f'{{"@type":"WebSite"}},{ARTICLE}',
    "escaped for HTML": html.escape(ARTICLE),
    "cut short": f'{ARTICLE[:-1]},"articleBody":"قال الوزير',
    "a value left out": f'{ARTICLE[:-1]},"wordCount":,"x":1}}',
    "a comment inside": ARTICLE.replace("{", "{ // the article\n", 1),
}


@pytest.mark.parametrize("block", BROKEN.values(), ids=BROKEN)
def test_what_can_be_read_of_a_broken_block_is_read_and_counted(
    read: Callable[[str], Extraction], block: str
) -> None:
    extraction = read(block)
    assert_read(extraction)
    assert extraction.warnings == (Cause.BROKEN_JSONLD,)


WRAPPED = {
    "cdata": f"<![CDATA[{ARTICLE}]]>",
    "cdata in comments": f"//<![CDATA[\n{ARTICLE}\n//]]>",
    "cdata in block comments": f"/*<![CDATA[*/\n{ARTICLE}\n/*]]>*/",
    "cdata with an escaped end": f"// <![CDATA[\n{ARTICLE}\n// ]]&gt;",
    "html comment": f"<!--\n{ARTICLE}\n-->",
    "semicolon": f"{ARTICLE};",
    "trailing comma": f"{ARTICLE[:-1]},}}",
}


@pytest.mark.parametrize("block", WRAPPED.values(), ids=WRAPPED)
def test_a_block_in_a_wrapper_is_sound(read: Callable[[str], Extraction], block: str) -> None:
    extraction = read(block)
    assert_read(extraction)
    assert extraction.warnings == ()


@pytest.mark.parametrize("block", ["window.x = 1", "{{ article | json }}", "<b>x</b>", '"'])
def test_a_block_that_is_no_json_is_counted(read: Callable[[str], Extraction], block: str) -> None:
    extraction = read(block)
    assert extraction.article.published is None
    assert extraction.warnings == (Cause.BROKEN_JSONLD,)


@pytest.mark.parametrize("block", ["", " \n", "[]", "<!-- -->", "null"])
def test_an_empty_block_is_no_fault(read: Callable[[str], Extraction], block: str) -> None:
    assert read(block).warnings == ()


def test_a_broken_block_of_two_articles_gives_neither(read: Callable[[str], Extraction]) -> None:
    extraction = read(f"{ARTICLE} and {ARTICLE}")
    assert (extraction.article.published, extraction.article.authors) == (None, ())
    assert extraction.warnings == (Cause.BROKEN_JSONLD,)

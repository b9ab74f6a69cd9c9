"""What a declaration's recordings do not bear out."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.discovery.kinds import Feed, Listing
from crawler.outlet import Layout, Outlet
from crawler.replay.check import check_outlet
from crawler.spiders.ar.youm7 import Youm7Spider
from crawler.spiders.platforms import WORDPRESS

FIXTURES = Path(__file__).parents[2] / "fixtures"
YOUM7 = Youm7Spider.outlet
LAYOUT = YOUM7.layouts[0]


def found(outlet: Outlet, folder: Path = FIXTURES / "youm7") -> list[tuple[str, str, bool]]:
    return [(each.part, each.problem, each.is_fault) for each in check_outlet(outlet, folder)]


def test_a_true_declaration_has_no_findings() -> None:
    assert found(YOUM7) == []


@pytest.mark.parametrize(
    ("wrong", "finding"),
    [
        (
            {"layouts": (replace(LAYOUT, tags=("div.tagz h3 a",)),)},
            ("layouts[0].tags", "'div.tagz h3 a' selects nothing on 2 recorded pages", True),
        ),
        (
            {"layouts": (replace(LAYOUT, remove=(*LAYOUT.remove, "div.bgforadz")),)},
            ("layouts[0].remove", "'div.bgforadz' selects nothing on 2 recorded pages", True),
        ),
        (
            {"layouts": (LAYOUT, Layout(until=date(2012, 1, 1), body=("div.old",)))},
            ("layouts[1]", "no recorded page has this layout", False),
        ),
        (
            {"id": r"story-\d+"},
            ("id", r"'story-\\d+' is not in https://www.youm7.com/story/", True),
        ),
        (
            {"id": "story"},
            (
                "id",
                "makes one article of article-eye-tests and article-rails: https://www.youm7.com/story",
                True,
            ),
        ),
        ({"identity": ("storyid",)}, ("identity", "'storyid' is in no recorded address", False)),
        (
            {"rewrites": (("^/ampp/", "/story/"),)},
            ("rewrites", "'^/ampp/' is in no recorded address", False),
        ),
        ({"exclude": ("/en/",)}, ("exclude", "'/en/' is of no recorded address", False)),
        ({"exclude": ("وفيات",)}, ("exclude", "'وفيات' is printed in no recording", False)),
        ({"language": "ur"}, ("language", "article-eye-tests is in 'ar'", True)),
        (
            {"articles": r"/story/\d{4}/[^/]+"},
            (
                "articles",
                "misses the recorded page article-eye-tests: https://www.youm7.com/",
                True,
            ),
        ),
        (
            {"discovery": (*YOUM7.discovery, Feed(url="/feed"))},
            ("discovery[2]", "no document at https://www.youm7.com/feed is recorded", True),
        ),
        (
            {
                "discovery": (
                    YOUM7.discovery[0],
                    Listing(url=YOUM7.discovery[1].url, links="div.bigTwoSec h3 a"),
                )
            },
            ("discovery[1]", "no link matches 'div.bigTwoSec h3 a'", True),
        ),
        (
            {"discovery": (Listing(url=YOUM7.discovery[0].url),)},
            ("discovery[0]", "", True),
        ),
        (
            {"layouts": (replace(LAYOUT, headline=("div.tags h3 a",)),)},
            ("layouts: headline", "the selectors and the page's own word disagree", False),
        ),
    ],
)
def test_what_is_wrong_is_told(wrong: dict[str, Any], finding: tuple[str, str, bool]) -> None:
    part, problem, is_fault = finding
    hits = [each for each in found(replace(YOUM7, **wrong)) if each[0] == part]
    assert hits
    assert problem in hits[0][1]
    assert hits[0][2] is is_fault


def test_an_exclude_that_a_link_or_a_section_needs_is_no_finding() -> None:
    assert "exclude" not in {part for part, *_ in found(replace(YOUM7, exclude=("/Section/",)))}
    assert found(replace(YOUM7, platform=WORDPRESS, exclude=WORDPRESS.exclude)) == []


def test_an_id_at_the_end_of_the_path_is_in_the_address() -> None:
    assert found(replace(YOUM7, id=r"\d+$")) == []


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(FIXTURES / "youm7", tmp_path / "youm7")
    return tmp_path / "youm7"


def test_a_document_without_articles_and_a_page_that_is_none_are_told(copied: Path) -> None:
    (copied / "article-rails" / "page.html").write_text("<html><p>404</p></html>", "utf-8")
    (copied / "feed" / "feed.xml").write_text(
        '<rss version="2.0"><channel><item><link>https://www.youm7.com/about</link></item>'
        "</channel></rss>",
        "utf-8",
    )
    parts = {part: problem for part, problem, _ in found(YOUM7, copied)}
    assert "article-rails is read as no article" in parts["outlet"]
    assert parts["discovery[0]"] == "feed announces 1 address, none an article"


def test_an_outlet_without_a_recorded_article_is_told(tmp_path: Path) -> None:
    assert found(YOUM7, tmp_path) == [("outlet", "no article is recorded", True)]


Scrapy = Callable[..., Any]


def test_the_command_prints_findings_and_its_status_tells(scrapy: Scrapy, copied: Path) -> None:
    fine = scrapy("check-outlet", "youm7")
    assert (fine.returncode, fine.stdout) == (0, ""), fine.stderr
    assert "1 outlet" in fine.stderr
    page = copied / "article-rails" / "page.html"
    page.write_text(page.read_text("utf-8").replace("newsStoryDate", "when"), "utf-8")
    shutil.rmtree(copied / "article-eye-tests")
    options = ("--fixtures", str(copied.parent))
    wrong = scrapy("check-outlet", "youm7", *options)
    assert wrong.returncode == 1
    assert "youm7: layouts[0].published: 'span.newsStoryDate' selects nothing" in wrong.stdout
    (line,) = [
        json.loads(line)
        for line in scrapy("check-outlet", "youm7", "--json", *options).stdout.splitlines()
        if "newsStoryDate" in line
    ]
    assert (line["outlet"], line["part"], line["is_fault"]) == (
        "youm7", "layouts[0].published", True,
    )  # fmt: skip
    unknown = scrapy("check-outlet", "youm8")
    assert unknown.returncode == 2
    assert "unknown outlet 'youm8'; did you mean youm7?" in unknown.stderr

"""Pages that are no news of the outlet, by their own word or by its declaration, are not stored,
and not asked for again in every run."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fetching.site import serving
from tests.spiders.newsroom import Newsroom
from tests.spiders.paper import Paper
from tests.spiders.test_outcomes import accounted, tracked

NAMES = ["amman", "sport", "about", "about-us"]


class PaperWithPages(Paper):
    """A paper of which one story stands in a section of its own, and one address is its page about
    itself, to which another redirects."""

    def page(self, name: str) -> str:
        page = super().page(name)
        if name == "about":
            return page.replace("<body>", "<body class='page page-id-7'>")
        if name == "sport":
            section = '<meta property="article:section" content="رياضــة">'
            return page.replace("</head>", f"{section}</head>")
        return page


@pytest.fixture
def paper() -> Iterator[Paper]:
    with serving(PaperWithPages(NAMES)) as site:
        assert isinstance(site, Paper)
        site.redirects = {"about-us": (301, "about")}
        yield site


@pytest.fixture
def newsroom(tmp_path: Path, paper: Paper) -> Newsroom:
    return Newsroom(tmp_path, paper, f"sqlite:///{tmp_path}/khabar.db")


def exclude(newsroom: Newsroom, items: str) -> None:
    """Have the outlet's declaration exclude `items`."""
    path = newsroom.folder / "waha.py"
    declared = path.read_text(encoding="utf-8")
    without = re.sub(r"delay=0,(?: exclude=\(.*?\),)?", f"delay=0, exclude=({items}),", declared)
    path.write_text(without, encoding="utf-8")


def test_what_is_no_news_is_not_stored_and_not_asked_for_again(
    newsroom: Newsroom, paper: Paper
) -> None:
    declaration = (newsroom.folder / "waha.py").read_text(encoding="utf-8")
    every_run = {"REVISIT_AFTER": 0, "RETRY_AFTER": 0}
    exclude(newsroom, '"رياضة",')
    newsroom.crawl(**every_run)
    assert {f"/story/{name}" for name in NAMES} < set(paper.asked())
    assert newsroom.stored() == {"amman": 0}
    run = newsroom.last_run()
    assert run.dropped == {"excluded": 1}
    assert run.failures == {"not_article/site_page": 2}
    assert accounted(run) == run.asked == 4

    newsroom.crawl(**every_run)
    assert set(paper.asked()) == {"/robots.txt", "/feed.xml", "/story/amman"}
    run = newsroom.last_run()
    assert (run.found, run.known, run.asked, run.dropped, run.failures) == (4, 4, 1, {}, {})

    # Another declaration reads them anew.
    (newsroom.folder / "waha.py").write_text(declaration, encoding="utf-8")
    newsroom.crawl(**every_run)
    assert {"/story/sport", "/story/about"} < set(paper.asked())
    assert newsroom.stored() == {"amman": 0, "sport": 0}


def test_an_address_that_is_excluded_is_not_asked_for(newsroom: Newsroom, paper: Paper) -> None:
    paper.broken = {"sport": 500}
    newsroom.crawl(RETRY_AFTER=0, REVISIT_AFTER=0, RETRY_TIMES=0, status=10)
    assert "/story/sport" in paper.asked()
    exclude(newsroom, '"/story/sp", "/story/about"')
    newsroom.crawl(RETRY_AFTER=0, REVISIT_AFTER=0)
    assert set(paper.asked()) == {"/robots.txt", "/feed.xml", "/story/amman"}
    run = newsroom.last_run()
    assert (run.found, run.off_pattern, run.failures) == (1, 3, {})
    assert tracked(newsroom, "sport").last_cause == "excluded"
    exclude(newsroom, '"/story/about",')
    paper.broken = {}
    newsroom.crawl(RETRY_AFTER=0, REVISIT_AFTER=0)
    assert newsroom.stored() == {"amman": 0, "sport": 0}

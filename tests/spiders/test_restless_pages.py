"""A crawl of pages that all name one canonical address, and of which one line never rests."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.stories.restless import MIN_LOOKS
from tests.fetching.site import serving
from tests.spiders.newsroom import Newsroom
from tests.spiders.paper import Paper

NAMES = ["amman", "irbid", "zarqa", "aqaba", "madaba"]
SLOGANS = [
    "أجمل صور الغروب من شواطئ البحر الأحمر",
    "حلقات جديدة تعرض مساء كل خميس على شاشتنا",
    "وصفات سريعة لمائدة العائلة في أيام الشتاء",
    "دليل القارئ إلى معارض الكتب القريبة منه",
]


class RestlessPaper(Paper):
    """Prints another slogan and another counter at each look."""

    def __init__(self) -> None:
        super().__init__(NAMES, etags=False)
        self.looks: Counter[str] = Counter()

    def page(self, name: str) -> str:
        look = self.looks[name]
        self.looks[name] += 1
        slogan = SLOGANS[(look + len(name)) % len(SLOGANS)]
        lines = f"<p>{slogan}</p><p>عدد المشاهدات: {100 + look}</p></article>"
        canonical = '<link rel="canonical" href="story/amman"><base href="/"></head>'
        page = super().page(name).replace("</article>", lines)
        return page.replace("</head>", canonical)


@pytest.fixture
def paper() -> Iterator[RestlessPaper]:
    with serving(RestlessPaper()) as site:
        assert isinstance(site, RestlessPaper)
        yield site


def test_no_page_is_swallowed_and_what_never_rests_is_no_revision(
    tmp_path: Path, paper: RestlessPaper
) -> None:
    newsroom = Newsroom(tmp_path, paper, f"sqlite:///{tmp_path}/khabar.db")
    for _ in range(MIN_LOOKS):
        newsroom.crawl(REVISIT_AFTER=0)
    assert newsroom.stored() == dict.fromkeys(NAMES, MIN_LOOKS - 1)
    assert newsroom.last_run().warnings.get("foreign_canonical") == len(NAMES) - 1
    paper.corrected = {"irbid"}
    newsroom.crawl(REVISIT_AFTER=0)
    run = newsroom.last_run()
    assert (run.fetched, run.revisions, run.unchanged) == (5, 1, 4)

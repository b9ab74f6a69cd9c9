from datetime import UTC, datetime

from crawler.discovery.kinds import Listing
from crawler.replay.case import FetchedHop
from crawler.survey.spider import Document, _sample

SITE = "https://sahifa.example"
HOP = FetchedHop(f"{SITE}/", 200, {}, datetime(2026, 11, 30, tzinfo=UTC))


def test_authors_and_tags_of_the_form_of_an_article_are_no_sample() -> None:
    links = tuple(f"{SITE}/{path}" for path in ("author/12/nada", "tag/9/rain", "world/71/train"))
    sample = _sample([Document(Listing(url=f"{SITE}/"), HOP, links)], f"{SITE}/story/70/library")
    assert sample == (f"{SITE}/story/70/library", f"{SITE}/world/71/train")

"""`scrapy regroup`."""

from pathlib import Path

import pytest

from crawler.dedup import article_id
from crawler.stories.boilerplate import MIN_HEADLINES
from tests.conftest import Scrapy
from tests.storage.invented import paragraphs
from tests.storage.samples import SyncStore, article

WIDGET = " ".join(paragraphs(90)[:4])


@pytest.fixture
def store(tmp_path: Path) -> SyncStore:
    """A store in which a notice has made one story of strangers."""
    store = SyncStore(f"sqlite:///{tmp_path}/khabar.db")
    store.save(
        *(
            article(f"a/{n}", f"{WIDGET}\n\n{paragraphs(n)[0]}", headline=f"خبر {n}")
            for n in range(MIN_HEADLINES)
        )
    )
    return store


def test_it_says_what_it_would_do_does_it_and_then_has_nothing_to_do(
    scrapy: Scrapy, store: SyncStore
) -> None:
    before = store.partition()
    rehearsed = scrapy("regroup", "--dry-run", KHABAR_STORE_URI=store.uri)
    assert (
        f"{MIN_HEADLINES} articles: 0 stories would be joined into 0, {len(before)} would be parted"
        in rehearsed.stdout
    )
    assert store.partition() == before
    done = scrapy("regroup", KHABAR_STORE_URI=store.uri)
    assert f"parted into {MIN_HEADLINES}" in done.stdout
    assert "parted  " in done.stdout
    assert len(store.partition()) == MIN_HEADLINES
    again = scrapy("regroup", "--outlet", "a", "--since", "2026-01-01", KHABAR_STORE_URI=store.uri)
    assert again.stdout == f"{MIN_HEADLINES} articles: 0 stories joined into 0, 0 parted into 0\n"
    assert [one.returncode for one in (rehearsed, done, again)] == [0, 0, 0]


@pytest.mark.parametrize("arguments", [("--since", "lately"), ("all",)])
def test_what_cannot_be_meant_is_a_usage_error(
    scrapy: Scrapy, store: SyncStore, arguments: tuple[str, ...]
) -> None:
    done = scrapy("regroup", *arguments, KHABAR_STORE_URI=store.uri)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_articles_move_to_the_addresses_that_their_outlet_declares_now(
    scrapy: Scrapy, tmp_path: Path
) -> None:
    store = SyncStore(f"sqlite:///{tmp_path}/moved.db")
    old = "https://www.youm7.com/amp/2026/1/2/slug/7"
    store.save(article("youm7/x", url=old, canonical_url=old, own_url=old))
    done = scrapy("regroup", "--outlet", "youm7", KHABAR_STORE_URI=store.uri)
    assert "youm7: 1 articles moved to the addresses that its declaration gives" in done.stdout
    (stored,) = store.articles()
    assert stored.article.canonical_url != old
    assert store.run(lambda opened: opened.resolve_story(article_id(old))) == stored.story_id

"""`scrapy copy-store`: what it says and refuses."""

from pathlib import Path

from crawler.storage import Store
from tests.conftest import Scrapy
from tests.storage.samples import SyncStore, article


def test_a_store_is_copied_and_compared(scrapy: Scrapy, tmp_path: Path) -> None:
    origin = SyncStore(f"sqlite:///{tmp_path}/origin.db")
    target = SyncStore(f"sqlite:///{tmp_path}/target.db")
    origin.save(article("a"), article("b"))
    for wrong in ((origin.uri,), (origin.uri, origin.uri), (target.uri, origin.uri)):
        assert scrapy("copy-store", *wrong).returncode == 2
    done = scrapy("copy-store", origin.uri, target.uri)
    assert done.returncode == 0, done.stderr
    assert "articles: 2, same" in done.stdout.splitlines()
    assert target.partition() == origin.partition()
    assert target.run(lambda opened: opened.stale_days()) == []
    again = scrapy("copy-store", origin.uri, target.uri)
    assert (again.returncode, again.stdout) == (2, "")
    assert "not empty" in again.stderr

    target.save(article("c"))
    differs = scrapy("copy-store", "--verify-only", origin.uri, target.uri)
    assert differs.returncode == 1
    assert "articles: 2 in FROM, 3 in TO, DIFFERENT" in differs.stdout.splitlines()

    async def hold(opened: Store) -> int:
        await opened.take_lease("bbc_ar", "somebody", 300)
        return scrapy("copy-store", origin.uri, f"sqlite:///{tmp_path}/x.db").returncode

    assert origin.run(hold) == 14

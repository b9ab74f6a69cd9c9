"""What goes wrong with pages and feeds, told apart, counted and survived in one crawl."""

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.causes import Cause
from crawler.items import Article
from crawler.storage import open_store

FEED = "https://www.youm7.com/rss/SectionRss?SectionID=65"
STORY = "https://www.youm7.com/story/2023/11/22/{}/{}"
BODY = (
    "قال رئيس الهيئة إن أعمال الصيانة تبدأ صباح الأحد وتستمر خمسة أيام على الأقل.<br><br>"
    "وأضاف أن الحركة ستنقل إلى الطريق الموازى وأن اللافتات وضعت منذ أمس.<br><br>"
    "ودعا السائقين إلى الالتزام بالسرعة المقررة حتى انتهاء العمل."
)


def page(
    headline: str = "صيانة الطريق الساحلى تبدأ الأحد", body: str = BODY, head: str = ""
) -> str:
    return (
        f"<html><head><title>{headline} - اليوم السابع</title>{head}</head><body>"
        f'<div class="articleHeader"><h1>{headline}</h1>'
        '<span class="newsStoryDate">الأربعاء، 22 نوفمبر 2023 01:48 م</span></div>'
        f'<div id="articleBody"><p>{body}</p></div></body></html>'
    )


GOOD = page()
WINDOWS_1256 = page("حديقة جديدة فى حى المعادى", BODY.replace("الصيانة", "التشجير"))
BROKEN_JSONLD = page(
    "سوق الكتب القديمة يعود",
    BODY.replace("الهيئة", "السوق"),
    '<script type="application/ld+json">{"@type": "NewsArticle", oops</script>',
)
NO_HEADLINE = page(
    "", BODY.replace("الطريق", "الجسر") + "<br><br>" + BODY.replace("الطريق", "النفق")
)
NO_BODY = page(
    "عاجل: إعادة فتح الطريق الساحلى",
    "",
    '<meta property="og:type" content="article">'
    '<meta property="article:published_time" content="2023-11-22T13:48:07Z">',
)
CUT = page("قطار جديد بين القاهرة وبنها", BODY.replace("الطريق", "الخط"))

SERVED = {
    "good": (GOOD.encode(), "text/html; charset=utf-8"),
    "empty": (b"", "text/html"),
    "pdf": (b"%PDF-1.7\n" + bytes(range(256)) * 40, "application/pdf"),
    "windows-1256": (WINDOWS_1256.encode("windows-1256"), "text/html; charset=windows-1256"),
    "broken-jsonld": (BROKEN_JSONLD.encode(), "text/html; charset=utf-8"),
    "no-headline": (NO_HEADLINE.encode(), "text/html; charset=utf-8"),
    "no-body": (NO_BODY.encode(), "text/html; charset=utf-8"),
    "cut": (CUT.encode()[:-80], "text/html; charset=utf-8"),
}


REFUSED = {"gone": 404, "down": 500, "challenged": 403}
NUMBERS = {name: 6380000 + place for place, name in enumerate([*SERVED, *REFUSED])}
START_UP = 15  # seconds that a busy machine needs for Python and Scrapy before the store is asked


def url(name: str) -> str:
    return STORY.format(name, NUMBERS[name])


@pytest.fixture(scope="module")
def crawl(
    recorder: Any, scrapy: Any, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Any, dict[str, Article]]:
    """One crawl of a feed with a broken entry among good ones, of the pages above, and of a listing
    that was not recorded; the process, and what is stored by the name of its page."""
    folder = tmp_path_factory.mktemp("bad")
    record = recorder(folder / "fixtures")
    items = "".join(
        f"<item><title>خبر</title><link>{url(name)}</link></item>" for name in [*SERVED, *REFUSED]
    )
    broken = "<item><title>بلا رابط</title></item>"
    feed = f"<rss version='2.0'><channel>{broken}{items}</channel></rss>".encode()
    record("youm7", FEED, feed, content_type="text/xml")
    for name, (body, content_type) in SERVED.items():
        record("youm7", url(name), body, content_type=content_type)
    for name, status in REFUSED.items():
        record(
            "youm7",
            url(name),
            b"<title>Just a moment...</title>" if status == 403 else b"",
            status=status,
        )
    uri = f"sqlite:///{folder}/khabar.db"
    process = scrapy("crawl", "youm7", "-s", f"REPLAY={folder / 'fixtures'}", KHABAR_STORE_URI=uri)
    names = {number: name for name, number in NUMBERS.items()}

    async def load() -> dict[str, Article]:
        async with open_store(uri) as store:
            articles = [stored.article async for stored in store.articles()]
            return {names[int(article.url.rsplit("/", 1)[1])]: article for article in articles}

    return process, asyncio.run(load())


def test_what_could_be_read_is_stored_and_nothing_else(crawl: Any) -> None:
    assert crawl[1].keys() == {
        "good",
        "windows-1256",
        "broken-jsonld",
        "no-headline",
        "no-body",
        "cut",
    }


def test_each_page_is_read_in_its_own_charset(crawl: Any) -> None:
    assert crawl[1]["windows-1256"].headline == "حديقة جديدة فى حى المعادى"
    assert crawl[1]["windows-1256"].body.startswith("قال رئيس الهيئة إن أعمال التشجير")


def test_jsonld_that_is_not_json_leaves_the_page_to_be_read(crawl: Any) -> None:
    assert crawl[1]["broken-jsonld"].headline == "سوق الكتب القديمة يعود"
    assert crawl[1]["broken-jsonld"].published == datetime(2023, 11, 22, 11, 48, tzinfo=UTC)


def test_a_gap_stays_a_gap(crawl: Any) -> None:
    assert crawl[1]["no-headline"].headline is None
    assert crawl[1]["no-headline"].body
    assert crawl[1]["no-body"].body is None
    assert crawl[1]["no-body"].content_hash is None


def test_the_table_names_every_gap_and_failure_and_the_status_says_degraded(crawl: Any) -> None:
    process = crawl[0]
    assert process.returncode == 10
    assert "Traceback" not in process.stderr
    row = next(line for line in process.stderr.splitlines() if line.startswith("youm7 "))
    for told in (
        "body 1",
        "headline 1",
        "broken_entry 1",
        "challenge 1",
        "http_404 1",
        "http_500 1",
        "not_recorded 1",
    ):
        assert told in row
    for cause in (Cause.BROKEN_ENTRY, Cause.CHALLENGE, Cause.HTTP_404, Cause.http(500)):
        assert f"\n{cause}  {cause.meaning}" in process.stderr, "what a failure means is told below"
    assert "not_article/empty 1" in row
    assert "not_article/not_html 1" in row
    assert row.startswith("youm7  degraded (10) ")


def test_an_address_that_was_not_recorded_is_named(crawl: Any) -> None:
    assert "not_recorded: https://www.youm7.com/Section/" in crawl[0].stderr


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("crawl", "yuom7"), 2, "unknown outlet 'yuom7'"),
        (("crawl",), 2, "name one outlet"),
        (("crawl", "youm7", "-a", "sinse=2021-08-01"), 2, "unknown argument 'sinse'"),
        (("crawl", "youm7", "-a", "since=yesterday"), 2, "since: 'yesterday' is not a date"),
        (("crawl", "youm7", "-a", "url=http://[x"), 2, "is not an http(s) address"),
        (("crawl", "youm7", "-a", "until=0001-01-01"), 2, "lies before or after all news"),
        (("crawl", "youm7", "-a", "url=https://example.com/a"), 2, "is on no host of youm7"),
        (("crawlall", "--country", "XX"), 2, "no outlet matches"),
        (("crawlall", "-a", "url=https://www.youm7.com/about"), 2, "give it to `scrapy crawl`"),
        (("crawlall", "-s", "REPLAY=fixtures", "-O", "all.jsonl"), 2, "outlets cannot share"),
        (("crawl", "youm7", "-s", "REPLAY="), 2, "names no folder"),
        (
            ("crawl", "youm7", "-s", "REPLAY=no/such/folder"),
            2,
            "not a folder of recorded exchanges",
        ),
        (
            ("crawl", "youm7", "-s", "REPLAY=fixtures", "-s", "STORE_URI=postgres://x/y"),
            2,
            "expected sqlite:///PATH",
        ),
        (("stories", "--since", "soon"), 2, "--since: 'soon' is not a date"),
        (("stories", "--limit", "0"), 2, "at least 1"),
    ],
)
def test_usage_is_said_in_a_line_before_anything_starts(
    scrapy: Any, tmp_path: Path, arguments: tuple[str, ...], status: int, said: str
) -> None:
    process = scrapy(*arguments, KHABAR_STORE_URI=f"sqlite:///{tmp_path}/khabar.db")
    assert process.returncode == status, process.stderr
    assert said in process.stderr
    assert "Traceback" not in process.stderr
    assert not list(tmp_path.iterdir()), "nothing was written"


def test_a_store_that_is_down_ends_the_crawl_at_once(scrapy: Any, free_port: int) -> None:
    began = time.monotonic()
    uri = f"mongodb://reader:secret@127.0.0.1:{free_port}/khabar"
    # pymongo's monitor of a refused port now and then leaves its socket to the collector, which
    # would say so here.
    crawl = ("crawl", "youm7", "-s", "REPLAY=fixtures")
    process = scrapy(*crawl, KHABAR_STORE_URI=uri, warnings="ignore::ResourceWarning")
    assert process.returncode == 13
    assert len(process.stderr.splitlines()) == 1, process.stderr
    assert f"127.0.0.1:{free_port}" in process.stderr
    assert "secret" not in process.stderr
    assert time.monotonic() - began < 5 + START_UP

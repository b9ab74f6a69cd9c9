"""A small store of invented stories in Arabic and Urdu, and a visitor of the site over it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from lxml import html

from crawler.gazetteer import Source
from crawler.items import Article, Attribution
from crawler.outlet import Outlet, outlet_of
from crawler.spiders.ar.youm7 import Youm7Spider
from crawler.spiders.ur.bbc_ur import BbcUrduSpider
from crawler.storage import Run, Store, open_reader
from crawler.storage.tallies import recount_stale
from crawler.web.app import make_app
from crawler.web.security import Access
from crawler.web.site import Site
from tests.storage.samples import SyncStore

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
BASE = "http://127.0.0.1"
OUTLETS: dict[str, Outlet] = {
    each.name: each for each in map(outlet_of, (Youm7Spider, BbcUrduSpider)) if each
}
REUTERS = Attribution(Source("reuters", "Reuters", "agency", "GB"), "agency")

HARBOUR = (
    "أعلنت هيئة الميناء اليوم أن توسعة الرصيف القديم تبدأ في الربيع المقبل على مرحلتين."
    "\n\nوقالت الهيئة إن المرحلة الأولى تشمل ستة أرصفة ومخزنا للحبوب يتسع لعشرين ألف طن."
)
LIBRARY = (
    "کراچی کی پرانی لائبریری تین برس کی مرمت کے بعد پیر کے روز قارئین کے لیے دوبارہ کھول دی گئی۔"
    "\n\nمنتظمین کے مطابق لائبریری میں چالیس ہزار کتابیں ہیں جن میں نایاب قلمی نسخے بھی شامل ہیں۔"
)

FIRST = Article(
    url="https://www.youm7.com/story/2026/3/1/harbour/1",
    outlet="youm7",
    language="ar",
    headline="توسعة الميناء القديم تبدأ في الربيع",
    body=HARBOUR,
    published=NOON,
    published_raw="الأحد، 01 مارس 2026 02:00 م",
    published_precision="minute",
    zone="Africa/Cairo",
    dateline="القاهرة - رويترز",
    place="القاهرة",
    sources=(REUTERS,),
    fetched_at=NOON + MINUTE,
)
SECOND = replace(
    FIRST,
    url="https://copy.example/harbour",
    outlet="copy_ar",
    headline="الميناء القديم يتوسع في الربيع",
    published=NOON + 186 * MINUTE,
    fetched_at=NOON + 190 * MINUTE,
)
URDU = Article(
    url="https://www.bbc.com/urdu/articles/c0library001o",
    outlet="bbc_ur",
    language="ur",
    headline="کراچی کی پرانی لائبریری <b>دوبارہ</b> کھل گئی",
    body=LIBRARY,
    published=NOON - 600 * MINUTE,
    published_precision="minute",
    zone="Asia/Karachi",
    place="کراچی",
    fetched_at=NOON - 590 * MINUTE,
)
OLDER = replace(
    FIRST,
    body=HARBOUR.replace("ستة أرصفة", "أربعة أرصفة"),
    fetched_at=NOON,
)


CRAWLED_AT = datetime.now(UTC).replace(microsecond=0) - 10 * MINUTE
"""When the newest crawls began: health is a matter of the present."""


def _crawls() -> list[Run]:
    """Return two days of crawls, with more of youm7 than a page holds: bbc_ur was refused in the
    last two of them, and one outlet is no longer declared."""
    read = Run(
        id="",
        outlet="youm7",
        started=CRAWLED_AT,
        finished=CRAWLED_AT + MINUTE,
        status="done",
        found=30,
        fetched=12,
        known=20,
        new_stories=7,
        unchanged=5,
        credited=10,
        discovered=2,
        first_visits=7,
    )
    crawls = [
        replace(
            read,
            id=f"youm7-{number:02}",
            started=CRAWLED_AT - number * HOUR,
            finished=CRAWLED_AT - number * HOUR + MINUTE,
        )
        for number in range(53)
    ]
    for number in range(4):
        started = CRAWLED_AT - number * HOUR
        crawl = replace(read, id=f"bbc_ur-{number}", outlet="bbc_ur", started=started)
        if number < 2:
            crawl = Run(
                crawl.id,
                "bbc_ur",
                started,
                started + MINUTE,
                "refused",
                found=6,
                failures={"http_403": 6, "of_tomorrow": 1},
                gaps={"date": 3},
                discovered=1,
                first_visits=6,
                first_failures=6,
            )
        crawls.append(crawl)
    crawls.append(replace(read, id="gone-1", outlet="gone_ar", started=NOON, finished=None))
    return crawls


def fill(uri: str) -> None:
    """Store the stories: one of two copies, the first with an earlier text, and one in Urdu; the
    numbers of their day; and crawls."""
    store = SyncStore(uri)
    store.save(OLDER, FIRST, SECOND, URDU)

    async def record(opened: Store) -> None:
        for run in CRAWLS:
            await opened.record_run(run)
        await recount_stale(opened)

    store.run(record)


CRAWLS = _crawls()


class Visitor:
    """Asks a site over the store at `uri` for pages; `headers` go with each request. address: from
    which they come. off: the states of the outlets that are not crawled."""

    address = "127.0.0.1"
    off: Mapping[str, str] = {}

    def __init__(self, uri: str, access: Access | None = None, **headers: str) -> None:
        self._uri = uri
        self._access = access or Access(hosts=frozenset({"127.0.0.1"}))
        self._headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def get(self, address: str, **headers: str) -> httpx.Response:
        """Return the answer to one GET request."""
        return self.ask("GET", address, **headers)

    def ask(
        self, method: str, address: str, content: str | None = None, **headers: str
    ) -> httpx.Response:
        """Return the answer to one request."""
        given = self._headers | {name.replace("_", "-"): value for name, value in headers.items()}
        return asyncio.run(self._ask(method, address, content, given))

    def visit(self, scenario: Callable[[httpx.AsyncClient], Awaitable[None]]) -> None:
        """Run `scenario`, whose requests one and the same site answers."""

        async def run() -> None:
            async with self._client() as client:
                await scenario(client)

        asyncio.run(run())

    async def _ask(
        self, method: str, address: str, content: str | None, headers: dict[str, str]
    ) -> httpx.Response:
        async with self._client() as client:
            return await client.request(method, address, content=content, headers=headers)

    @asynccontextmanager
    async def _client(self) -> AsyncIterator[httpx.AsyncClient]:
        countries = {name: outlet.country for name, outlet in OUTLETS.items()}
        async with open_reader(self._uri, countries=countries) as reader:
            app = make_app(Site(reader, OUTLETS, off=self.off), self._access)
            transport = httpx.ASGITransport(app=app, client=(self.address, 50000))
            async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
                yield client


def parsed(page: httpx.Response) -> Any:
    """Return the elements of an HTML page (lxml's; its stubs know no result of XPath)."""
    return html.fromstring(page.text)

"""A newspaper of ours on 127.0.0.1 that changes between two runs and answers conditional
requests."""

import asyncio
import hashlib
import random
import time
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from aiohttp import web

from tests.fetching.site import Arrival, Site

PAGE = """<html><head><title>HEADLINE</title>
<meta property="article:published_time" content="DATE"></head>
<body><h1>HEADLINE</h1><article>TEXT</article></body></html>"""
SENTENCE = "<p>قال رئيس بلدية {} إن {} سيفتح أمام {} بعد {} يوما من العمل في {}.</p>"
THINGS = "الجسر السوق الملعب المتحف المسرح الميناء النفق الحديقة المكتبة المستشفى المصنع الجامعة"
PEOPLE = (
    "السيارات الزوار التجار الطلاب المرضى العمال السكان السياح الصيادين المزارعين المشاة الحجاج"
)


class Paper(Site):
    """`stories`: names, announced by /feed.xml. `dates`: of publication, by name; `corrected`:
    names whose text has changed; `broken`: the status that names answer with; `etags`: whether
    answers have validators."""

    def __init__(self, stories: Iterable[str], *, etags: bool = True) -> None:
        super().__init__()
        self.stories = list(stories)
        self.dates: dict[str, str] = {}
        self.today = datetime.now(ZoneInfo("Asia/Amman")).date().isoformat()
        self.corrected: set[str] = set()
        self.broken: dict[str, int] = {}
        # The status and the target (a name, or a path) of names that redirect.
        self.redirects: dict[str, tuple[int, str]] = {}
        self.etags = etags
        self.seconds = 0.0  # that each answer takes
        self.at_once = self.most_at_once = 0
        self.not_modified: Counter[str] = Counter()

    async def answer(self, request: web.Request) -> web.Response:
        self.arrivals.append(Arrival(time.monotonic(), "", request.path))
        arrived = time.monotonic()
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        while time.monotonic() < arrived + self.seconds:  # noqa: ASYNC110 (a test ends it by changing `seconds`)
            await asyncio.sleep(0.02)
        self.at_once -= 1
        place, _, name = request.path.removeprefix("/").partition("/")
        if place == "robots.txt":
            raise web.HTTPNotFound
        if status := self.broken.get(name or place):
            return web.Response(status=status)
        if name in self.redirects:
            redirect, target = self.redirects[name]
            path = target if target.startswith("/") else f"/story/{target}"
            return web.Response(status=redirect, headers={"Location": path})
        text, kind = (
            (self.feed(), "text/xml") if place == "feed.xml" else (self.page(name), "text/html")
        )
        if place == "day":
            links = (
                f"<a href='/story/{one}'>{one}</a>"
                for one in self.stories
                if self.dates[one] == name
            )
            text = f"<html><body><h1>{name}</h1>{''.join(links)}</body></html>"
        etag = f'"{hashlib.sha256(text.encode()).hexdigest()}"'
        if self.etags and request.headers.get("If-None-Match") == etag:
            self.not_modified[request.path] += 1
            return web.Response(status=304)
        return web.Response(
            text=text, content_type=kind, headers={"ETag": etag} if self.etags else {}
        )

    def feed(self) -> str:
        links = "".join(
            f"<item><link>http://127.0.0.1:{self.port}/story/{name}</link></item>"
            for name in self.stories
        )
        return f"<rss version='2.0'><channel>{links}</channel></rss>"

    def page(self, name: str) -> str:
        chance, things, people = random.Random(name), THINGS.split(), PEOPLE.split()
        text = "".join(
            SENTENCE.format(
                name, chance.choice(things), chance.choice(people), chance.randint(3, 999), place
            )
            for place in chance.sample(things, 8)
        )
        if name in self.corrected:
            text += (
                "<p>تصحيح: يفتح الجسر في الشهر القادم، لا في هذا الشهر "
                "كما ذكر في نسخة سابقة من الخبر.</p>"
            )
        page = PAGE.replace("TEXT", text).replace("HEADLINE", "بلدية NAME تفتح جسرا")
        # Of today at its beginning, or it would lie in the future; of another day at noon, which it
        # is in UTC too.
        date = (
            f"{self.dates[name]}T12:00:00+03:00"
            if name in self.dates
            else f"{self.today}T00:00:00+03:00"
        )
        return page.replace("NAME", name).replace("DATE", date)

    def asked(self) -> Counter[str]:
        """How often each path was asked for since the last time."""
        paths = Counter(self.paths())
        self.arrivals.clear()
        return paths

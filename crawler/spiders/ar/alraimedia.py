"""Al Rai (Kuwait)."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import GULF


class AlraimediaSpider(OutletSpider):
    outlet = Outlet(
        name="alraimedia",
        publisher="al-rai-kw",
        platform=GULF,
        hosts=("www.alraimedia.com",),
        discovery=(Feed(url="/rssFeed/1"),),
        layout=Layout(
            headline=("h1.article-title",),
            body=("div.article-desc",),
            published=(".article-date", ".article-time"),
            authors=("[rel=author]",),
        ),
        confidence="high",
        state="working",
        evidence="feed in a running aggregator, 2026-09; pages read by a scraper, 2026-08",
    )

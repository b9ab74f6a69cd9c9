"""Makkah."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import GULF


class MakkahnewspaperSpider(OutletSpider):
    outlet = Outlet(
        name="makkahnewspaper",
        publisher="makkah-newspaper",
        platform=GULF,
        hosts=("makkahnewspaper.com",),
        exclude=(r"/article/\d+/فيديو/",),
        discovery=(Feed(url="/rssFeed/0"), *GULF.discovery),
        state="working",
        evidence="feed valid in a table of feeds, 2026-03; sitemaps in a form of an audit, 2026",
    )

"""Asharq News."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider


class AsharqSpider(OutletSpider):
    outlet = Outlet(
        name="asharq",
        publisher="asharq-news",
        hosts=("asharq.com",),
        articles=r"/[a-z-]+(?:/[a-z-]+)?/\d+/[^/]*/?",
        discovery=(Feed(url="/rss.xml"),),
        state="working",
        evidence="feed in a running aggregator, 2026-09",
    )

"""Ammon News."""

from crawler.discovery.kinds import Listing
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider


class AmmonNewsSpider(OutletSpider):
    outlet = Outlet(
        name="ammonnews",
        publisher="ammon-news",
        hosts=("www.ammonnews.net",),
        articles=r"/article/\d+",
        # Its feed, /rss.aspx, was gone in July 2026.
        discovery=(Listing(url="/", links='a[href^="/article/"]'),),
        state="working",
        evidence="front page read by a live-checked scraper, 2026-08",
        confidence="high",
    )

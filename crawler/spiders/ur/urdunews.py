"""Urdu News, of Jeddah."""

from crawler.discovery.kinds import Sitemap
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import SRMG


class UrdunewsSpider(OutletSpider):
    outlet = Outlet(
        name="urdunews",
        publisher="urdu-news",
        platform=SRMG,
        hosts=("www.urdunews.com",),
        discovery=(Sitemap(url="/sitemap.xml", newest=r"[?]page=(\d+)"),),
        confidence="low",
        evidence="feed stale 2026-07; the sitemap is that of the system, not seen at work",
    )

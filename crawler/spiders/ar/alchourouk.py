"""Alchourouk of Tunis."""

from crawler.discovery.kinds import Listing
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider


class AlchouroukSpider(OutletSpider):
    outlet = Outlet(
        name="alchourouk",
        publisher="al-chourouk-tn",
        hosts=("www.alchourouk.com",),
        articles=r"/article/[^/?]+",
        discovery=(Listing(url="/", links='a[href^="/article/"]'),),
        state="working",
        evidence="front page read by a live-checked scraper, 2026-08",
        confidence="high",
    )

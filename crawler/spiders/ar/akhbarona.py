"""Akhbarona."""

from crawler.discovery.kinds import Listing
from crawler.outlet import HouseStyle, Layout, Outlet
from crawler.spiders.base import OutletSpider


class AkhbaronaSpider(OutletSpider):
    outlet = Outlet(
        name="akhbarona",
        publisher="akhbarona",
        hosts=("www.akhbarona.com",),
        articles=r"/[a-z_]+/\d+\.html",
        discovery=(Listing(url="/"),),
        layout=Layout(published=("time.story_date::attr(datetime)",)),
        style=HouseStyle(datelines="often"),
        state="working",
        confidence="high",
        evidence="front page read by a live-checked scraper, 2026-08",
    )

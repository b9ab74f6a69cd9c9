"""Sudan Tribune, the Arabic site."""

from crawler.discovery.kinds import Listing
from crawler.outlet import HouseStyle, Layout, Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import WORDPRESS


class SudanTribuneSpider(OutletSpider):
    outlet = Outlet(
        name="sudantribune",
        publisher="sudan-tribune",
        platform=WORDPRESS,
        hosts=("sudantribune.net",),  # sudantribune.com is the English site
        articles=r"/article/\d+/?",
        id=r"article/\d+",
        discovery=(Listing(url="/"),),
        layout=Layout(body=("div.entry__article",), tags=("a[rel='tag']",)),
        style=HouseStyle(datelines="often"),
        delay=5.0,  # asked for in robots.txt
        state="working",
        confidence="high",
        evidence="front page read by a live-checked scraper, 2026-08",
    )

"""SANA, the Arabic edition."""

from crawler.discovery.kinds import Feed, Listing
from crawler.outlet import HouseStyle, Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import WORDPRESS


class SanaSpider(OutletSpider):
    outlet = Outlet(
        name="sana",
        publisher="sana",
        hosts=("sana.sy",),
        # The second form is that of 2008.
        articles=r"/[a-z-]+/\d+/?|/ara/\d+/\d{4}/\d{2}/\d{2}/\d+\.htm",
        exclude=("/en/", *WORDPRESS.exclude),
        platform=WORDPRESS,
        discovery=(
            Feed(url="/feed/"),
            Listing(url="/{each}/", each=("syria-news", "international", "economy")),
        ),
        style=HouseStyle(datelines="often"),
        delay=5.0,  # asked for in robots.txt
        state="working",
        confidence="high",
        evidence="feed in a running aggregator, 2026-09; sections read by a scraper, 2026-08",
    )

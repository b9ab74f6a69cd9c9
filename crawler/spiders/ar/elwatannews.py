"""El Watan, of Egypt."""

from crawler.discovery.kinds import Listing
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider


class ElwatannewsSpider(OutletSpider):
    outlet = Outlet(
        name="elwatannews",
        publisher="el-watan-eg",
        hosts=("www.elwatannews.com",),
        articles=r"/news/details/\d+(?:/.*)?",
        id=r"news/details/\d+",
        discovery=(
            Listing(url="/{each}", each=("section/115", "section/39", "section/77", "category/37")),
        ),
        confidence="low",
        evidence="feeds 404 2026-07; sections named by scrapers; an article of 2026-03 cited",
    )

"""Daily Ummat."""

from crawler.discovery.kinds import Feed, Sitemap
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import WORDPRESS


class UmmatSpider(OutletSpider):
    outlet = Outlet(
        name="ummat",
        publisher="ummat",
        platform=WORDPRESS,
        hosts=("ummat.net",),
        articles=r"/\d{5,}/?",
        id=r"\d{5,}",
        discovery=(Feed(url="/feed/"), Sitemap(url="/sitemap.xml", newest=r"/post-sitemap(\d*)")),
        state="working",
        confidence="low",
        evidence="sitemap of 116,000 articles read by a scraper, 2026; the feed is only named",
    )

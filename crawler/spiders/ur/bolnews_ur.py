"""BOL News, the Urdu site."""

from crawler.discovery.kinds import Sitemap
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import WORDPRESS


class BolNewsUrduSpider(OutletSpider):
    outlet = Outlet(
        name="bolnews_ur",
        publisher="bol-news",
        platform=WORDPRESS,
        hosts=("urdu.bolnews.com",),
        articles=r"/.*\d{5,}.*",
        discovery=(Sitemap(url="/sitemap.xml", newest=r"/post-sitemap(\d*)"),),
        # A scraper read this sitemap in the year in which the main site refused to give the feed.
        state="unconfirmed",
        confidence="low",
        evidence="sitemap read by a scraper, 2026; www.bolnews.com answered 403, 2026-07",
        delay=3.0,
    )

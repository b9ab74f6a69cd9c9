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
        articles=r"/(?:.*/)?\d{5,}.*",
        discovery=(Sitemap(url="/sitemap.xml", newest=r"/post-sitemap(\d*)"),),
        # That scraper calls itself Googlebot where it is refused, as the main site refused others.
        state="unconfirmed",
        confidence="low",
        evidence="sitemap of 71,404 articles read by a scraper, 2026; main site gave 403, 2026-07",
        delay=3.0,
    )

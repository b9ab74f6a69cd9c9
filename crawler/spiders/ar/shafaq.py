"""Shafaq News in Arabic."""

from crawler.discovery.kinds import Feed, Listing
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider


class ShafaqSpider(OutletSpider):
    outlet = Outlet(
        name="shafaq",
        publisher="shafaq-news",
        hosts=("shafaq.com",),
        # Names of sections have letters stretched by a tatweel: /ar/مجتـمع/.
        articles=r"/ar/[^/?]+/[^/?]+",
        exclude=("/ar/tags/", "/ar/bbc-arabic/"),
        discovery=(Feed(url="/ar/rss.xml"), Listing(url="/ar/كل-الاخبار")),
        state="working",
        # One project of 2026 gave it up, without saying why.
        evidence="feed in a log of live feeds, 2026-07; the page of all news in a scraper, undated",
    )

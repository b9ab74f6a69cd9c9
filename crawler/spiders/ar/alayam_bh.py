"""Al Ayam of Bahrain."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class AlAyamBahrainSpider(OutletSpider):
    outlet = Outlet(
        name="alayam_bh",
        publisher="al-ayam-bh",
        hosts=("www.alayam.com",),
        articles=r"/\w+/\w+/\d+/News\.html",
        discovery=(Feed(url="/rss"),),
        layout=Layout(
            headline=("h1[itemprop='headline']",),
            body=("div#readerText",),
            published=("span.datetimefull", "div.article-time"),
        ),
        # An audit read headlines on its front page all the same, 2026-10.
        state="refused",
        confidence="low",
        evidence="403 to its feed and to crawlers, 2026-07; selectors of a scraper of 2019",
    )

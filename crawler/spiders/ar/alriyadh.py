"""Al-Riyadh."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider


class AlriyadhSpider(OutletSpider):
    outlet = Outlet(
        name="alriyadh",
        publisher="al-riyadh",
        hosts=("www.alriyadh.com",),
        articles=r"/\d{6,}",
        discovery=(Feed(url="/section.news.rss"),),
        evidence="a feed was alive 2026-07; that this is its path is a guess of feed lists",
    )

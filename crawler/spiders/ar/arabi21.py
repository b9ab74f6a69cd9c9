"""Arabi21."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider


class Arabi21Spider(OutletSpider):
    outlet = Outlet(
        name="arabi21",
        publisher="arabi21",
        hosts=("arabi21.com",),
        articles=r"/story/\d+(?:/.*)?",
        id=r"story/\d+",
        discovery=(Feed(url="/rss"), Feed(url="/Rss/SectionNewsRSS?id={each}", each=("1", "2"))),
        as_of=2026,
        evidence="both feeds in the configuration of a feed reader, without a date",
    )

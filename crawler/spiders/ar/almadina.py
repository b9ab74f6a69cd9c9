"""Al-Madina."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import GULF


class AlmadinaSpider(OutletSpider):
    outlet = Outlet(
        name="almadina",
        publisher="al-madina",
        platform=GULF,
        hosts=("www.al-madina.com",),
        articles=r"/article/\d+(?:/.*)?|/node/\d+/.*",  # the second form is that of 2015
        id=r"(?:article|node)/\d+",
        discovery=(Feed(url="/rssFeed/193"),),
        state="working",
        evidence="feed valid, with entries each day, in a table of feeds, 2026-03",
    )

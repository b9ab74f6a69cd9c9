"""Okaz."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import GULF


class OkazSpider(OutletSpider):
    outlet = Outlet(
        name="okaz",
        publisher="okaz",
        platform=GULF,
        hosts=("www.okaz.com.sa",),
        # The second form is that of 2015; "na" stands for a section that is not set.
        articles=r"(?:/[a-z-]+)+/\d{6,}|/new/Issues/\d{8}/Con\d+\.htm",
        id=r"\d{6,}$|new/Issues/.+",
        discovery=(Feed(url="/rssFeed/1"),),
        state="working",
        evidence="feed in a running aggregator, 2026-09",
    )

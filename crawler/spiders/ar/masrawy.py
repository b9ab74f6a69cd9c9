"""Masrawy."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider


class MasrawySpider(OutletSpider):
    outlet = Outlet(
        name="masrawy",
        publisher="masrawy",
        hosts=("www.masrawy.com", "beta.masrawy.com"),
        articles=r"/[Nn]ews/[\w-]+/details/\d{4}/\d{1,2}/\d{1,2}/\d+(?:/.*)?",
        id=r"details/\d{4}/\d{1,2}/\d{1,2}/\d+",
        # The entries of its feeds have no dates.
        discovery=(Feed(url="/rss/feed/{each}", each=("206/اقتصاد", "204/محافظات")),),
        state="working",
        evidence="feed of the economy in a log of feeds, without dates, 2026-07",
        as_of=2026,
        confidence="medium",
    )

"""Al-Quds Al-Arabi."""

from crawler.outlet import HouseStyle, Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import WORDPRESS


class AlQudsSpider(OutletSpider):
    outlet = Outlet(
        name="alquds",
        publisher="al-quds-al-arabi",
        platform=WORDPRESS,
        hosts=("www.alquds.co.uk",),
        # The first form redirects to the second.
        articles=r"/(?:\?p=\d+|[^/?]{8,}/?(?:\?.*)?)",
        identity=("p",),
        style=HouseStyle(datelines="often"),
        state="working",
        evidence="feed in a log of verified feeds, 2026-07",
    )

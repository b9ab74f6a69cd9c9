"""WAM, the Emirates News Agency."""

from crawler.discovery.kinds import Listing
from crawler.outlet import HouseStyle, Outlet
from crawler.spiders.base import OutletSpider


class WamSpider(OutletSpider):
    outlet = Outlet(
        name="wam",
        publisher="wam",
        hosts=("www.wam.ae",),
        articles=r"/ar/(?:article/[0-9a-z]+-.+|details/\d+)",
        discovery=(
            Listing(
                url="/ar/category/{each}",
                each=("sport", "football", "other-sports"),
                links=".single-blog-post a.post-title",
            ),
        ),
        style=HouseStyle(datelines="always"),
        # Feeds of summaries were in use in 2026, at addresses that only its scripts give.
        state="needs_browser",
        evidence="its pages hold no text before scripts run; lists read in a browser, 2026-05",
    )

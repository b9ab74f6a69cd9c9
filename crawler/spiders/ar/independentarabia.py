"""Independent Arabia."""

from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import SRMG


class IndependentArabiaSpider(OutletSpider):
    outlet = Outlet(
        name="independentarabia",
        publisher="independent-arabia",
        zone="Asia/Riyadh",
        platform=SRMG,
        hosts=("www.independentarabia.com",),
        state="working",
        confidence="low",
        evidence="feed alive in a log of feeds, 2026-07; sitemap only named",
    )

"""Makkah."""

from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import GULF


class MakkahnewspaperSpider(OutletSpider):
    outlet = Outlet(
        name="makkahnewspaper",
        publisher="makkah-newspaper",
        platform=GULF,
        hosts=("makkahnewspaper.com",),
        exclude=(r"/article/\d+/فيديو/",),
        evidence="both sitemaps named in the form of a site audit, 2026; not seen at work",
    )

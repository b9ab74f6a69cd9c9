"""Enab Baladi."""

from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import WORDPRESS


class EnabBaladiSpider(OutletSpider):
    outlet = Outlet(
        name="enabbaladi",
        publisher="enab-baladi",
        platform=WORDPRESS,
        hosts=("www.enabbaladi.net",),
        articles=r"/\d+(?:/.*)?",
        id=r"\d+",
        state="refused",
        evidence="its feed answered programs with 403 in a log of feeds, 2026-07",
    )

"""Siasat, the Urdu site."""

from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import WORDPRESS


class SiasatSpider(OutletSpider):
    outlet = Outlet(
        name="siasat",
        publisher="siasat",
        platform=WORDPRESS,
        hosts=("urdu.siasat.com",),
        articles=r"/news/[^/]+-\d+/?",
        id=r"(?<=-)\d+(?=/?(?:\?|$))",  # the letters before it are cut
        evidence="feed named in a reader's source, 2020; an article quoted, 2023-09",
    )

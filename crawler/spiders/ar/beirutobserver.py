"""Beirut Observer."""

from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import WORDPRESS


class BeirutObserverSpider(OutletSpider):
    outlet = Outlet(
        name="beirutobserver",
        publisher="beirut-observer",
        platform=WORDPRESS,
        hosts=("www.beirutobserver.com",),
        articles=r"/\d{4}/\d{2}/\d+/?",
        layout=Layout(body=("div.entry",), remove=("div.wpipa",)),
        confidence="high",
        evidence="feed named in the head of a saved page, 2020-11; not seen at work since",
    )

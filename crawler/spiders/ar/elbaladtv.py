"""Sada El-Balad TV."""

from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import WORDPRESS


class ElbaladTvSpider(OutletSpider):
    outlet = Outlet(
        name="elbaladtv",
        publisher="sada-el-balad-tv",
        platform=WORDPRESS,
        hosts=("elbaladtv.net",),
        articles=r"/[^/]{12,}/?",
        layout=Layout(body=("div.content-inner",), tags=(".jeg_post_tags a",)),
        confidence="high",
        evidence="feed named in the head of a saved page, 2020-12; not seen at work since",
    )

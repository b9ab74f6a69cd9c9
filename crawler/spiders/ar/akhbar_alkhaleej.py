"""Akhbar Al Khaleej."""

from crawler.discovery.kinds import Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class AkhbarAlkhaleejSpider(OutletSpider):
    outlet = Outlet(
        name="akhbar_alkhaleej",
        publisher="akhbar-al-khaleej",
        hosts=("akhbar-alkhaleej.com",),
        articles=r"/news/article/\d+",
        discovery=(Listing(url="/", links="a[href*='/news/article/']"),),
        layout=Layout(body=("p[dir=rtl]",), tags=("a[rel=tag]",)),
        confidence="high",
        state="working",
        evidence="front page and articles read by a scraper, checked live 2026-08",
    )

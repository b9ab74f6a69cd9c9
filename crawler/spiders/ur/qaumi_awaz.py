"""Qaumi Awaz."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class QaumiAwazSpider(OutletSpider):
    outlet = Outlet(
        name="qaumi_awaz",
        publisher="qaumi-awaz",
        hosts=("www.qaumiawaz.com",),
        articles=r"(?:/[a-z-]+)+/[a-z0-9-]{10,}",
        exclude=("/section/", "/topic/", "/author/", "/static"),
        discovery=(Feed(url="/feed"),),
        layout=Layout(body=("div.story-element-text",)),
        state="working",
        evidence="feed of some 79 entries a day in a verification log, 2026-09-24",
    )

"""Siasat, the Urdu site."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class SiasatSpider(OutletSpider):
    outlet = Outlet(
        name="siasat",
        publisher="siasat",
        hosts=("urdu.siasat.com",),
        articles=r"/news/[^/]+-\d+/?",
        id=r"(?<=-)\d+(?=/?(?:\?|$))",  # the letters before it are cut
        discovery=(Feed(url="/feed/"),),
        layouts=(Layout(body=("div.entry-content",)),),
        state="unconfirmed",
        as_of=2023,
        confidence="medium",
        evidence="feed named in a reader's source, 2020; an article quoted, 2023-09",
    )

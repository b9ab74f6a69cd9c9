"""Echorouk Online."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import WORDPRESS


class EchoroukOnlineSpider(OutletSpider):
    outlet = Outlet(
        name="echoroukonline",
        publisher="echorouk",
        platform=WORDPRESS,
        hosts=("www.echoroukonline.com",),
        articles=r"/[^/]{8,}/?",
        discovery=(Feed(url="/feed"),),
        layout=Layout(headline=("h1.ech-sgmn__title",), published=("time.ech-card__mtil",)),
        state="working",
        # Another project of 2026 tried the site and rejected it, without saying why.
        evidence="feed fresh in a check of 2026; selectors in a scraper of 2025-04",
    )

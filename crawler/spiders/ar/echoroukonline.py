"""Echorouk Online."""

from crawler.discovery.kinds import Feed, NewsSitemap
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
        discovery=(NewsSitemap(url="/news-sitemap.xml"), Feed(url="/feed")),
        layout=Layout(headline=("h1.ech-sgmn__title",), published=("time.ech-card__mtil",)),
        state="working",
        # Another project of 2026 tried the site and rejected it, without saying why.
        evidence="news sitemap gave headlines in an audit, 2026-10; feed fresh in a check of 2026",
    )

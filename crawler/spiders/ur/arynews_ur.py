"""ARY News, the Urdu site."""

from crawler.discovery.kinds import Feed, Sitemap
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import WORDPRESS


class AryNewsUrduSpider(OutletSpider):
    outlet = Outlet(
        name="arynews_ur",
        publisher="ary-news",
        platform=WORDPRESS,
        hosts=("urdu.arynews.tv",),
        # A page looks like an article; only the sitemap tells them apart.
        articles=r"/[a-z0-9-]+/?",
        discovery=(Feed(url="/feed/"), Sitemap(url="/sitemap.xml", newest=r"/post-sitemap(\d+)")),
        layout=Layout(body=("div.td-post-content", "div.tdb_single_content")),
        # Feed and sitemap were read, but clients that named themselves were refused.
        state="unconfirmed",
        confidence="high",
        evidence="feed read by scrapers, 2025; sitemap read as if by Googlebot, 2026",
    )

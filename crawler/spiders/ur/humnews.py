"""Hum News, the Urdu site."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import WORDPRESS


class HumNewsSpider(OutletSpider):
    outlet = Outlet(
        name="humnews",
        publisher="hum-news",
        platform=WORDPRESS,
        hosts=("humnews.pk",),
        articles=r"/[a-z-]+/\d+/?",
        # Dates stand in the feeds only, so that no listing is read.
        discovery=(
            Feed(url="/feed/?paged={n}", last=5),
            Feed(
                url="/{each}/feed/",
                each=("world", "sports", "business", "lifestyle", "science-tech"),
            ),
        ),
        layout=Layout(body=("div.post-content-full",)),
        state="working",
        evidence="feed in a scraper's configuration, 2026-05; listings read by scrapers, 2025-05",
    )

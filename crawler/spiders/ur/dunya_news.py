"""Dunya News, the Urdu site."""

from crawler.discovery.kinds import Listing
from crawler.outlet import HouseStyle, Layout, Outlet
from crawler.spiders.base import OutletSpider

SECTIONS = (
    "Pakistan", "World", "Sports", "Business", "Entertainment", "Technology", "Crime", "Cricket",
)  # fmt: skip


class DunyaNewsSpider(OutletSpider):
    outlet = Outlet(
        name="dunya_news",
        publisher="dunya-news",
        hosts=("urdu.dunyanews.tv",),
        articles=r"/index\.php/ur/\w+/\d+",
        discovery=(
            # Its feeds were no XML in 2026-07.
            Listing(
                url="/index.php/ur/{each}?page={n}",
                each=SECTIONS,
                last=3,
                links="div.cNewsBox h3 a, h3.newsttl a",
            ),
        ),
        layout=Layout(body=("div.main-news",), published=("div.newsdate",)),
        style=HouseStyle(datelines="often"),
        state="working",
        confidence="high",
        evidence="listings read by two scrapers, 2025-05",
    )

"""Geo News, the Urdu site."""

from crawler.discovery.kinds import Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class GeoUrduSpider(OutletSpider):
    outlet = Outlet(
        name="geo_ur",
        publisher="geo-news",
        hosts=("urdu.geo.tv",),
        articles=r"/latest/\d+-[^/?#]*",
        id=r"latest/\d+",
        discovery=(
            Listing(url="/latest-news", links="h2[data-vr-headline] a, div.singleBlock h2 a"),
            Listing(
                url="/category/{each}",
                each=("world", "sports", "business", "entertainment", "science-technology"),
                links="li.border-box a.open-section, div.m_pic a.open-section",
            ),
        ),
        layout=Layout(body=("div.content-area",)),
        delay=5.0,
        # Read without a browser in 2025; a report of 2026 has an empty shell, filled by scripts.
        state="unconfirmed",
        as_of=2025,
        evidence="listings read by scrapers, 2025-05; refuses some clients and no feed, 2026-07",
    )

"""Samaa TV, the Urdu site."""

from crawler.discovery.kinds import Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider

LINKS = "article.story-article h3 a, div.story-columns div.text a"
SECTIONS = ("tech", "lifestyle", "sports", "money", "global")


class SamaaUrduSpider(OutletSpider):
    outlet = Outlet(
        name="samaa_ur",
        publisher="samaa",
        hosts=("urdu.samaa.tv",),
        articles=r"/\d{10}",
        # Its feed gave HTML in 2026-07.
        discovery=(Listing(url="/{each}?page={n}", each=SECTIONS, last=3, links=LINKS),),
        layout=Layout(body=("div.article-content",)),
        # A thousand articles were read as a browser; clients that named themselves were refused.
        state="unconfirmed",
        evidence="listings read by scrapers, 2024-11; libraries refused (403), 2024",
    )

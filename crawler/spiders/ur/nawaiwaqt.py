"""Nawa-i-Waqt."""

from crawler.discovery.kinds import Feed, Sitemap
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import AJAX_PAGINATION

SECTIONS = ("national", "international", "sports", "karachi")


class NawaiWaqtSpider(OutletSpider):
    outlet = Outlet(
        name="nawaiwaqt",
        publisher="nawa-i-waqt",
        platform=AJAX_PAGINATION,
        hosts=("www.nawaiwaqt.com.pk",),
        # Until about 2019 a section stood before the day.
        articles=r"/(?:[^/]+/)?\d{2}-[A-Z][a-z]{2}-\d{4}/\d{5,9}",
        id=r"\d{2}-[A-Z][a-z]{2}-\d{4}/\d+",
        discovery=(
            # More than 800 children, of which the first are of 2009.
            Sitemap(url="/sitemap.xml", follow="/sitemap_", newest="last"),
            Feed(url="/rss/{each}", each=SECTIONS, machine_dates="local"),
        ),
        layout=Layout(headline=("h1.entry-title",), body=("div.content-inner",)),
        genres=(("رائے", "opinion"),),
        delay=3.0,
        state="working",
        confidence="high",
        evidence="sitemap read by two scrapers, 2026; feeds read in 2020",
    )

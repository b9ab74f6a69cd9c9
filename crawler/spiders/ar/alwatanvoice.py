"""Dunia Al-Watan."""

from crawler.discovery.kinds import Listing
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider


class AlwatanvoiceSpider(OutletSpider):
    outlet = Outlet(
        name="alwatanvoice",
        publisher="dunia-al-watan",
        zone="Asia/Gaza",
        hosts=("www.alwatanvoice.com",),
        articles=r"/arabic/news/\d{4}/\d{2}/\d{2}/\d+\.html",
        # Its feed was gone in July 2026. The page names stories only in buttons to share them.
        discovery=(Listing(url="/arabic"),),
        state="working",
        evidence="front page read by a live-checked scraper, 2026-08",
        as_of=2026,
        confidence="high",
    )

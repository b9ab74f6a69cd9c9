"""SPA (WAS), the Saudi Press Agency."""

from crawler.outlet import HouseStyle, Outlet
from crawler.spiders.base import OutletSpider


class SpaSpider(OutletSpider):
    outlet = Outlet(
        name="spa",
        publisher="spa",
        hosts=("www.spa.gov.sa",),
        articles=r"/(?:ar/)?[NWw]?\d{6,}|/details\.php\?id=\d+",
        id=r"(?:[NWw]|details\.php\?id=)?\d{6,}",
        style=HouseStyle(datelines="always"),
        # No feed was seen to answer; a table of 2026-03 tells of a sitemap, without its address.
        state="needs_browser",
        evidence="pages made by scripts, 2020s; robots.txt was a page, 2019; feeds guessed, 2026",
    )

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
        # Feeds of the old site and a guess of the new one's are listed; none was seen to answer.
        state="needs_browser",
        evidence="pages made by scripts, 2020s; robots.txt was a page, 2019; feeds guessed, 2026",
    )

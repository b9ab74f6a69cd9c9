"""Al Mada."""

from datetime import date

from crawler.discovery.kinds import Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import WORDPRESS


class AlmadapaperSpider(OutletSpider):
    outlet = Outlet(
        name="almadapaper",
        publisher="al-mada",
        platform=WORDPRESS,
        hosts=("almadapaper.net",),
        articles=r"/\d{4,}/?|/Details/\d+/.*",
        id=r"(?:Details/)?\d+",
        discovery=(Listing(url="/"),),
        layouts=(
            Layout(body=("p.wp-block-paragraph",), tags=("a[rel='tag']",)),
            Layout(
                until=date(2019, 12, 31),  # it was seen in February; its end is not known
                body=("div.article__entry",),
                published=("div.article__bar-aside span.text-en",),
            ),
        ),
        state="working",
        confidence="high",
        evidence="front page read by a live-checked scraper, 2026-08",
    )

"""Daily Aaj, Peshawar."""

from crawler.discovery.kinds import Listing
from crawler.outlet import HouseStyle, Layout, Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import WORDPRESS


class DailyAajSpider(OutletSpider):
    outlet = Outlet(
        name="dailyaaj",
        publisher="daily-aaj",
        platform=WORDPRESS,
        hosts=("www.dailyaaj.com.pk",),
        articles=r"/[^?#]{12,}",  # no address of an article was seen
        # Its feed was no XML in 2026-07. The sections stand in a menu, which no form follows.
        discovery=(Listing(url="/", links="div.archive-entry-content h4 a"),),
        layout=Layout(body=("div.entry-content",), published=("time.entry-date.published",)),
        style=HouseStyle(datelines="often"),  # a city as the first paragraph
        state="unconfirmed",
        confidence="low",
        evidence="sections of its menu read by a spider, 2024-03",
    )

"""Saba, the news agency in Aden."""

from crawler.discovery.kinds import Feed, Listing
from crawler.outlet import HouseStyle, Layout, Outlet
from crawler.spiders.base import OutletSpider


class SabanewSpider(OutletSpider):
    outlet = Outlet(
        name="sabanew",
        publisher="saba-aden",
        hosts=("www.sabanew.net",),
        articles=r"/(?:viewstory|story/ar)/\d+",  # the first form was seen in 2026
        id=r"\d+$",
        discovery=(
            Feed(url="/rss.php?lang=ar"),  # /rss was dead in 2026-07
            Listing(
                url="/category/ar/{each}/1",
                each=("0", "1", "2", "3", "4", "5"),
                links="div.col-md-9 div.col-md-12 > a",
            ),
        ),
        layout=Layout(published=("div.col-md-9 > div:nth-of-type(2)",)),
        style=HouseStyle(datelines="always"),
        state="working",
        evidence="entries of the feed in a running monitor's data, 2026-10; sections read 2024-09",
    )

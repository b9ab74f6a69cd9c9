"""Akhbar El-Yom."""

from crawler.discovery.kinds import Feed, Listing
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider


class AkhbarElYomSpider(OutletSpider):
    outlet = Outlet(
        name="akhbarelyom",
        publisher="akhbar-el-yom",
        hosts=("akhbarelyom.com", "m.akhbarelyom.com"),
        articles=r"/news/newdetails/\d+/\d+(?:/[^/?]+)?(?:/amp)?/?",
        id=r"news/newdetails/\d+/\d+",
        discovery=(
            Listing(url="/news/newssection/36/1/أخبار-الفن"),
            # In 2014 its dates were the clock of Cairo, called GMT.
            Feed(url="/RSS/GetSectionNewsRSS/1?SectionID=1", machine_dates="local"),
        ),
        confidence="high",
        evidence="the section in the menu of a page of 2020; the feed in lists of feeds, undated",
    )

"""UrduPoint Arabic."""

from crawler.discovery.kinds import Listing
from crawler.outlet import HouseStyle, Layout, Outlet
from crawler.spiders.base import OutletSpider


class UrduPointArabicSpider(OutletSpider):
    # No page of this edition was seen: the layout and the form of addresses are those of its
    # sisters.
    outlet = Outlet(
        name="urdupoint_ar",
        title="UrduPoint Arabic",
        native="اردو پوائنٹ عربي",
        language="ar",
        country="PK",
        zone="Asia/Karachi",
        hosts=("arabic.urdupoint.com",),
        articles=r"https?://(?:arabic\.urdupoint\.com|www\.urdupoint\.com/arabic)/.+-\d+\.html",
        discovery=(Listing(url="https://www.urdupoint.com/arabic/"),),
        publisher="urdupoint",
        as_of=2021,
        confidence="low",
        evidence="the edition is linked from a page of its sister of 2020-04",
        layout=Layout(
            body=("div.detail_txt",), tags=("div.tagcloud a",), remove=("div.detail_txt > h2",)
        ),
        style=HouseStyle(datelines="often", brands=("pakistan-point-news",)),
    )

"""WAFA, the Palestinian news agency."""

from crawler.discovery.kinds import Listing, Sitemap
from crawler.outlet import HouseStyle, Layout, Outlet
from crawler.spiders.base import OutletSpider


class WafaSpider(OutletSpider):
    outlet = Outlet(
        name="wafa",
        publisher="wafa",
        zone="Asia/Gaza",
        hosts=("www.wafa.ps",),
        articles=r"/news/\d{4}/\d{1,2}/\d{1,2}/[^?]+-\d+",
        # Its feed, /rss.xml, was not found in July 2026.
        discovery=(
            Sitemap(url="/sitemap.xml?yyyy={date.year}&mm={date.month}&dd={date.day}", days=2),
            Listing(url="/", links='a[href^="/news/"]'),
        ),
        layout=Layout(
            headline=("h3.title",), body=("div.content",), published=("span.meta-itemin.date",)
        ),
        style=HouseStyle(datelines="often"),
        state="working",
        evidence="daily sitemap read by a collector, 2026-07; front page read live, 2026-08",
        confidence="high",
    )

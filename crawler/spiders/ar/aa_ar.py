"""Anadolu Agency, the Arabic edition."""

from crawler.discovery.kinds import Feed
from crawler.outlet import HouseStyle, Layout, Outlet
from crawler.spiders.base import OutletSpider


class AnadoluArabicSpider(OutletSpider):
    outlet = Outlet(
        name="aa_ar",
        publisher="anadolu-arabic",
        hosts=("www.aa.com.tr",),
        articles=r"/ar/[^/?]+/[^/?]+/\d+",
        discovery=(Feed(url="/ar/rss/default?cat=guncel"),),
        # The markup of the Turkish edition; no page of this one was seen.
        layout=Layout(body=("div.detay-icerik",), published=("span.tarih",)),
        style=HouseStyle(datelines="always"),
        state="working",
        evidence="feed found alive in a log of feeds, 2026-07",
    )

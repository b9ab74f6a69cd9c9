"""Mehr News Agency, the Arabic site."""

from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import NASTOOH


class MehrNewsArabicSpider(OutletSpider):
    outlet = Outlet(
        name="mehrnews_ar",
        publisher="mehr-arabic",
        platform=NASTOOH,
        hosts=("ar.mehrnews.com",),
        state="unconfirmed",
        as_of=2020,
        confidence="low",
        evidence="feed named in two lists and an address of an article, both without a date",
    )

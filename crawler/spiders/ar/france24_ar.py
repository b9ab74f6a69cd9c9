"""France 24, the Arabic edition."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class France24ArabicSpider(OutletSpider):
    outlet = Outlet(
        name="france24_ar",
        publisher="france-24-arabic",
        hosts=("www.france24.com",),
        # A few addresses lack the "-" behind the date.
        articles=r"/ar/(?:[^/?]+/)*\d{8}-?[^/?]+/?",
        discovery=(Feed(url="/ar/rss"),),
        layout=Layout(body=(".t-content__body",), authors=(".m-from-author__name",)),
        state="working",
        evidence="feed answered in a report on a reader's feeds, 2026-02",
    )

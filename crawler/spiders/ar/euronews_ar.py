"""Euronews Arabic."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class EuronewsArabicSpider(OutletSpider):
    outlet = Outlet(
        name="euronews_ar",
        publisher="euronews-arabic",
        hosts=("arabic.euronews.com",),
        articles=r"/(?:[a-z-]+/)*\d{4}/\d{2}/\d{2}/[^/?]+",
        discovery=(Feed(url="/rss"),),
        # The body of its sisters in other languages; no page of this one was seen.
        layout=Layout(body=(".c-article-content",)),
        state="working",
        evidence="feed in the list of a running aggregator, 2026-09",
    )

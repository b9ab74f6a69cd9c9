"""Al-Shorouk of Cairo."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class ShorouknewsSpider(OutletSpider):
    outlet = Outlet(
        name="shorouknews",
        publisher="al-shorouk-eg",
        hosts=("www.shorouknews.com",),
        articles=r"/(?:mobile/)?(?:news|columns)/view\.aspx\?cdate=\d{8}&id=[0-9a-fA-F-]{36}",
        identity=("cdate", "id"),
        rewrites=(("^/mobile/", "/"),),
        discovery=(Feed(url="/{each}/rss", each=("main", "columns")),),
        layout=Layout(tags=("div.relatedWords a",)),
        genres=(("/columns/", "opinion"),),
        state="working",
        evidence="feed of columns valid in a list of feeds, 2026-03; the main feed undated",
    )

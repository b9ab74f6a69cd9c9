"""RT Arabic."""

from crawler.discovery.kinds import Feed, Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class RtArabicSpider(OutletSpider):
    outlet = Outlet(
        name="rt_ar",
        publisher="rt-arabic",
        zone="Europe/Moscow",
        hosts=("arabic.rt.com",),
        articles=r"/[a-z_-]+/\d+-[^/?]*/?",
        id=r"\d+",
        discovery=(
            Listing(url="/{each}/", each=("world", "middle_east", "business", "sport")),
            Feed(url="/rss/"),
        ),
        layout=Layout(
            headline=("div.article h1.heading",),
            body=("div.text.js-mediator-article",),
            tags=("div.news-tags_article a",),
        ),
        state="working",
        evidence="sections read by a running digest, 2026-08; feed in lists without a date",
    )

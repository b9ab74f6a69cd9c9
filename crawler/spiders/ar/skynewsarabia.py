"""Sky News Arabia."""

from datetime import date

from crawler.discovery.kinds import Feed
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider

# The page is made by a script, from a document in an attribute of its <body>.
TODAY = Layout(
    data="body::attr(data-sna-init)",
    headline=("initData.headline",),
    body=("initData.body",),
    published=("initData.date",),
    remove=("iframe", "//*[starts-with(name(), 'sna-')]"),
)
# Seen in 2020.
UNTIL_2022 = Layout(
    until=date(2022, 12, 31),
    headline=("h1.sna_content_heading",),
    body=("div.article-body #firstBodyDiv", "div.article-body"),
    tags=("div.article-tags h2",),
)


class SkyNewsArabiaSpider(OutletSpider):
    outlet = Outlet(
        name="skynewsarabia",
        publisher="sky-news-arabia",
        hosts=("www.skynewsarabia.com",),
        articles=r"/(?:web/article/\d+(?:/.*)?|[a-z-]+/\d{5,}(?:-[^/?]*)?)",
        id=r"\d{5,}",
        discovery=(Feed(url="/rss"),),
        layouts=(TODAY, UNTIL_2022),
        state="working",
        evidence="feed in the list of a running aggregator, 2026-09",
        confidence="high",
    )

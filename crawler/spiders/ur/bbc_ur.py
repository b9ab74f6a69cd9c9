"""BBC News Urdu."""

from crawler.discovery.kinds import Feed, NewsSitemap
from crawler.outlet import HouseStyle, Layout, Outlet
from crawler.spiders.base import OutletSpider


class BbcUrduSpider(OutletSpider):
    outlet = Outlet(
        name="bbc_ur",
        zone="Asia/Karachi",
        hosts=("www.bbc.com", "www.bbc.co.uk"),
        also=("feeds.bbci.co.uk",),
        articles=r"/urdu/(?:articles/c[0-9a-z]{10,12}o|live/[a-z]+-\d{8}"
        r"|(?:pakistan|world|regional|sport|science|entertainment)-\d{8})",
        discovery=(
            Feed(url="https://feeds.bbci.co.uk/urdu/rss.xml"),
            # All BBC services in three to five files, two days of each.
            NewsSitemap(
                url="/sitemaps/https-index-com-news.xml",
                follow=r"/https-sitemap-com-news-\d+\.xml$",
                children=5,
            ),
        ),
        publisher="bbc-urdu",
        confidence="high",
        state="working",
        evidence="feed answered in many public lists, BBC sitemaps read in 2026",
        # Class names are hashes that change with each build: none is named.
        layout=Layout(
            headline=("h1#content",), remove=("figure", "section[data-e2e]", "p[role=text]")
        ),
        style=HouseStyle(datelines="never"),
        delay=4.0,
    )

"""BBC News Arabic."""

from crawler.discovery.kinds import Feed, Listing
from crawler.outlet import HouseStyle, Layout, Outlet
from crawler.spiders.base import OutletSpider


class BbcArabicSpider(OutletSpider):
    outlet = Outlet(
        name="bbc_ar",
        zone="GMT",
        hosts=("www.bbc.com", "www.bbc.co.uk"),
        also=("feeds.bbci.co.uk",),
        articles=r"/arabic/(?:articles/c[0-9a-z]{10,12}[oa]|live/[a-z0-9-]+"
        r"|(?:world|middleeast|art-and-culture|business|science-and-tech|sports?|trending|magazine|interactivity"
        r"|media|inthepress|multimedia|vert-\w+)-\d{8}|\d{8})",
        discovery=(
            Feed(url="https://feeds.bbci.co.uk/arabic/rss.xml"),
            Listing(
                url="/arabic/topics/cv2xyrnr8dnt",
                links='a[href*="/arabic/articles/"]',
            ),
        ),
        publisher="bbc-arabic",
        confidence="high",
        state="working",
        evidence="pages of topics read by a live-checked scraper, 2026-08; feed in lists, undated",
        # Class names are hashes that change with each build: none is named.
        layout=Layout(
            headline=("h1#content",), remove=("figure", "section[data-e2e]", "p[role=text]")
        ),
        style=HouseStyle(datelines="never"),
        delay=4.0,
    )

"""CNN Arabic."""

from datetime import date

from crawler.discovery.kinds import Feed, Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider

SECTIONS = ("middle-east", "business", "world", "sport", "science-and-health")

# Most class names are hashes that change with each build: none of them is named.
TODAY = Layout(body=("div.wysiwyg",), published=("time[datetime]",))
# Seen in August 2013.
UNTIL_2013 = Layout(
    until=date(2013, 12, 31),
    headline=(".cnn_storyarea h1",),
    body=("div.cnn_strycntntrgt > p",),
    published=(".cnn_strytmstmp",),
)


class CnnArabicSpider(OutletSpider):
    outlet = Outlet(
        name="cnn_ar",
        publisher="cnn-arabic",
        hosts=("arabic.cnn.com",),
        articles=r"/(?:[a-z-]+/)?(?:article/)?\d{4}/\d{2}/\d{2}/[^/?]+"
        r"|/\d{4}/[a-z_]+/\d{1,2}/\d{1,2}/[^/]+/index\.html",
        discovery=(
            Listing(url="/{each}", each=SECTIONS, links='a[href*="/article/"]'),
            Feed(url="/api/v1/rss/rss.xml"),
        ),
        layouts=(TODAY, UNTIL_2013),
        state="working",
        evidence="sections read by a live-checked scraper, 2026-08; the feed's date is unknown",
        confidence="high",
    )

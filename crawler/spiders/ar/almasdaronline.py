"""Al Masdar Online."""

from crawler.discovery.kinds import Feed, Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class AlmasdarOnlineSpider(OutletSpider):
    outlet = Outlet(
        name="almasdaronline",
        publisher="almasdar-online",
        hosts=("almasdaronline.com",),
        articles=r"/articles/\d+/?",
        discovery=(Feed(url="/rss"), Listing(url="/", links='a[href^="/articles/"]')),
        layouts=(
            # The attribute has words: "24 فبراير 2026".
            Layout(body=("div.page_content",), published=("time::attr(datetime)",)),
        ),
        state="working",
        confidence="high",
        evidence="feed in a running aggregator, 2026-09; front page read by a scraper, 2026-08",
    )

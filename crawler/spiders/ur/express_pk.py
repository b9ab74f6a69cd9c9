"""Express News (Urdu)."""

from crawler.discovery.kinds import Feed, Sitemap
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class ExpressPkSpider(OutletSpider):
    outlet = Outlet(
        name="express_pk",
        publisher="express-pk",
        hosts=("www.express.pk",),
        articles=r"/story/\d+/[^/]+/?",
        id=r"story/\d+",
        # The index of some 90 children has no dates; the first is the newest.
        discovery=(Feed(url="/feed/"), Sitemap(url="/sitemap.xml", follow=r"/posts-1\.xml$")),
        layout=Layout(body=("span.story-text",), authors=(".story-byline a",)),
        state="working",
        confidence="high",
        evidence="feed valid in a list of feeds, 2026-03; sitemap read by a scraper, 2026",
    )

"""Independent Urdu."""

from crawler.discovery.kinds import Feed, Listing, Sitemap
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class IndependentUrduSpider(OutletSpider):
    outlet = Outlet(
        name="independent_ur",
        publisher="independent-urdu",
        hosts=("www.independenturdu.com",),
        articles=r"/node/\d+(?:/[^?#]*)?",
        id=r"node/\d+",
        discovery=(
            Feed(url="/rss.xml"),
            Sitemap(url="/sitemap.xml", newest=r"[?]page=(\d+)"),
            Listing(url="/", links="h4[data-vr-headline] a"),
        ),
        layout=Layout(body=(".node__content",)),
        state="working",
        evidence="pages of the sitemap read by a scraper, 2026; the feed works in several lists",
    )

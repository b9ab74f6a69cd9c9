"""Neo News."""

from crawler.discovery.kinds import Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import AJAX_PAGINATION

SECTIONS = ("international", "sports", "technology", "business", "entertainment")


class NeoNewsSpider(OutletSpider):
    outlet = Outlet(
        name="neonews",
        publisher="neo-news",
        platform=AJAX_PAGINATION,
        hosts=("www.neonews.pk",),
        discovery=(Listing(url="/{each}", each=SECTIONS, links="h3.entry-title.post-ur a"),),
        layout=Layout(body=("div.news-detail-content",)),
        state="working",
        confidence="low",
        evidence="sections read by a scraper, 2024-11; an address of an article, 2025-10",
    )

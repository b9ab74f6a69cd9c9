"""City 42."""

from crawler.discovery.kinds import Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import AJAX_PAGINATION

SECTIONS = ("entertainment", "sports", "technology", "business")


class City42Spider(OutletSpider):
    outlet = Outlet(
        name="city42",
        publisher="city-42",
        platform=AJAX_PAGINATION,
        hosts=("www.city42.tv",),
        discovery=(
            Listing(url="/{each}", each=SECTIONS, links="div.zm-post-header h2.zm-post-title a"),
        ),
        layout=Layout(body=("div.zm-post-content",), published=("a.detail-page-date",)),
        # Its sections were read, but no address of an article has been seen.
        state="unconfirmed",
        confidence="low",
        evidence="sections read by a scraper, 2024-11",
    )

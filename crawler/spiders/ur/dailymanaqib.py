"""Daily Manaqib."""

from crawler.discovery.kinds import Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import WORDPRESS

SECTIONS = (
    *("hot-news", "pakistan-news", "crime", "sports-news", "columns"),
    *("international", "national", "business", "showbiz"),
)


class DailymanaqibSpider(OutletSpider):
    outlet = Outlet(
        name="dailymanaqib",
        publisher="daily-manaqib",
        platform=WORDPRESS,
        hosts=("dailymanaqib.com",),
        articles=r"/[^/]+/?",
        discovery=(
            Listing(
                url="/News-category/{each}",
                each=SECTIONS,
                links="div.archive-post-grid article h4 a",
                next="a.next.page-numbers",
                pages=3,
            ),
        ),
        layout=Layout(
            body=("div.entry-content",),
            published=("time.updated",),
            section=("span.cat-links a",),
            image=("div.post-header-image img",),
        ),
        evidence="sections read by a spider, 2024",
    )

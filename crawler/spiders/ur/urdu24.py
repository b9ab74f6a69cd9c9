"""24 News HD, the Urdu site."""

from crawler.discovery.kinds import Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import AJAX_FORM, AJAX_PAGINATION

FORM = {**AJAX_FORM, "post_per_page": "20"}
SECTIONS = ("business", "entertainment", "sports", "world")


class Urdu24Spider(OutletSpider):
    outlet = Outlet(
        name="urdu24",
        publisher="24-news",
        platform=AJAX_PAGINATION,
        hosts=("www.24urdu.com",),
        discovery=(
            Listing(
                url="/ajax_post_pagination", form=FORM, each=SECTIONS, first=0, step=20, last=40
            ),
        ),
        layout=Layout(body=("div.detail_page_content",), published=("span.auth-rp-date",)),
        state="working",
        evidence="listings read by scrapers, 2024-11 and 2025",
    )

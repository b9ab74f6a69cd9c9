"""Daily Pakistan."""

from crawler.discovery.kinds import Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import AJAX_FORM, AJAX_PAGINATION

SECTIONS = ("national", "international", "sports", "business", "crime-and-justice")


class DailyPakistanSpider(OutletSpider):
    outlet = Outlet(
        name="dailypakistan",
        publisher="daily-pakistan",
        platform=AJAX_PAGINATION,
        hosts=("dailypakistan.com.pk",),
        discovery=(
            # Its feed was dead in 2026-07.
            Listing(
                url="/ajax_post_pagination",
                form=AJAX_FORM,
                each=SECTIONS,
                first=0,
                step=36,
                last=72,
            ),
        ),
        layout=Layout(
            body=("div.news-detail-content-class",),
            published=("div.large-post-meta span",),
            section=("div.more-category h3 a",),
        ),
        state="working",
        evidence="listings read by spiders, 2024 and 2025",
    )

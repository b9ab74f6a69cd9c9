"""Hespress."""

from crawler.discovery.kinds import Feed, Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import WORDPRESS


class HespressSpider(OutletSpider):
    outlet = Outlet(
        name="hespress",
        publisher="hespress",
        platform=WORDPRESS,
        hosts=("www.hespress.com",),
        articles=r"/[^/]+-\d+\.html",
        id=r"\d+\.html",  # what stands before it is cut at a length
        discovery=(
            Feed(url="/feed"),
            Listing(
                url="/?action=ajax_listing&paged={n}", last=3, links="div.card a.stretched-link"
            ),
        ),
        layout=Layout(
            body=("div.article-content",),
            published=("span.date-post",),
            authors=("span.author a",),
            tags=("section.box-tags a.tag_post_tag",),
        ),
        state="working",
        confidence="high",
        evidence="feed in a log of verified feeds, 2026-07; listing read by a scraper, 2025-01",
    )

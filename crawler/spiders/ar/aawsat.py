"""Asharq Al-Awsat."""

from crawler.discovery.kinds import Feed, Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class AawsatSpider(OutletSpider):
    outlet = Outlet(
        name="aawsat",
        publisher="asharq-al-awsat",
        hosts=("aawsat.com",),
        articles=r"/(?:home/article/\d+(?:/[^?]*)?|[^/?]+/(?:[^/?]+/)?\d{6,}(?:-[^?]*)?)",
        id=r"\d{6,}",
        discovery=(
            Feed(url="/feed"),
            Listing(url="/{each}", each=("العالم-العربي", "العالم", "الاقتصاد")),
        ),
        layout=Layout(
            # Further articles follow on the page, each in an element of its own.
            body=("div.first-article-node",),
            published=("div.first-article-node::attr(data-publicationdate)",),
            credit=("[rel=author]", ".author-name"),
            tags=('a[href*="/tags/"]',),
        ),
        delay=10.0,
        state="working",
        evidence="feed in the list of a running aggregator, 2026-09; sections read live 2026-08",
        confidence="high",
    )

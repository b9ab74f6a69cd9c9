"""Arabi21."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class Arabi21Spider(OutletSpider):
    outlet = Outlet(
        name="arabi21",
        title="Arabi21",
        native="عربي21",
        language="ar",
        country="GB",
        zone="Europe/London",
        hosts=("arabi21.com",),
        articles=r"https?://arabi21\.com/story/\d+(?:/[^?]*)?",
        rewrites=((r"^(/story/\d+).*", r"\1"),),
        discovery=(
            Feed(url="https://arabi21.com/rss"),
            Feed(url="https://arabi21.com/Rss/SectionNewsRSS?id=1"),
            Feed(url="https://arabi21.com/Rss/SectionNewsRSS?id=2"),
        ),
        publisher="arabi21",
        as_of=2026,
        confidence="medium",
        layouts=(Layout(credit=("span.byline",)),),
    )

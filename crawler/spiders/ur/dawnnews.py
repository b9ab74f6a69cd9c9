"""Dawn News, the Urdu site."""

from crawler.discovery.kinds import Feed, Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class DawnNewsSpider(OutletSpider):
    outlet = Outlet(
        name="dawnnews",
        publisher="dawn-news",
        hosts=("www.dawnnews.tv",),
        articles=r"/news/\d+(?:/[^?#]*)?",
        id=r"news/\d+",
        discovery=(
            Feed(url="/feeds/{each}", each=("pakistan", "world", "business", "sports", "sci-tech")),
            Listing(
                url="/archive/pakistan/{date:%Y-%m-%d}",
                days=2,
                links="article h2.story__title a",
            ),
        ),
        layout=Layout(
            headline=("h1.story__title", "h2.story__title"),  # a bare h1 may be the site's name
            body=("div.story__content",),
            published=("span.timestamp__date::attr(title)",),
            authors=(".story__byline a",),
        ),
        delay=2.5,
        state="working",
        confidence="high",
        evidence="feeds in a running scraper's configuration, 2026-05; archive read, 2024-11",
    )

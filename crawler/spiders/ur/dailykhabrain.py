"""Daily Khabrain."""

from crawler.discovery.kinds import Feed, Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import WORDPRESS


class DailykhabrainSpider(OutletSpider):
    outlet = Outlet(
        name="dailykhabrain",
        publisher="daily-khabrain",
        platform=WORDPRESS,
        hosts=("dailykhabrain.com.pk",),
        articles=r"/(?:\d{4}/\d{2}/\d{2}/)?[^/]+/?",  # a slug, or a number after the date
        exclude=(*WORDPRESS.exclude, r"/(?:about|contact|privacy)"),
        discovery=(
            Listing(
                url="/category/{each}/",
                each=("pakistan",),
                links="h3.entry-title a, div.col-md-6 h3 a",
                next="a.next.page-numbers",
                pages=2,
            ),
            Feed(url="/feed/"),  # only named; the dates of the day's articles stand in it
        ),
        layout=Layout(
            body=("div.entry-content",),
            published=("time.entry-date",),
            authors=("a.url.fn.n",),
            tags=("a[rel='tag']",),
        ),
        evidence="sections read by two scrapers, 2024, one of which met 403 at times",
    )

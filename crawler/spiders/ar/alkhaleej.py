"""Al Khaleej."""

from crawler.discovery.kinds import Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class AlkhaleejSpider(OutletSpider):
    outlet = Outlet(
        name="alkhaleej",
        publisher="al-khaleej",
        hosts=("www.alkhaleej.ae",),
        # <slug>-<number>/<section> up to 2026-04, <section>/<slug> without a number since
        articles=r"/\d{4}-\d{2}-\d{2}/.+",
        discovery=(Listing(url="/"),),
        layout=Layout(
            headline=("h1.article-title",),
            body=("div.article-content-wrapper div.article-text",),
            published=("time[datetime]",),
            tags=("a[href*='/tags/']",),
        ),
        confidence="high",
        state="working",
        evidence="front page and articles read by a scraper, checked live 2026-08",
    )

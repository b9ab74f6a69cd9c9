"""Al-Anba (Kuwait)."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class AlanbaSpider(OutletSpider):
    outlet = Outlet(
        name="alanba",
        publisher="al-anba",
        hosts=("www.alanba.com.kw",),
        # No address of an article was seen: the pattern is unverified.
        articles=r"/(?:[\w-]+/)*\d{5,}(?:/.*)?",
        discovery=(Feed(url="/rss"),),
        layout=Layout(
            headline=("#dvOrgArticle article h1",),
            body=("#maincontent",),
            published=("div.post_date",),
        ),
        evidence="a feed was alive 2026-07, its exact path unconfirmed; selectors of 2022",
    )

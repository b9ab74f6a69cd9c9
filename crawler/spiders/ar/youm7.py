"""Youm7."""

from crawler.discovery.kinds import Feed, Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider

# /Section/أخبار-عاجلة/65/1: breaking news, the section of the feed
BREAKING = "https://www.youm7.com/Section/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1-%D8%B9%D8%A7%D8%AC%D9%84%D8%A9/65/1"


class Youm7Spider(OutletSpider):
    outlet = Outlet(
        name="youm7",
        hosts=("www.youm7.com", "m.youm7.com"),
        articles=r"/(?:story|amp)/\d{4}/\d{1,2}/\d{1,2}/[^/]+/\d+",
        rewrites=(("^/amp/", "/story/"),),
        discovery=(
            Feed(url="/rss/SectionRss?SectionID=65"),
            Listing(url=BREAKING, links="div.bigOneSec h3 a"),
        ),
        publisher="youm7",
        confidence="high",
        state="working",
        evidence="this section's feed was live in 2026-07",
        layout=Layout(
            headline=("div.articleHeader h1",),
            body=("div#articleBody",),
            published=("span.newsStoryDate",),
            authors=("span.writeBy",),
            section=("div.breadcumb a:last-of-type",),
            tags=("div.tags h3 a",),
            image=("div.img-cont img",),
            remove=("div.bgforads", "div.NEwShare_Icons"),
            machine_dates="local",
        ),
    )

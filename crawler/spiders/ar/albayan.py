"""Al Bayan."""

from datetime import date

from crawler.discovery.kinds import Feed
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class AlbayanSpider(OutletSpider):
    outlet = Outlet(
        name="albayan",
        publisher="al-bayan",
        hosts=("www.albayan.ae",),
        articles=r"/(?:[\w-]+/)*\d{4}-\d{2}-\d{2}-\d\.\d+",
        # latest, the Emirates, world, economy, sport
        discovery=(Feed(url="/cmlink/{each}", each=("1.446", "1.448", "1.450", "1.452", "1.453")),),
        layouts=(
            Layout(body=("p.article-text",), published=("time.post-time",)),
            Layout(
                until=date(2024, 12, 31),
                headline=("h1.title[itemprop~=headline]",),
                body=("#articledetails", "div.articlecontent"),
                published=("time.date.published",),
                credit=("div.source li",),
                section=("ul.breadcrumb li:last-child [itemprop=name]",),
                remove=("p.follow-google", "div.metadata"),
            ),
        ),
        as_of=2025,
        confidence="high",
        # The site was rebuilt after 2024: whether feeds and addresses outlived it was not seen.
        evidence="feeds in the head of a page of 2020",
    )

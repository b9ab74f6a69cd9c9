"""Al-Masry Al-Youm."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider

# world, Egypt, economy, accidents, sport, arts
SECTIONS = ("2", "3", "4", "7", "8", "10")


class AlmasryalyoumSpider(OutletSpider):
    outlet = Outlet(
        name="almasryalyoum",
        publisher="al-masry-al-youm",
        hosts=("www.almasryalyoum.com",),
        articles=r"/news/details/\d+(?:/.*)?",
        id=r"news/details/\d+",
        # In 2014 the dates of its feeds were the clock of Cairo, called GMT.
        discovery=(
            Feed(url="/rss/rssfeeds?sectionId={each}", each=SECTIONS, machine_dates="local"),
        ),
        state="working",
        evidence="section feeds in a log of live feeds, 2026-07",
        confidence="high",
    )

"""Al-Watan, of Saudi Arabia."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import GULF


class AlwatanSaudiSpider(OutletSpider):
    outlet = Outlet(
        name="alwatan_sa",
        publisher="al-watan-sa",
        platform=GULF,
        hosts=("www.alwatan.com.sa",),
        # The second form is that of 2015.
        articles=r"/article/\d+(?:/.*)?|/\w+/News_Detail\.aspx\?ArticleID=\d+.*",
        id=r"article/\d+|articleid=\d+",
        discovery=(Feed(url="/rssFeed/1"),),
        state="working",
        evidence="feed gave headlines in an audit of sources, 2026-10",
    )

"""FilGoal: football."""

from crawler.discovery.kinds import Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class FilgoalSpider(OutletSpider):
    outlet = Outlet(
        name="filgoal",
        publisher="filgoal",
        hosts=("www.filgoal.com",),
        articles=r"/articles/\d+(?:/.*)?",
        id=r"articles/\d+",
        discovery=(Listing(url="/articles"), Listing(url="/section/88/articles/الدوري-المصري")),
        # A card of player and team stands between paragraphs; dates have the offset of winter in
        # summer too.
        layouts=(Layout(remove=("div#extra",), machine_dates="local"),),
        as_of=2026,
        confidence="high",
        # Cloudflare has refused some crawlers in 2026.
        evidence="both linked from a page of 2026-05; they themselves were not seen",
    )

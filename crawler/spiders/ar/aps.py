"""APS, the Algeria Press Service."""

from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class ApsSpider(OutletSpider):
    outlet = Outlet(
        name="aps",
        publisher="aps",
        hosts=("www.aps.dz",),
        articles=r"/ar/[a-z-]+/\d+-[^/]+",
        layout=Layout(
            headline=("h2.itemTitle",),
            body=("div.itemBody", "#txt_depeche"),
            published=("span.itemDateCreated",),
        ),
        state="dead_discovery",
        evidence="its only known feed answered 404, 2026-07; out of reach of an audit, 2026-10",
    )

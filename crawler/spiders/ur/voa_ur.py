"""VOA Urdu."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class VoaUrduSpider(OutletSpider):
    outlet = Outlet(
        name="voa_ur",
        publisher="voa-urdu",
        zone="Asia/Karachi",
        hosts=("www.urduvoa.com",),
        articles=r"/(?:a|content)/(?:[^/]+/)?\d+\.html",
        discovery=(
            # News, sports, arts, science.
            Feed(url="/api/{each}", each=("zoot_egkty", "zuytpepqum", "zg_tte_rut", "zoytmegru_")),
        ),
        layout=Layout(body=("div.wsw",)),
        # An article opened in 2026, but USAGM's services were cut in 2025: it may be frozen.
        state="unconfirmed",
        as_of=2024,
        evidence="feeds named in a reader's source, 2020; one saved in 2014",
    )

"""Libya Alahrar."""

from crawler.discovery.kinds import Listing
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import WORDPRESS


class LibyaAlahrarSpider(OutletSpider):
    outlet = Outlet(
        name="libyaalahrar",
        publisher="libya-alahrar",
        platform=WORDPRESS,
        hosts=("libyaalahrar.tv",),
        articles=r"/\d{4}/\d{2}/\d{2}/[^/]+/?",
        discovery=(Listing(url="/category/{each}/", each=("libya", "world", "eco")),),
        state="working",
        confidence="high",
        evidence="sections read by a live-checked scraper, 2026-08",
    )

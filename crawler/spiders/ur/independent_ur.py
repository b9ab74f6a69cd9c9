"""Independent Urdu."""

from crawler.discovery.kinds import Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import SRMG


class IndependentUrduSpider(OutletSpider):
    outlet = Outlet(
        name="independent_ur",
        publisher="independent-urdu",
        platform=SRMG,
        hosts=("www.independenturdu.com",),
        discovery=(*SRMG.discovery, Listing(url="/", links="h4[data-vr-headline] a")),
        layout=Layout(body=(".node__content",)),
        state="working",
        evidence="pages of the sitemap read by a scraper, 2026; the feed works in several lists",
    )

"""DW Urdu."""

from crawler.discovery.kinds import Feed
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class DwUrduSpider(OutletSpider):
    outlet = Outlet(
        name="dw_ur",
        publisher="dw-urdu",
        zone="Europe/Berlin",
        hosts=("www.dw.com", "p.dw.com"),
        articles=r"/ur/[^?#]+/a-\d+",
        discovery=(Feed(url="https://rss.dw.com/rdf/rss-urdu-all"),),
        layout=Layout(body=(".content-area", "div.longText"), remove=(".slideshow", ".gallery")),
        state="unconfirmed",
        as_of=2022,
        evidence="feed named in a reader's source, 2020",
    )

"""Al Jarida."""

from crawler.discovery.kinds import Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import GULF


class AljaridaSpider(OutletSpider):
    outlet = Outlet(
        name="aljarida",
        publisher="al-jarida",
        platform=GULF,
        hosts=("www.aljarida.com",),
        discovery=(Listing(url="/"),),
        layout=Layout(
            headline=("div.title h1",),
            body=("section#paragraphs",),
            published=("li.time span.date",),
            authors=("li.writers a.tagname",),
        ),
        state="working",
        evidence="front page gave headlines in an audit of sources, 2026-10; selectors of 2022",
    )

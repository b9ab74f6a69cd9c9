"""Petra, the Jordan News Agency."""

from crawler.discovery.kinds import Listing
from crawler.outlet import HouseStyle, Layout, Outlet
from crawler.spiders.base import OutletSpider


class PetraSpider(OutletSpider):
    outlet = Outlet(
        name="petra",
        publisher="petra",
        hosts=("petra.gov.jo",),
        articles=r"/Include/InnerPage\.jsp\?ID=\d+&lang=ar(?:&name=\w+)?",
        id=r"Include/InnerPage\.jsp\?ID=\d+",
        discovery=(
            Listing(
                url="/Ajax/NewsWeekAjax.jsp?date={date:%d/%m/%Y}&lang=ar&name=news&Slug=",
                days=2,
                links="ul#NNewsList li i::attr(data-id)",
                address="/Include/InnerPage.jsp?ID={id}&lang=ar&name=news",
            ),
        ),
        layout=Layout(
            headline=("div.TittleArtical > *",),
            body=("div#BodyArtical",),
            published=("div#BodyArtical > p:last-of-type",),
            remove=("div#BodyArtical > p:last-of-type",),
        ),
        style=HouseStyle(datelines="always"),
        # Articles of 2025 have these addresses; one was cited at /ar/index.php/ in 2026.
        evidence="days and articles read by a spider, 2021; out of reach of a reader, 2026",
    )

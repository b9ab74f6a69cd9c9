"""IRNA Arabic."""

from crawler.outlet import HouseStyle, Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import NASTOOH


class IrnaArabicSpider(OutletSpider):
    outlet = Outlet(
        name="irna_ar",
        publisher="irna-arabic",
        platform=NASTOOH,
        hosts=("ar.irna.ir",),
        style=HouseStyle(datelines="always"),
        state="unconfirmed",
        evidence="both sitemaps named in robots.txt of irna.ir, 2019; no page of its own seen",
    )

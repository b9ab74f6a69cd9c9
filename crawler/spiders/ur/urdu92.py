"""92 News, the Urdu site."""

from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider


class Urdu92Spider(OutletSpider):
    outlet = Outlet(
        name="urdu92",
        publisher="92-news",
        hosts=("urdu.92newshd.tv", "www.92newshd.tv"),
        articles=r"/.+",
        exclude=("/feed/?$", "/category/"),
        state="refused",
        confidence="low",
        evidence="Cloudflare turned all plain clients away, 2026-05",
    )

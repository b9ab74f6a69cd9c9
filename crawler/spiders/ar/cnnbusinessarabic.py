"""CNN Business Arabic."""

from crawler.discovery.kinds import NewsSitemap, Sitemap
from crawler.outlet import Outlet
from crawler.spiders.base import OutletSpider
from crawler.spiders.platforms import GULF


class CnnbusinessarabicSpider(OutletSpider):
    outlet = Outlet(
        name="cnnbusinessarabic",
        publisher="cnn-business-arabic",
        platform=GULF,
        hosts=("cnnbusinessarabic.com",),
        articles=r"/[a-z-]+/\d+/[^/]+",
        id=r"[a-z-]+/\d+",
        exclude=("/author/",),
        discovery=(
            NewsSitemap(url="/sitemaps/latest_articles.xml"),
            Sitemap(url="/sitemaps/sitemap_0.xml"),
        ),
        evidence="both sitemaps named in the form of a site audit, 2026; not seen at work",
    )

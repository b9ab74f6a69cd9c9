"""Publishing systems that several outlets share: the frozen values that their declarations take."""

from crawler.discovery.kinds import NewsSitemap, Sitemap
from crawler.outlet import Platform

GULF = Platform(
    name="Gulf /article",
    as_of=2026,
    articles=r"/article/\d+(?:/.*)?",
    id=r"article/\d+",
    discovery=(
        NewsSitemap(url="/sitemaps/newsSitemap.xml"),
        Sitemap(url="/sitemaps/sitemap_0.xml"),
    ),
)
"""The hosted system of many Gulf papers, whose vendor is not named. Its marks are addresses like
/article/<id>/<section>/<slug>, /rssFeed/<n>, /sitemaps/sitemap_0.xml and /author/<id>/<name>."""

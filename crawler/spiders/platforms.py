"""Publishing systems that several outlets share: the frozen values that their declarations take."""

from crawler.discovery.kinds import Feed, NewsSitemap, Sitemap
from crawler.outlet import Layout, Platform

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

WORDPRESS = Platform(
    name="WordPress",
    as_of=2026,
    exclude=(r"/(?:author|category|comments|feed|page|tag)(?:/|$)", "/wp-"),
    discovery=(Feed(url="/feed/"),),
    layouts=(Layout(body=("div.entry-content",), tags=("a[rel='tag']",)),),
)
"""WordPress as it is installed. Themes name everything else, and a few the body too."""

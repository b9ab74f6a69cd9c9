"""Publishing systems that several outlets share: the frozen values that their declarations take."""

from crawler.discovery.kinds import Feed, NewsSitemap, Sitemap
from crawler.outlet import Layout, Platform

GULF = Platform(
    name="Gulf /article",
    as_of=2026,
    articles=r"/articles?/\d+(?:/.*)?",
    id=r"articles?/\d+",
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

AJAX_PAGINATION = Platform(
    name="Publishrr",
    as_of=2026,
    articles=r"/\d{2}-[A-Z][a-z]{2}-\d{4}/\d+",
)
"""Publishrr, the system of many Pakistani papers and channels. Its marks are addresses like
/22-Nov-2023/1650381 and the listings of /ajax_post_pagination. Class names differ from site to
site."""

AJAX_FORM = {
    "post_per_page": "36",
    "post_listing_limit_offset": "{n}",
    "directory_name": "categories_pages",
    "template_name": "lazy_loading",
    "category_name": "{each}",
}
"""The form by which Publishrr is asked for the cards of a section; sites differ in the number."""

NASTOOH = Platform(
    name="Nastooh",
    as_of=2020,
    articles=r"/news/\d+(?:/[^?#]*)?",
    id=r"news/\d+",
    discovery=(
        Feed(url="/rss"),
        NewsSitemap(url="/sitemap/news/sitemap.xml"),
        Sitemap(url="/sitemap/all/sitemap.xml"),
    ),
    layouts=(
        Layout(
            headline=("h1.title",),
            lead=("p.summary",),
            body=("div.item-text",),
            section=("[itemprop='articleSection']",),
        ),
    ),
)
"""Nastooh, the system of most Iranian agencies. What it prints for readers is a Jalali date; the
dates for machines are true."""

SRMG = Platform(
    name="SRMG Drupal",
    as_of=2026,
    articles=r"/node/\d+(?:[/-].*)?",
    id=r"node/\d+",
    discovery=(
        Feed(url="/rss.xml"),
        Sitemap(url="/sitemap.xml", newest=r"[?]page=(\d+)"),
    ),
)
"""Drupal as the houses of the Saudi Research and Media Group run it: nodes by their number."""

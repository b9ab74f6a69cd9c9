"""Sputnik Arabic."""

from datetime import date

from crawler.discovery.kinds import Feed, Listing
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider

TODAY = Layout(
    headline=("h1.article__title",),
    lead=("div.article__announce-text",),
    body=("div.article__body",),
    published=("div.article__info-date a[data-unixtime]",),
    tags=("ul.article__tags .tag__text", ".tag__text"),
    order=("microdata", "opengraph", "selectors"),
    remove=(
        'div[data-type="article"]',
        'div[data-type="banner"]',
        ".article__google-news",
        ".article__quote-bg",
    ),
)
# Seen in March 2020; scrapers of 2022 read the other one.
UNTIL_2021 = Layout(
    until=date(2021, 12, 31),
    headline=('h1[itemprop="headline"]',),
    lead=("div.b-article__lead p",),
    body=("div.b-article__text",),
    section=("a.b-article__refs-rubric",),
    remove=(".b-inject", ".ria-fb"),
)


class SputnikArabicSpider(OutletSpider):
    outlet = Outlet(
        name="sputnik_ar",
        title="Sputnik Arabic",
        native="سبوتنيك عربي",
        language="ar",
        country="RU",
        zone="GMT",  # it prints GMT, and in attributes without saying so
        hosts=("sputnikarabic.ae", "arabic.sputniknews.com", "sarabic.ae"),
        articles=r"/(?:[a-z_]+/\d{18}-[^/?#]+/?|\d{8}/[^/?#]+-\d+\.html)",
        discovery=(
            Feed(url="/export/rss2/archive/index.xml"),
            Listing(url="/services/arab_world/more.html", links="a.list__title"),
        ),
        publisher="sputnik",
        confidence="high",
        evidence="feed in a public list of 2026, and in the head of pages of 2020",
        layouts=(TODAY, UNTIL_2021),
    )

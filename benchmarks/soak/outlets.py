"""Write the modules that a crawl of the soak imports: the spiders, and a settable clock."""

from pathlib import Path

from benchmarks.soak.announcements import PATHS
from benchmarks.soak.sites import Site

PACKAGE = "soak_outlets"
CLOCK = "SOAK_SECONDS"
"""The environment variable with the seconds by which the clock of a crawl is ahead."""

DELAY = 0.05
"""Seconds between two requests to an outlet; with 0 a missing wait would go unnoticed."""

_MODULE = '''"""{name}."""

from crawler.discovery.kinds import Feed, Listing, NewsSitemap, Sitemap
from crawler.outlet import Layout, Outlet
from crawler.spiders.base import OutletSpider


class {title}Spider(OutletSpider):
    outlet = Outlet(
        name="{name}",
        title="{title}",
        native="{title}",
        language="{language}",
        country="{country}",
        zone="{zone}",
        hosts=("{host}",),
        articles=r"https?://{pattern}:\\d+/(?:{articles})",
        discovery=({discovery},),
        publisher="{publisher}",
        as_of=2026,
        confidence="low",
        layouts={layouts},
        identity={identity},
        delay={delay},
    )
'''
# Python imports it at the start of every process on whose path it stands, also of those that a
# crawl starts.
_SITECUSTOMIZE = f'''import os
from datetime import UTC, datetime, timedelta

import time_machine

ahead = timedelta(seconds=float(os.environ["{CLOCK}"]))
time_machine.travel(datetime.now(UTC) + ahead, tick=True).start()
'''
_ARTICLES = {
    "plain": r"(?:plus/)?story/\d+|go/\d+",
    "dated": r"(?:plus/)?\d{4}/\d\d/\d\d/[^/?#]+-\d+|go/\d+",
    "query": r"(?:plus/)?news\.php\?id=\d+(?:&.*)?",
}
_DISCOVERY = {
    "rss": 'Feed(url="{url}")',
    "atom": 'Feed(url="{url}")',
    "news": 'NewsSitemap(url="{url}")',
    "index": r'Sitemap(url="{url}", follow=r"/sitemap/[\d-]+\.xml\.gz$", children=2)',
    "listing": 'Listing(url="{url}", links="a.story", next="a.next", pages=4)',
    "dated": 'Sitemap(url="{url}", days=2)',
}
_SELECTORS = (
    'headline=("h1.title",), body=("div.text",), published=("span.date",), authors=("span.author",)'
)


def write(sites: dict[Site, str], folder: Path) -> None:
    """Write the package `PACKAGE` and the clock into `folder`.

    `sites` maps each outlet to the address of its front page.
    """
    (folder / "sitecustomize.py").write_text(_SITECUSTOMIZE, encoding="utf-8")
    package = folder / PACKAGE
    package.mkdir()
    (package / "__init__.py").touch()
    for site, base in sites.items():
        (package / f"{site.name}.py").write_text(_module(site, base), encoding="utf-8")


def _module(site: Site, base: str) -> str:
    clock = ', machine_dates="local"' if site.false_z else ""
    return _MODULE.format(
        name=site.name,
        title=site.name.title(),
        language=site.language,
        country=site.country,
        zone=site.zone,
        host=site.host,
        pattern=site.host.replace(".", r"\."),
        articles=_ARTICLES[site.path],
        discovery=_DISCOVERY[site.announces].replace("{url}", base + PATHS[site.announces]),
        publisher=site.publisher,
        layouts=f"(Layout({_SELECTORS}{clock}),)" if site.declared else "()",
        identity='("id",)' if site.path == "query" else "()",
        delay=DELAY,
    )

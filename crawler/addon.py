"""The add-on that a Scrapy project of somebody else's switches our pipelines on with:
`ADDONS = {"crawler.addon.KhabarAddon": 0}`."""

from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from crawler import settings as defaults

_SETTINGS = (
    "STORE_URI",
    "SPOOL",
    "ARTICLE_FIELDS",
    "ARTICLE_ZONE",
    # For an OutletSpider in such a project.
    "INCREMENTAL",
    "REVISIT_AFTER",
    "RETRY_AFTER",
    "CRAWL_EVERY",
    "CRAWL_EVERY_MOST",
    "RUN_SECONDS",
    "LEASE_SECONDS",
    "REFUSED_PAUSE",
    "HEALTH_WEBHOOK",
    "HEALTH_COMMAND",
)
"""The settings that the pipelines go by, where the project does not set them."""

_SESSION = "crawler.runs.session.CrawlSession"  # holds the store and the spool

BEHIND = 1000
"""Added to the order of our pipelines, so that those of the project see its items first."""


class KhabarAddon:
    """Stores the articles among a project's items.

    Requests, politeness and commands stay the project's own.
    """

    def update_settings(self, settings: BaseSettings) -> None:
        """Add the pipelines and their session to the project's own."""
        for name in _SETTINGS:
            settings.set(name, getattr(defaults, name), priority="addon")
        for path, order in defaults.ITEM_PIPELINES.items():
            settings.setdefault_in_component_priority_dict(
                "ITEM_PIPELINES", load_object(path), BEHIND + order
            )
        settings.setdefault_in_component_priority_dict(
            "EXTENSIONS", load_object(_SESSION), defaults.EXTENSIONS[_SESSION]
        )

"""The add-on that a Scrapy project of somebody else's switches our pipelines on with:
`ADDONS = {"crawler.addon.KhabarAddon": 0}`."""

import sys
from typing import NoReturn

from scrapy.settings import BaseSettings
from scrapy.settings.default_settings import TWISTED_REACTOR
from scrapy.utils.misc import load_object

from crawler import settings as defaults
from crawler.pipelines.items import ArticleSettingsCheck
from crawler.storage import StoreError
from crawler.storage.opening import check_uri

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

_USAGE_STATUS = 2
_SESSION = "crawler.runs.session.CrawlSession"  # holds the store and the spool

BEHIND = 1000
"""Added to the order of our pipelines, so that those of the project see its items first."""


class KhabarAddon:
    """Stores the articles among a project's items.

    Requests, politeness and commands stay the project's own.
    """

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """End the process in one line, before anything starts, when a setting cannot be used."""
        ArticleSettingsCheck.update_pre_crawler_settings(settings)
        try:
            check_uri(settings.get("STORE_URI") or defaults.STORE_URI)
        except StoreError as error:
            _end_as_unusable(str(error))
        if settings.getbool("TWISTED_REACTOR_ENABLED") and settings.get("TWISTED_REACTOR") not in (
            None,  # whoever starts the crawl has installed one
            TWISTED_REACTOR,
        ):
            _end_as_unusable(f"TWISTED_REACTOR: Khabar needs Scrapy's default, {TWISTED_REACTOR}")

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


def _end_as_unusable(problem: str) -> NoReturn:
    print(problem, file=sys.stderr)
    sys.exit(_USAGE_STATUS)

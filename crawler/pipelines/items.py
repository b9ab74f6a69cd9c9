"""First step: the items of spiders that are not ours become Articles, or pass."""

import logging
import sys

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.settings import BaseSettings

from crawler.causes import Cause
from crawler.items import Article
from crawler.pipelines.item_fields import (
    FieldNames,
    ItemSettingError,
    check_zone,
    names_of,
    read_item,
)
from crawler.pipelines.step import Step

_USAGE_STATUS = 2


class ArticleSettingsCheck:
    """An add-on that ends the process in one line, before anything starts, when ARTICLE_FIELDS or
    ARTICLE_ZONE cannot be used."""

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        try:
            field_names(settings)
        except ItemSettingError as error:
            print(error, file=sys.stderr)
            sys.exit(_USAGE_STATUS)


def field_names(settings: BaseSettings) -> FieldNames:
    """Return the names of fields under the settings. Raises ItemSettingError, also for an
    ARTICLE_ZONE that is no zone."""
    check_zone(settings.get("ARTICLE_ZONE"))
    try:
        return FieldNames.of(settings.getdict("ARTICLE_FIELDS"))
    except (AttributeError, TypeError, ValueError) as error:
        if isinstance(error, ItemSettingError):
            raise
        raise ItemSettingError(f"ARTICLE_FIELDS is no mapping of names: {error}") from error


class ItemsPipeline(Step):
    """Makes an Article of an item that has an address and a headline or a text, under our names or
    those of the setting ARTICLE_FIELDS (`item_fields.FieldNames`).

    An item of another shape passes through all steps as it is, and is counted. An item that is an
    article and has no http(s) address is dropped; a value that cannot be used is left out.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.names = field_names(crawler.settings)
        self.logger = logging.getLogger(crawler.spidercls.name)
        self.told: set[str] = set()  # each is told once in a crawl

    def process_item(self, item: object) -> object:
        if isinstance(item, Article) and self.outlet:
            return item
        names = names_of(item)
        if names is None or not self.names.are_of_article(names):
            self.count("other_items")
            return item
        values = self.names.values(ItemAdapter(item))
        read = read_item(values, outlet=self.crawler.spidercls.name)
        if read.article is None:
            self.count_cause(Cause.ITEM_URL)
            self.logger.warning("%s: %.200r", Cause.ITEM_URL, values.get("url"))
            raise DropItem("no http(s) address", log_level="DEBUG")
        for field, value in read.wrong.items():
            self.count_cause(Cause.ITEM_FIELD)
            message = f"{Cause.ITEM_FIELD}: {field}: {value}, first at {read.article.url}"
            self.tell(logging.WARNING, field, message)
        for name in self.names.unknown(names):
            self.tell(logging.INFO, name, f"{name!r} is no field of an article, and not stored")
        return read.article

    def tell(self, level: int, field: str, message: str) -> None:
        """Log `message`, if no other about the field was logged in this crawl."""
        if field not in self.told:
            self.told.add(field)
            self.logger.log(level, "%s", message)

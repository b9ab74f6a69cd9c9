"""Second step: drop items that are no articles, and count the gaps of those that are."""

from scrapy.exceptions import DropItem

from crawler.causes import Cause
from crawler.items import Article
from crawler.pipelines.step import Step
from crawler.text import clean_line, clean_paragraphs


class ValidatePipeline(Step):
    """Drops items with neither headline nor body; makes the text of the others safe to store."""

    def process_article(self, item: Article) -> Article:
        item.headline = clean_line(item.headline or "") or None
        item.body = clean_paragraphs(item.body or "") or None
        if not item.headline and not item.body:
            self.count_cause(Cause.EMPTY)
            raise DropItem("neither headline nor body", log_level="DEBUG")
        if not item.headline:
            self.count_cause(Cause.GAP_HEADLINE)
        if not item.body:
            self.count_cause(Cause.GAP_BODY)
        return item

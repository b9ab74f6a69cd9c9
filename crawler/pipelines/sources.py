"""Third step: the dateline comes off the story, and what it and the credit lines say is
attributed."""

from crawler.causes import Cause
from crawler.items import Article, Attribution
from crawler.pipelines.step import Step
from crawler.sources import attribute
from crawler.text import clean_line

LONGEST_NAME = 60  # characters of a name that is counted; no agency's is longer


class SourcesPipeline(Step):
    """Cuts the dateline into `dateline`, and names place, sources with their roles, and
    reporter."""

    def process_item(self, item: Article) -> Article:
        found = attribute(item.body or "", authors=item.authors, outlet=self.outlet)
        item.dateline = found.dateline or None
        item.body = found.body or None
        item.place = found.place
        item.reporter = found.reporter
        item.sources = tuple(Attribution(source, role) for source, role in found.sources)
        for source, _ in found.sources:
            if source.kind == "unknown":
                self.count(f"unknown_sources/{clean_line(source.name)[:LONGEST_NAME]}")
        if (
            found.dateline
            or found.reporter
            or item.authors
            or any(role == "agency" for _, role in found.sources)
        ):
            self.count("credited")
        if found.dateline and item.published and found.date:
            zone = self.outlet.tzinfo if self.outlet else item.published.tzinfo
            if abs((item.published.astimezone(zone).date() - found.date).days) > 1:
                self.count_cause(Cause.DATELINE_DATE)
        return item

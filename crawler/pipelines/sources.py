"""Fourth step: cut the dateline off the story, and attribute the story by it and the credit
lines."""

from datetime import timedelta

from crawler.causes import Cause
from crawler.items import Article, Attribution
from crawler.pipelines.step import Step
from crawler.sources import attribute
from crawler.text import clean_line

MAX_NAME_LENGTH = 60  # characters of a name that is counted; no agency's is longer
# A story may be printed the day after its dateline was written, or before midnight elsewhere.
MAX_DISTANCE = timedelta(days=1)


class SourcesPipeline(Step):
    """Cuts the dateline off `body` into `dateline`, and sets place, reporter, and sources with
    their roles."""

    def process_article(self, item: Article) -> Article:
        attribution = attribute(item.body or "", authors=item.authors, outlet=self.outlet)
        item.dateline = attribution.dateline or None
        item.body = attribution.body or None
        # Only the items of other people's spiders name a place, a reporter or sources themselves.
        item.place = item.place or attribution.place
        item.reporter = item.reporter or attribution.reporter
        roles = {given.source: given.role for given in item.sources}
        roles = roles | {s: role for s, role in attribution.sources if s not in roles}
        item.sources = tuple(Attribution(source, role) for source, role in roles.items())
        for source in roles:
            if source.kind == "unknown":
                self.count(f"unknown_sources/{clean_line(source.name)[:MAX_NAME_LENGTH]}")
        names_agency = "agency" in roles.values()
        if item.dateline or item.reporter or item.authors or names_agency:
            self.count("credited")
        if attribution.dateline and attribution.date and item.published:
            zone = self.outlet.tzinfo if self.outlet else item.published.tzinfo
            distance = item.published.astimezone(zone).date() - attribution.date
            if abs(distance) > MAX_DISTANCE:
                self.count_cause(Cause.DATELINE_DATE)
        return item

"""Third step: read the dates that came unread, and compare all with the clock and each other."""

from datetime import UTC, datetime, timedelta

from crawler.causes import Cause
from crawler.dates import DateError, parse_date
from crawler.dedup.evidence import FIRST_CREDIBLE_YEAR
from crawler.items import Article
from crawler.pipelines.step import Step

# A story dated further ahead of its fetching was misread or misprinted: wrong clocks and embargoes
# explain no more.
MAX_AHEAD = timedelta(days=1)

FIRST_INSTANT = datetime(FIRST_CREDIBLE_YEAR, 1, 1, tzinfo=UTC)


class DatesPipeline(Step):
    """Reads `published_raw` and `modified_raw` where no date was read from them; never guesses.

    A publication more than a day after fetching, or before the web, is kept raw and counted. A
    modification before publication is counted, and both are kept.
    """

    def process_article(self, item: Article) -> Article:
        now = item.fetched_at or datetime.now(UTC)
        outlet_zone, order = None, None
        if self.outlet:
            outlet_zone, order = self.outlet.zone, self.outlet.date_order
        zone = item.zone or outlet_zone or self.crawler.settings.get("ARTICLE_ZONE")
        if item.published is None and item.published_raw:
            try:
                published = parse_date(item.published_raw, zone=zone, now=now, order=order)
            except DateError:
                self.count_cause(Cause.UNREADABLE_DATE)
            else:
                item.published = published.instant
                item.published_precision = published.precision
                item.zone = published.zone
        if item.modified is None and item.modified_raw:
            try:
                modified = parse_date(item.modified_raw, zone=zone, now=now, order=order)
            except DateError:
                self.count_cause(Cause.UNREADABLE_MODIFIED)
            else:
                item.modified = modified.instant
        if item.published and item.published > now + MAX_AHEAD:
            item.published = item.published_precision = None
            self.count_cause(Cause.FUTURE_DATE)
        elif item.published and item.published < FIRST_INSTANT:
            item.published = item.published_precision = None
            self.count_cause(Cause.DATE_BEFORE_WEB)
        if item.published and item.modified and item.modified < item.published:
            self.count_cause(Cause.MODIFIED_BEFORE_PUBLISHED)
        if item.published is None:
            self.count_cause(Cause.GAP_DATE)
        return item

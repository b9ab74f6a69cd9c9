"""Second step: dates that came unread are read, and all are held against the clock and each
other."""

from datetime import UTC, datetime, timedelta

from crawler.causes import Cause
from crawler.dates import DateError, parse_date
from crawler.items import Article
from crawler.pipelines.step import Step

# A story dated more than this ahead of its fetching was misread or misprinted; clocks and embargoes
# explain less.
FUTURE = timedelta(days=1)


class DatesPipeline(Step):
    """Reads `published_raw` and `modified_raw` where no date was read from them; never guesses.

    A publication more than a day after fetching is kept raw and counted. A modification before
    publication is noted in the stats, not swapped.
    """

    def process_item(self, item: Article) -> Article:
        now = item.fetched_at or datetime.now(UTC)
        zone = item.zone or (self.outlet.zone if self.outlet else None)
        order = self.outlet.date_order if self.outlet else None
        if item.published is None and item.published_raw:
            try:
                read = parse_date(item.published_raw, zone=zone, now=now, order=order)
            except DateError:
                self.count_cause(Cause.UNREADABLE_DATE)
            else:
                item.published, item.published_precision, item.zone = (
                    read.instant,
                    read.precision,
                    read.zone,
                )
        if item.modified is None and item.modified_raw:
            try:
                item.modified = parse_date(
                    item.modified_raw, zone=zone, now=now, order=order
                ).instant
            except DateError:
                self.count_cause(Cause.UNREADABLE_MODIFIED)
        if item.published and item.published > now + FUTURE:
            item.published = item.published_precision = None
            self.count_cause(Cause.FUTURE_DATE)
        if item.published and item.modified and item.modified < item.published:
            self.count_cause(Cause.MODIFIED_BEFORE_PUBLISHED)
        if item.published is None:
            self.count_cause(Cause.GAP_DATE)
        return item

"""What charts show: the numbers of stories and copies of a day, by outlet and agency.

A story counts on the day, in UTC, of its own time: when its earliest copy was published, or first
fetched where it names no date. So a story with all its copies counts on one day, and the numbers of
several days may be added.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median
from typing import TypeVar

from crawler.dates.zones import printed_zone
from crawler.items import Article
from crawler.stories.assembly import assemble, is_to_the_minute
from crawler.stories.model import StoredArticle

_HOURS_OF_DAY = 24


@dataclass(slots=True)
class AgencyTally:
    """How an outlet carries an agency.

    copies: of the outlet that credit the agency. minutes: of these, the later copies of stories
    that another outlet printed first, by the whole minutes after the earliest copy; only where both
    are known to the minute.
    """

    copies: int = 0
    minutes: Counter[int] = field(default_factory=Counter)

    @property
    def median_minutes(self) -> float | None:
        """The median of the later copies' minutes; None without any."""
        return _median(self.minutes)

    def add(self, other: "AgencyTally") -> None:
        """Add the numbers of another day."""
        self.copies += other.copies
        _add(self.minutes, other.minutes)


@dataclass(slots=True)
class OutletTally:
    """The numbers of one outlet.

    articles: its copies. stories: of which it has a copy. first: stories of which its copy is the
    earliest. languages: articles by language; those without one are left out. agencies: by
    gazetteer id, or by the printed name of an agency without an id. minutes: as those of an agency,
    over all its articles. gaps: articles by what they lack, named as the gaps of a run. hours:
    articles by the hour of the week on their own printed clock, 0 from Monday's midnight to 167;
    only those that are known to the minute and name a zone.
    """

    articles: int = 0
    stories: int = 0
    first: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    agencies: dict[str, AgencyTally] = field(default_factory=dict)
    minutes: Counter[int] = field(default_factory=Counter)
    gaps: Counter[str] = field(default_factory=Counter)
    hours: Counter[int] = field(default_factory=Counter)

    @property
    def median_minutes(self) -> float | None:
        """The median of the later copies' minutes; None without any."""
        return _median(self.minutes)

    def agency(self, name: str) -> AgencyTally:
        """Return the numbers of an agency, which are new where there are none."""
        tally = self.agencies.get(name)
        if tally is None:
            tally = self.agencies[name] = AgencyTally()
        return tally

    def add_article(self, article: Article) -> None:
        """Count one article."""
        self.articles += 1
        if article.language:
            self.languages[article.language] += 1
        self.gaps.update(_gaps(article))
        hour = _hour_of_week(article)
        if hour is not None:
            self.hours[hour] += 1

    def add(self, other: "OutletTally") -> None:
        """Add the numbers of another day."""
        self.articles += other.articles
        self.stories += other.stories
        self.first += other.first
        _add(self.languages, other.languages)
        _add(self.minutes, other.minutes)
        _add(self.gaps, other.gaps)
        _add(self.hours, other.hours)
        for name, agency in other.agencies.items():
            self.agency(name).add(agency)


@dataclass(slots=True)
class Tally:
    """The numbers of the stories of one day, or of several.

    stories: in all. copies: their articles, those without an outlet too. languages: stories by the
    language of their earliest copy. agencies: stories by the agencies that a copy credits. outlets:
    by name.
    """

    stories: int = 0
    copies: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    agencies: Counter[str] = field(default_factory=Counter)
    outlets: dict[str, OutletTally] = field(default_factory=dict)

    def outlet(self, name: str) -> OutletTally:
        """Return the numbers of an outlet, which are new where there are none."""
        tally = self.outlets.get(name)
        if tally is None:
            tally = self.outlets[name] = OutletTally()
        return tally

    def add_story(self, story_id: str, copies: Collection[StoredArticle]) -> None:
        """Count a story, given by all its copies. Of the articles, description, authors, section,
        tags and image may be left out."""
        story = assemble(story_id, copies)
        earliest = story.copies[0].outlet
        self.stories += 1
        self.copies += len(copies)
        if story.language:
            self.languages[story.language] += 1
        self.agencies.update({agency for copy in story.copies for agency in copy.agencies})
        for copy in copies:
            if copy.article.outlet:
                self.outlet(copy.article.outlet).add_article(copy.article)
        for outlet in {copy.outlet for copy in story.copies if copy.outlet}:
            self.outlet(outlet).stories += 1
        if earliest:
            self.outlet(earliest).first += 1
        for carried in story.carried:
            if not carried.outlet:
                continue
            outlet_tally = self.outlet(carried.outlet)
            minutes = carried.minutes_after_first
            later = () if minutes is None or carried.outlet == earliest else (minutes,)
            outlet_tally.minutes.update(later)
            for agency in carried.agencies:
                agency_tally = outlet_tally.agency(agency)
                agency_tally.copies += 1
                agency_tally.minutes.update(later)

    def add(self, other: "Tally") -> None:
        """Add the numbers of another day."""
        self.stories += other.stories
        self.copies += other.copies
        _add(self.languages, other.languages)
        _add(self.agencies, other.agencies)
        for name, outlet in other.outlets.items():
            self.outlet(name).add(outlet)


@dataclass(frozen=True, slots=True)
class DayTally:
    """The numbers of the stories of one day in UTC, as they were at `counted_at`."""

    day: date
    counted_at: datetime
    numbers: Tally


@dataclass(frozen=True, slots=True)
class StaleDay:
    """A day of which something has changed since it was counted at `counted_at`, None if it never
    was."""

    day: date
    counted_at: datetime | None


def merge(days: Iterable[DayTally]) -> Tally:
    """Return the numbers of several days together."""
    together = Tally()
    for each in days:
        together.add(each.numbers)
    return together


def merge_agencies(days: Iterable[DayTally]) -> Tally:
    """Return how outlets carry agencies on several days together: of each outlet `articles` and
    `agencies`, and nothing else, which is less than half the work of `merge`."""
    together = Tally()
    for each in days:
        for name, outlet in each.numbers.outlets.items():
            merged = together.outlet(name)
            merged.articles += outlet.articles
            for agency, tally in outlet.agencies.items():
                merged.agency(agency).add(tally)
    return together


_Key = TypeVar("_Key")


def _add(counts: Counter[_Key], others: Counter[_Key]) -> None:
    """Add other counts: `Counter.update`, several times faster for the few keys there are."""
    for key, count in others.items():
        counts[key] = counts.get(key, 0) + count


def _median(counts: Counter[int]) -> float | None:
    return median(counts.elements()) if counts else None


def _gaps(article: Article) -> Iterator[str]:
    """Yield the names of what an article lacks: `Cause.GAP_HEADLINE` and its like, by which runs
    count, without "gap_"."""
    if not article.headline:
        yield "headline"
    if not article.body:
        yield "body"
    if article.published is None:
        yield "date"


def _hour_of_week(article: Article) -> int | None:
    """Return the hour of the week at which an article says that it was published; None where it
    does not say."""
    if article.published is None or not article.zone or not is_to_the_minute(article):
        return None
    zone = printed_zone(article.zone)
    if zone is None:
        return None
    printed = article.published.astimezone(zone)
    return printed.weekday() * _HOURS_OF_DAY + printed.hour

"""Which articles are one story, and what the story is. Pure; a store feeds it members and writes the verdict.

Articles belong together that have the same content hash (none joins nothing). Each store finds the members of
a group in one place, `members_of`: a rule that joins more than equal texts replaces that and `group_of`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.items import Article
from crawler.storage.protocol import Copy, Story

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands among stories: the story's id and the time that lists it by."""

    story_id: str
    story_time: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """What deciding about a group needs to know of one article. `place` is what is stored now."""

    id: str
    published: datetime | None
    time: datetime
    place: Place


@dataclass(frozen=True, slots=True)
class StoryCopy:
    """One article of a story, as read to show the story."""

    id: str
    article: Article
    revisions: int


def group_of(article: Article) -> str | None:
    """The key of the group an article belongs to; None: it stands alone."""
    return article.content_hash


def place_of(members: Sequence[Member]) -> Place:
    """Where all of a group must stand: with its elder."""
    elder = min(members, key=lambda member: elder_key(member.id, member.published))
    return Place(elder.id, elder.time)


def elder_key(article_id: str, published: datetime | None) -> tuple[datetime, str]:
    """The smallest is the elder: earliest `published` (missing last), then smallest id."""
    return published or _NEVER, article_id


def assemble(story_id: str, copies: Iterable[StoryCopy]) -> Story:
    """The story that `copies` (at least one) are printings of."""
    ordered = sorted(copies, key=lambda copy: elder_key(copy.id, copy.article.published))
    elder = ordered[0].article
    return Story(
        id=story_id,
        headline=elder.headline,
        language=elder.language,
        published=elder.published,
        place=elder.place,
        sources=tuple(dict.fromkeys(key for copy in ordered for key in source_keys(copy.article))),
        dateline=elder.dateline,
        copies=tuple(_shown(copy) for copy in ordered),
        revisions=sum(copy.revisions for copy in ordered),
    )


def source_keys(article: Article) -> tuple[str, ...]:
    """The sources of an article as readers name them: gazetteer ids, printed names where there is none."""
    keys = (attribution.source.id or attribution.source.name for attribution in article.sources)
    return tuple(dict.fromkeys(keys))


def _shown(copy: StoryCopy) -> Copy:
    article = copy.article
    return Copy(copy.id, article.outlet, article.url, article.published, article.headline)

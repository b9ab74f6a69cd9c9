"""Which articles are one story, and what the story is. Pure; a store feeds it members and writes
the verdict.

Equal texts belong together, and so do linked ones (`crawler.storage.likeness`). A chain of links is
not enough: a story has a core, the text that most prints agree with, and holds what agrees with the
core and with at least two thirds of what agrees with the core. So neither a round-up nor a chain
joins the stories at its ends. What is left over is parted in the same way. The verdict follows from
members and links alone, not from the order in which they came.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.items import Article
from crawler.storage.likeness import Link
from crawler.storage.protocol import Copy, Move, Story

_NEVER = datetime.max.replace(tzinfo=UTC)

_Text = int | str
"""A text by its number; the id of an article that has none."""


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
    text: int | None
    face: int
    place: Place


@dataclass(frozen=True, slots=True)
class StoryCopy:
    """One article of a story, as read to show the story."""

    id: str
    article: Article
    revisions: int
    rules: int


def places(members: Iterable[Member], links: Iterable[Link]) -> dict[str, Place]:
    """Where each of `members` must stand: with the elder of its story.

    They must be whole groups: with a member come all that print its text and all whose texts are
    linked to it.
    """
    prints: dict[_Text, list[Member]] = {}
    for member in members:
        prints.setdefault(member.id if member.text is None else member.text, []).append(member)
    elders = {text: min(group, key=_member_key) for text, group in prints.items()}
    near: dict[_Text, set[_Text]] = {text: {text} for text in prints}
    for one, other in (
        link.texts for link in holding(links, (m for group in prints.values() for m in group))
    ):
        near[one].add(other)
        near[other].add(one)
    found: dict[str, Place] = {}
    for story in _stories({text: len(group) for text, group in prints.items()}, near, elders):
        elder = min((elders[text] for text in story), key=_member_key)
        place = Place(elder.id, elder.time)
        found |= {member.id: place for text in story for member in prints[text]}
    return found


def holding(links: Iterable[Link], members: Iterable[Member]) -> list[Link]:
    """Those of `links` whose witnesses are among `members` and read as they did."""
    faces = {member.id: member.face for member in members if member.text is not None}
    return [link for link in links if _holds(link, faces)]


def moves(members: Iterable[Member], found: Mapping[str, Place]) -> list[Move]:
    """What `found` changes for each of `members`, or leaves."""
    return [Move(member.id, member.place.story_id, found[member.id].story_id) for member in members]


def of_changed_stories(moved: Iterable[Move]) -> list[Move]:
    """Those of `moved` that were or are in a story that gained or lost an article."""
    moved = list(moved)
    changed = {
        story for move in moved if move.before != move.after for story in (move.before, move.after)
    }
    return [move for move in moved if move.before in changed or move.after in changed]


def _holds(link: Link, faces: Mapping[str, int]) -> bool:
    return all(
        faces.get(article) == face for article, face in zip(link.articles, link.faces, strict=True)
    )


def _stories(
    prints: Mapping[_Text, int],
    near: Mapping[_Text, Collection[_Text]],
    elders: Mapping[_Text, Member],
) -> Iterator[set[_Text]]:
    """Part texts, printed so many times each, into stories. `near`: what each agrees with, itself
    included."""
    left = set(prints)

    def weight(texts: Iterable[_Text]) -> int:
        return sum(prints[text] for text in texts)

    while left:
        core = min(
            left,
            key=lambda text: (-weight(left.intersection(near[text])), _member_key(elders[text])),
        )
        around = left.intersection(near[core])
        size = weight(around)
        story = {text for text in around if 3 * weight(around.intersection(near[text])) >= 2 * size}
        yield story
        left -= story


def _member_key(member: Member) -> tuple[datetime, str]:
    return elder_key(member.id, member.published)


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
        rules=min(copy.rules for copy in ordered),
    )


def source_keys(article: Article) -> tuple[str, ...]:
    """The sources of an article as readers name them: gazetteer ids, printed names where there is
    none."""
    keys = (attribution.source.id or attribution.source.name for attribution in article.sources)
    return tuple(dict.fromkeys(keys))


def _shown(copy: StoryCopy) -> Copy:
    article = copy.article
    return Copy(copy.id, article.outlet, article.url, article.published, article.headline)

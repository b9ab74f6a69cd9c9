"""Which articles are one story.

Equal texts belong together, and so do linked ones (`crawler.stories.links`). A chain of links is
not enough: a story has a core, the text that most articles agree with, and holds the texts that
agree with the core and with at least two thirds of what agrees with the core. So neither a round-up
nor a chain joins the stories at its ends. The texts left over are parted in the same way. The
result follows from articles and links alone, not from the order in which they came.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.stories.links import TextLink, broken_links, valid_links
from crawler.stories.model import Move

_NEVER = datetime.max.replace(tzinfo=UTC)

_Text = int | str
"""The hash of a text; the id of an article that has none."""


@dataclass(frozen=True, slots=True)
class StorySlot:
    """The story that an article is in: the story's id, and the time by which it is sorted."""

    story_id: str
    story_time: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """One article of a group, with all that grouping looks at.

    time: where the article stands in lists. text_hash, inputs_hash: of its signature. slot: as
    stored now.
    """

    id: str
    published: datetime | None
    time: datetime
    text_hash: int | None
    inputs_hash: int
    slot: StorySlot


@dataclass(frozen=True, slots=True)
class Assignment:
    """The stories of the articles of whole groups, and what a store has to write.

    misplaced: the articles stored under the wrong story, each with the right one. moves: of each
    article, the story stored and the story decided, often the same. broken_links: to be removed.
    """

    misplaced: list[tuple[Member, StorySlot]]
    moves: list[Move]
    broken_links: list[TextLink]


def assign_stories(members: Collection[Member], links: Collection[TextLink]) -> Assignment:
    """Return the stories of `members`: each article belongs with the earliest of its story.

    The members must be whole groups: with a member come all that print its text and all whose texts
    are linked to it.
    """
    inputs_hashes = {member.id: member.inputs_hash for member in members}
    slots = _slots(members, valid_links(links, inputs_hashes))
    return Assignment(
        misplaced=[(own, slots[own.id]) for own in members if own.slot != slots[own.id]],
        moves=[Move(own.id, own.slot.story_id, slots[own.id].story_id) for own in members],
        broken_links=broken_links(links, inputs_hashes),
    )


def moves_of_changed_stories(moves: Collection[Move]) -> list[Move]:
    """Return the moves of the articles whose story, before or after, gained or lost an article."""
    changed: set[str] = set()
    for move in moves:
        if move.before != move.after:
            changed.update((move.before, move.after))
    return [move for move in moves if move.before in changed or move.after in changed]


def new_copies(
    new_articles: Sequence[str],
    repeats: Collection[str],
    links: Iterable[TextLink],
    moves: Iterable[Move],
) -> set[str]:
    """Return the new articles whose story held an article before.

    new_articles: ids in order of arrival. repeats: those whose very text was stored before. links:
    those that the writer of the new articles was the first to write. moves: of all articles of
    their groups.

    Of two linked articles the copy is the one whose writer wrote the link; of two in one batch, the
    later one. (Of three near-copies that three processes save within one instant, each may have
    written a link, and then all three count as copies. The story they make is the same.)
    """
    order = {article: position for position, article in enumerate(new_articles)}
    copies = set(repeats)
    for link in links:
        own = [article for article in link.articles if article in order]
        if own:
            copies.add(max(own, key=order.__getitem__))
    stories = {move.article_id: move.after for move in moves}
    sizes = Counter(stories.values())
    return {article for article in copies if sizes[stories[article]] > 1}


def earliest_key(article_id: str, published: datetime | None) -> tuple[datetime, str]:
    """Return the key of which the smallest is a story's earliest copy: by `published` (missing
    last), then by id."""
    return published or _NEVER, article_id


def _slots(members: Iterable[Member], links: Iterable[TextLink]) -> dict[str, StorySlot]:
    """Return the slot of each member by its id. The links are valid."""
    by_text: dict[_Text, list[Member]] = {}
    for member in members:
        text = member.id if member.text_hash is None else member.text_hash
        by_text.setdefault(text, []).append(member)
    near: dict[_Text, set[_Text]] = {text: {text} for text in by_text}
    for link in links:
        first, second = link.text_hashes
        near[first].add(second)
        near[second].add(first)
    slots: dict[str, StorySlot] = {}
    for story in _stories(by_text, near):
        copies = [member for text in story for member in by_text[text]]
        earliest = min(copies, key=_earliest_key)
        slot = StorySlot(earliest.id, earliest.time)
        slots |= {member.id: slot for member in copies}
    return slots


def _stories(
    by_text: Mapping[_Text, Collection[Member]], near: Mapping[_Text, Collection[_Text]]
) -> Iterator[set[_Text]]:
    """Part texts into stories.

    by_text: the articles that print each text. near: the texts that each text agrees with, itself
    included.
    """
    weights = {text: len(group) for text, group in by_text.items()}
    earliest = {text: min(map(_earliest_key, group)) for text, group in by_text.items()}
    left = set(by_text)

    def weight(texts: Iterable[_Text]) -> int:
        return sum(weights[text] for text in texts)

    def core_key(text: _Text) -> tuple[int, tuple[datetime, str]]:
        return -weight(left.intersection(near[text])), earliest[text]

    while left:
        core = min(left, key=core_key)
        around = left.intersection(near[core])
        size = weight(around)
        story = {text for text in around if 3 * weight(around.intersection(near[text])) >= 2 * size}
        yield story
        left -= story


def _earliest_key(member: Member) -> tuple[datetime, str]:
    return earliest_key(member.id, member.published)

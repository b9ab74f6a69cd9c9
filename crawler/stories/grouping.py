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

from crawler.stories.links import Link, valid_links
from crawler.stories.model import Move

_NEVER = datetime.max.replace(tzinfo=UTC)

_Text = int | str
"""The hash of a text; the id of an article that has none."""


@dataclass(frozen=True, slots=True)
class StorySlot:
    """The story that an article is in: the story's id, and the time that stories are listed by."""

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


def assign_stories(members: Iterable[Member], links: Iterable[Link]) -> dict[str, StorySlot]:
    """Return the slot that each of `members` belongs into, by article id: its story's earliest.

    The members must be whole groups: with a member come all that print its text and all whose texts
    are linked to it. Invalid links are passed over.
    """
    members = list(members)
    by_text: dict[_Text, list[Member]] = {}
    for member in members:
        text = member.id if member.text_hash is None else member.text_hash
        by_text.setdefault(text, []).append(member)
    near: dict[_Text, set[_Text]] = {text: {text} for text in by_text}
    for link in valid_links(links, inputs_hashes(members)):
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


def inputs_hashes(members: Iterable[Member]) -> dict[str, int]:
    """Return the inputs hash of each member by its id, as `valid_links` takes them."""
    return {member.id: member.inputs_hash for member in members}


def misplaced(members: Iterable[Member], slots: Mapping[str, StorySlot]) -> list[Member]:
    """Return the members whose stored slot is another than in `slots`."""
    return [member for member in members if member.slot != slots[member.id]]


def story_changes(members: Iterable[Member], slots: Mapping[str, StorySlot]) -> list[Move]:
    """Return the stories of each member before and after `slots` are stored; both may be one."""
    return [Move(member.id, member.slot.story_id, slots[member.id].story_id) for member in members]


def moves_of_changed_stories(moves: Collection[Move]) -> list[Move]:
    """Return the moves of the articles whose story, before or after, gained or lost an article."""
    changed: set[str] = set()
    for move in moves:
        if move.before != move.after:
            changed.update((move.before, move.after))
    return [move for move in moves if move.before in changed or move.after in changed]


def new_copies(
    new_articles: Sequence[str], late: Collection[str], links: Iterable[Link], moves: Iterable[Move]
) -> set[str]:
    """Return those of `new_articles`, in order of arrival, for whose story there was an article.

    late: new articles whose text another article had printed first. links: those that the writer of
    the new articles was the first to write. moves: of all articles of their groups.

    Of two linked articles the copy is the one whose writer wrote the link; of two in one batch, the
    later one. (Of three near-copies that three processes save within one instant, each may have
    written a link, and then all three count as copies. The story they make is the same.)
    """
    order = {article: position for position, article in enumerate(new_articles)}
    copies = set(late)
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

"""How a revision is decided: which of several versions of one article stands, and which older ones
are kept.

Each time an address is fetched, one version of its article comes in. The rules, so that the order
of arrival matters as little as it can:

- Versions follow each other by their `fetched_at` (by the clock of the store where it is missing).
  Of two texts the one fetched later stands, and of two fetched in one millisecond the one that came
  later; the other is kept as a revision, also when it arrives late. A version that came in before
  changes nothing.
- The text of a version is its folded headline and content hash. Texts are the same, too, if they
  differ in nothing but counters, or lines of the outlet's template that never rest
  (`crawler.stories.restless`): nobody edited the story. A version with the text that stands
  changes nothing, except that it fills in fields that are empty; so saving twice writes once, and
  the first `fetched_at` stays.
- An instant more than an hour ahead of the machine's clock is not believed (`crawler.clock`): it
  counts as an hour ago. So what is fetched now stands over what a clock once ahead has left.
- A field that a later version lacks is a gap, not a change: the earlier value stays. Body, dateline
  and hash go together, and so do an instant and the text that was printed for it.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from crawler.clock import discount_future
from crawler.dedup import content_hash, folded_headline
from crawler.items import Article
from crawler.stories.model import Revision, SaveOutcome
from crawler.stories.restless import differ_only_in_restless_lines

_GO_TOGETHER = {
    "body": ("body", "dateline", "content_hash"),
    "published": ("published", "published_raw", "published_precision", "zone"),
    "modified": ("modified", "modified_raw"),
}
_NEVER_FILLED = {"url", "own_url", "canonical_url", "fetched_at"}.union(*_GO_TOGETHER.values())

_DIGEST_LENGTH = 16  # hex digits


@dataclass(frozen=True, slots=True)
class OldVersion:
    """An older text kept of an article.

    first_seen: when it was first fetched. order: number of texts kept of the article before it.
    """

    article: Article
    first_seen: datetime
    order: int

    @property
    def key(self) -> tuple[datetime, str]:
        """The time and digest that no two texts of one article share."""
        return self.first_seen, text_digest(self.article)


@dataclass(frozen=True, slots=True)
class Current:
    """The text that stands at an address now.

    first_seen: when this text was first fetched. first_fetched: when the address was first fetched,
    with any text. revisions: number of older texts kept.
    """

    article: Article
    first_seen: datetime
    first_fetched: datetime
    revisions: int = 0

    @property
    def time(self) -> datetime:
        """The instant by which the article stands in lists."""
        return self.article.published or self.first_fetched


@dataclass(frozen=True, slots=True)
class Incoming:
    """An article about to be stored, with canonical URL and content hash.

    id: of the article. seen: when it was fetched. clock: the time of this machine when it came to
    be stored.
    """

    id: str
    article: Article
    seen: datetime
    clock: datetime

    @property
    def as_first(self) -> Current:
        """The current text of an address of which nothing was stored."""
        return Current(self.article, self.seen, self.seen)


@dataclass(frozen=True, slots=True)
class Change:
    """The effect of an incoming article: the text that stands now, and an older text to keep."""

    outcome: SaveOutcome
    current: Current
    old_version: OldVersion | None = None


def text_digest(article: Article) -> str:
    """Return a short key of the article's text: folded headline and content hash."""
    text = f"{article.content_hash or ''} {folded_headline(article.headline)}"
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_LENGTH]


def same_text(a: Article, b: Article, restless: Collection[str] = ()) -> bool:
    """Return True if headline and body of both say the same.

    restless: keys of the lines of their outlet that never rest. Hashes are compared first; where
    they differ, the bodies are read by today's rules: one of the hashes may be older than these.
    """
    if text_digest(a) == text_digest(b):
        return True
    if not a.body or not b.body or folded_headline(a.headline) != folded_headline(b.headline):
        return False
    if content_hash(a) == content_hash(b):
        return True
    return bool(restless) and differ_only_in_restless_lines(a.body, b.body, restless)


def needs_old_versions(
    current: Current, incoming: Incoming, restless: Collection[str] = ()
) -> bool:
    """Return True if `apply` must know the older texts: if `incoming` is not the newest version."""
    current = _with_credible_times(current, incoming.clock)
    if incoming.seen == current.first_seen:
        return not _adds_nothing(incoming.article, current.article, restless)
    return incoming.seen < current.first_seen


def apply(
    current: Current,
    incoming: Incoming,
    old_versions: Sequence[OldVersion] = (),
    restless: Collection[str] = (),
) -> Change:
    """Return what storing `incoming` changes at its address: the current text, and an older text to
    keep.

    old_versions: all older texts of the address; may be left out unless `needs_old_versions`.
    restless: keys of the lines of the outlet that never rest.
    """
    current = _with_credible_times(current, incoming.clock)
    old_versions = _sorted_by_time(old_versions, current)
    if incoming.seen < current.first_seen:
        return _apply_late(current, incoming, old_versions, restless)
    newer = _fill(incoming.article, current.article)
    is_same = same_text(newer, current.article, restless)
    if is_same or _repeats_neighbour(incoming, old_versions, restless):
        filled = _rehashed(_fill(current.article, incoming.article), incoming.article)
        return Change("unchanged", replace(current, article=filled))
    old = OldVersion(current.article, current.first_seen, order=current.revisions)
    revised = Current(newer, incoming.seen, current.first_fetched, current.revisions + 1)
    return Change("revision", revised, old)


def revisions(
    article_id: str, current: Current, old_versions: Sequence[OldVersion]
) -> list[Revision]:
    """Return the older texts, oldest first; each stood until the next one was first seen."""
    ordered = _sorted_by_time(old_versions, current)
    ends = [old.first_seen for old in ordered[1:]] + [current.first_seen]
    return [
        Revision(article_id, old.article, old.first_seen, end)
        for old, end in zip(ordered, ends, strict=False)
    ]


def _apply_late(
    current: Current,
    incoming: Incoming,
    old_versions: Sequence[OldVersion],
    restless: Collection[str],
) -> Change:
    """Return the effect of an article that was fetched before the current text."""
    stands = replace(
        current,
        article=_fill(current.article, incoming.article),
        first_fetched=min(current.first_fetched, incoming.seen),
    )
    later = [old for old in old_versions if old.first_seen > incoming.seen]
    if _repeats_neighbour(incoming, old_versions, restless):
        return Change("unchanged", stands)
    if later and same_text(later[0].article, incoming.article, restless):
        return Change("unchanged", stands)
    if not later and _adds_nothing(current.article, incoming.article, restless):
        article = replace(stands.article, fetched_at=incoming.article.fetched_at)
        return Change("unchanged", replace(stands, article=article, first_seen=incoming.seen))
    old = OldVersion(incoming.article, incoming.seen, order=current.revisions)
    return Change("revision", replace(stands, revisions=current.revisions + 1), old)


def _with_credible_times(current: Current, clock: datetime) -> Current:
    """Return `current` with `discount_future` applied to its instants."""
    first_seen = discount_future(current.first_seen, clock)
    if first_seen == current.first_seen:
        return current
    first_fetched = min(discount_future(current.first_fetched, clock), first_seen)
    article = replace(current.article, fetched_at=first_seen)
    return replace(current, article=article, first_seen=first_seen, first_fetched=first_fetched)


def _sorted_by_time(old_versions: Sequence[OldVersion], current: Current) -> list[OldVersion]:
    """Return the older texts, oldest first.

    A `first_seen` later than the current text's came from a clock that was ahead; it is replaced by
    that of the next text kept.
    """
    by_time = []
    after = current.first_seen
    for old in sorted(old_versions, key=lambda old: old.order, reverse=True):
        if old.first_seen > current.first_seen:
            by_time.append(replace(old, first_seen=after))
        else:
            by_time.append(old)
            after = old.first_seen
    return sorted(by_time, key=lambda old: (old.first_seen, old.order))


def _repeats_neighbour(
    incoming: Incoming, old_versions: Sequence[OldVersion], restless: Collection[str]
) -> bool:
    """Return True if `incoming` repeats a text first seen at the same instant, or the one in force
    just before."""
    before = [old for old in old_versions if old.first_seen < incoming.seen][-1:]
    at_once = [old for old in old_versions if old.first_seen == incoming.seen]
    return any(
        _adds_nothing(incoming.article, old.article, restless) for old in (*before, *at_once)
    )


def _adds_nothing(newer: Article, older: Article, restless: Collection[str]) -> bool:
    return same_text(_fill(newer, older), older, restless)


def _rehashed(article: Article, other: Article) -> Article:
    """Return `article` with the hash of `other` if its body has that hash by today's rules."""
    if article.content_hash == other.content_hash or content_hash(article) != other.content_hash:
        return article
    return replace(article, content_hash=other.content_hash)


def _fill(article: Article, other: Article) -> Article:
    """Return `article` with its gaps filled from `other`."""
    values: dict[str, Any] = {}
    if article.url == other.url:
        values["own_url"] = article.own_url or other.own_url
    for lead, group in _GO_TOGETHER.items():
        if _takes_group(article, other, lead, group):
            values |= {name: getattr(other, name) for name in group}
    for field in fields(Article):
        if field.name not in _NEVER_FILLED and _is_gap(getattr(article, field.name)):
            values[field.name] = getattr(other, field.name)
    return replace(article, **values)


def _takes_group(article: Article, other: Article, lead: str, group: Sequence[str]) -> bool:
    """Return True if `other` has the leading field that `article` lacks, or `article` lacks all."""
    if not _is_gap(getattr(article, lead)):
        return False
    if not _is_gap(getattr(other, lead)):
        return True
    return all(_is_gap(getattr(article, name)) for name in group)


def _is_gap(value: Any) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return not value

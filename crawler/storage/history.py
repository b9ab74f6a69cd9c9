"""Which of several readings of one address stands, and which older texts are kept. Pure.

The rules, so that the order in which readings arrive matters as little as it can:

- A reading stands in time by its `fetched_at` (by the clock of the store where it has none). Of two
  texts the one fetched later stands, and of two fetched in one millisecond the one that came later;
  the other is kept as a revision, also when it arrives late. A reading that was seen before changes
  nothing.
- A text is its folded headline and content hash. A reading with the text that stands changes
  nothing, except that it fills in what stood empty; so saving twice writes once, and the first
  `fetched_at` stays.
- What a later reading lacks is a gap, not a change: it keeps what an earlier one had. Body,
  dateline and hash go together, and so do an instant and what was printed for it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from crawler.dedup import article_id, canonical_url, content_hash, folded_headline
from crawler.items import Article
from crawler.storage.codec import article_from_document, article_to_document
from crawler.storage.protocol import Outcome, Revision, StoreError

_GO_TOGETHER = {
    "body": ("body", "dateline", "content_hash"),
    "published": ("published", "published_raw", "published_precision", "zone"),
    "modified": ("modified", "modified_raw"),
}
_NEVER_FILLED = {"url", "canonical_url", "fetched_at"}.union(*_GO_TOGETHER.values())


@dataclass(frozen=True, slots=True)
class Text:
    """A kept text of an article, when it was first seen, and how many had been kept before it."""

    article: Article
    first_seen: datetime
    order: int

    @property
    def key(self) -> tuple[datetime, str]:
        """What no two texts of one article share."""
        return self.first_seen, text_digest(self.article)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is stored of one address: the text that stands since `first_seen`, and how many older
    ones are kept.

    `first_fetched` is when the address was first seen with any text.
    """

    article: Article
    first_seen: datetime
    first_fetched: datetime
    revisions: int = 0

    @property
    def time(self) -> datetime:
        """Where the article stands in lists."""
        return self.article.published or self.first_fetched


@dataclass(frozen=True, slots=True)
class Change:
    """What a reading does to what is stored: the new standing, and a text that must be kept beside
    it."""

    outcome: Outcome
    standing: Standing
    kept: Text | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """An article about to be stored, complete with id, canonical URL and content hash."""

    id: str
    article: Article
    seen: datetime

    @property
    def as_first(self) -> Standing:
        """What is stored where nothing was."""
        return Standing(self.article, self.seen, self.seen)


def read(article: Article) -> Reading:
    """`article` made ready to be stored, as both stores give it back. Raises StoreError when it
    cannot be."""
    try:
        article = article_from_document(article_to_document(article))
        canonical = article.canonical_url or canonical_url(article.url)
        digest = article.content_hash or content_hash(article)
        article = replace(article, canonical_url=canonical, content_hash=digest)
        return Reading(article_id(canonical), article, article.fetched_at or _now())
    except (TypeError, ValueError, AttributeError) as error:
        raise StoreError(f"{article.url!r} cannot be stored: {error}") from error


def text_digest(article: Article) -> str:
    """A short key of the text of an article: what `change` compares."""
    text = f"{article.content_hash or ''} {folded_headline(article.headline)}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def needs_kept(standing: Standing, reading: Reading) -> bool:
    """Whether `change` must know the texts kept so far: only for a reading that is not the
    newest."""
    if reading.seen == standing.first_seen:
        return not _adds_nothing(reading.article, standing.article)
    return reading.seen < standing.first_seen


def change(standing: Standing, reading: Reading, kept: Sequence[Text] = ()) -> Change:
    """What `reading` of the same address does. `kept`: its older texts, when `needs_kept`."""
    kept = _in_time(kept)
    if reading.seen < standing.first_seen:
        return _late(standing, reading, kept)
    newer = _filled(reading.article, standing.article)
    if _same_text(newer, standing.article) or _seen_before(reading, kept):
        return Change(
            "unchanged", replace(standing, article=_filled(standing.article, reading.article))
        )
    older = Text(standing.article, standing.first_seen, order=standing.revisions)
    stands = Standing(newer, reading.seen, standing.first_fetched, standing.revisions + 1)
    return Change("revision", stands, older)


def revisions(article_id: str, standing: Standing, kept: Sequence[Text]) -> list[Revision]:
    """The kept texts, oldest first, each until the next was first seen."""
    times = [(text.article, text.first_seen) for text in _in_time(kept)]
    ends = [first_seen for _, first_seen in times[1:]] + [standing.first_seen]
    return [Revision(article_id, *time, end) for time, end in zip(times, ends, strict=False)]


def _late(standing: Standing, reading: Reading, kept: Sequence[Text]) -> Change:
    stands = replace(
        standing,
        article=_filled(standing.article, reading.article),
        first_fetched=min(standing.first_fetched, reading.seen),
    )
    after = [text for text in kept if text.first_seen > reading.seen]
    if _seen_before(reading, kept) or (after and _same_text(after[0].article, reading.article)):
        return Change("unchanged", stands)
    if not after and _adds_nothing(standing.article, reading.article):
        article = replace(stands.article, fetched_at=reading.article.fetched_at)
        return Change("unchanged", replace(stands, article=article, first_seen=reading.seen))
    older = Text(reading.article, reading.seen, order=standing.revisions)
    return Change("revision", replace(stands, revisions=standing.revisions + 1), older)


def _in_time(kept: Sequence[Text]) -> list[Text]:
    return sorted(kept, key=lambda text: (text.first_seen, text.order))


def _seen_before(reading: Reading, kept: Sequence[Text]) -> bool:
    """Whether the text of `reading` was kept from that very time, or is the one that stood before
    it."""
    before = [text for text in kept if text.first_seen < reading.seen][-1:]
    at_once = [text for text in kept if text.first_seen == reading.seen]
    return any(_adds_nothing(reading.article, text.article) for text in (*before, *at_once))


def _adds_nothing(newer: Article, older: Article) -> bool:
    return _same_text(_filled(newer, older), older)


def _same_text(one: Article, other: Article) -> bool:
    return text_digest(one) == text_digest(other)


def _filled(article: Article, other: Article) -> Article:
    """`article` with its gaps filled from `other`."""
    values: dict[str, Any] = {}
    for lead, group in _GO_TOGETHER.items():
        if _is_gap(getattr(article, lead)) and (
            not _is_gap(getattr(other, lead))
            or all(_is_gap(getattr(article, name)) for name in group)
        ):
            values |= {name: getattr(other, name) for name in group}
    for field in fields(Article):
        if field.name not in _NEVER_FILLED and _is_gap(getattr(article, field.name)):
            values[field.name] = getattr(other, field.name)
    return replace(article, **values)


def _is_gap(value: Any) -> bool:
    return not (value.strip() if isinstance(value, str) else value)


def _now() -> datetime:
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)

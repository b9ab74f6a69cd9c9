"""The signature of an article: what the story index of a store keeps of the article's text.

Two articles are compared only if their signatures share enough keys
(`crawler.stories.candidates`). Equal texts have one text hash and are never compared.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crawler.dedup.evidence import FIRST_CREDIBLE_YEAR
from crawler.dedup.sketch import Sketch, hash_text
from crawler.stories.versions import Current

RULES_VERSION = 2
"""Grows with each change of the rules that group articles: `compare`, the sketch, this package."""

WINDOW_DAYS = 4
"""Days between two copies of one story at most: 57 % of copies come on the same day, 40 % on the
next."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_INSTANT = datetime(FIRST_CREDIBLE_YEAR, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Signature:
    """The few numbers by which an article is found and compared.

    text_hash: equal for equal texts; None where the article has no text or its text hash is a stop
    key, so that it is never matched. keys: of the sketch, without stop keys. size: number of keys
    of the sketch, stop keys included. day: whole days since 1970.
    inputs_hash: changes with each value that `crawler.dedup.compare` reads of the article.
    rules_version: of the rules that it was made by.
    """

    text_hash: int | None
    keys: tuple[int, ...]
    size: int
    day: int
    inputs_hash: int
    rules_version: int

    @property
    def bucket(self) -> int:
        """The part of the index that the article stands in, of `WINDOW_DAYS` days."""
        return self.day // WINDOW_DAYS

    @property
    def buckets(self) -> tuple[int, int, int]:
        """The parts of the index in which copies may stand."""
        return self.bucket - 1, self.bucket, self.bucket + 1

    @property
    def bucket_days(self) -> range:
        """The days of `buckets`."""
        first, _, last = self.buckets
        return range(first * WINDOW_DAYS, (last + 1) * WINDOW_DAYS)


def sign(current: Current, sketch: Sketch, stop_keys: Collection[int]) -> Signature:
    """Return the signature of an article with that sketch.

    stop_keys: keys and text hashes that find nothing; the signature leaves them out.
    """
    article = current.article
    text_hash = None if sketch.text_hash in stop_keys else sketch.text_hash
    keys: tuple[int, ...] = ()
    if text_hash is not None:
        keys = tuple(key for key in sketch.keys if key not in stop_keys)
    day = _day(current)
    inputs = (
        RULES_VERSION,
        text_hash,
        keys,
        day,
        article.headline,
        article.outlet,
        article.language,
        _milliseconds(article.published),
    )
    inputs_hash = hash_text(repr(inputs))
    return Signature(text_hash, keys, len(sketch.keys), day, inputs_hash, RULES_VERSION)


def text_hashes(*signatures: Signature) -> set[int]:
    """Return the hashes of the texts that have these signatures."""
    return {own.text_hash for own in signatures if own.text_hash is not None}


def _day(current: Current) -> int:
    """Return the day of publication; that of the first fetch where the former is missing, before
    FIRST_CREDIBLE_YEAR, or later than the day after the fetch."""
    fetched = _days(current.first_fetched)
    published = current.article.published
    if published is None or published < _FIRST_INSTANT:
        return fetched
    day = _days(published)
    return day if day <= fetched + 1 else fetched


def _days(instant: datetime) -> int:
    return (instant - _EPOCH).days


def _milliseconds(instant: datetime | None) -> int | None:
    return None if instant is None else (instant - _EPOCH) // _MILLISECOND

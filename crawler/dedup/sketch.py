"""The few keys by which an index finds the texts that may be copies of a text. Pure.

FracMinHash (Irber et al. 2022, doi:10.1101/2022.01.11.475838): every run of `GRAM` letters is
hashed, and the runs whose hash falls in one part in `SCALE` are kept, wherever they stand. Whether
a run is kept depends on nothing but the run, so the share of common keys estimates how much of one
text stands in the other also when one of them is cut to a fifth. Chosen among eleven settings of
this and of winnowing on the 1,205 pairs of our own and of real stories that `compare` joins: this
one left no pair without a common key, with 33 keys a text; winnowing did so with 45, and lost a
pair with 30.
"""

import hashlib
import zlib
from dataclasses import dataclass

from crawler.dedup.fingerprint import folded_headline, story_letters
from crawler.dedup.match import TINY
from crawler.dedup.strip import story_paragraphs
from crawler.items import Article

GRAM = 12
"""Letters of a run, without spaces: as long as what `compare` counts as common text at least."""

SCALE = 24
"""One run in so many is a key: about 50 keys for a story of 250 words."""

MAX_KEYS = 64
"""Keys of one text at most; of a longer one the smallest hashes are kept."""

LONGEST = 60_000
"""Letters that are read, as in `crawler.dedup.align`."""

_BELOW = 2**32 // SCALE
_SPREAD = 0x9E3779B1  # an odd number near 2**32 / golden ratio: spreads CRC-32, which is linear, over the high bits


@dataclass(frozen=True, slots=True)
class Sketch:
    """The numbers by which an index finds a text and its copies."""

    text_hash: int | None
    """The same number for equal texts; None without a text. Below `TINY` letters the headline
    counts as part of the text, as in `compare`."""
    keys: tuple[int, ...]
    """Ascending, below 2**28 each."""


def make_sketch(article: Article, *, boilerplate: frozenset[str] = frozenset()) -> Sketch:
    """The sketch of the article's story, without the paragraphs whose keys are in `boilerplate`."""
    letters = story_letters(story_paragraphs(article, boilerplate=boilerplate))
    if not letters:
        return Sketch(None, ())
    told = letters if len(letters) >= TINY else f"{letters} {folded_headline(article.headline)}"
    return Sketch(hash_text(told), text_keys(letters[:LONGEST]))


def text_keys(letters: str) -> tuple[int, ...]:
    """The kept hashes of the runs of `letters`, ascending, at most `MAX_KEYS`."""
    data = memoryview(letters.encode("utf-16-le", "surrogatepass"))
    crc, width = zlib.crc32, 2 * GRAM
    hashes = {
        crc(data[at : at + width]) * _SPREAD & 0xFFFFFFFF
        for at in range(0, len(data) - width + 1, 2)
    }
    return tuple(sorted(value for value in hashes if value < _BELOW)[:MAX_KEYS])


def hash_text(text: str) -> int:
    """A number of 63 bits for `text`, which both stores keep; equal numbers are taken for equal
    texts."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8]) >> 1

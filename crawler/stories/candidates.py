"""Where copies are found: which stored articles are worth comparing with an article.

A store keeps one posting for each key of each signature, in buckets of days. Articles that share
enough keys within `WINDOW_DAYS` are candidates, and are compared (`crawler.stories.links`).

A key in more than `MAX_STORIES_PER_KEY` stories of one window, or a text in more than
`MAX_ARTICLES_PER_TEXT` articles, is a form or a notice and no story: it becomes a stop key and
finds nothing more. Only there do stories depend on the order of arrival, until all articles are
grouped anew (`crawler.storage.regrouping`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from crawler.dedup.sketch import Sketch
from crawler.stories.signature import WINDOW_DAYS, Signature, sign
from crawler.stories.versions import Current

MIN_SHARED = 1 / 12
"""Share of the shorter sketch's keys that two candidates have in common at least; real copies had
1/10."""

MAX_STORIES_PER_KEY = 30
"""Stories of one window in which a key may stand; one story may have any number of texts."""

MAX_ARTICLES_PER_TEXT = 500
"""Articles that may print one text: more than there are outlets, some of them at several
addresses."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One key of one article in the index, with what is looked at of that article.

    article: the article's id. text_hash, day, size: of its signature. story: the id of its story;
    None for an article that is not yet assigned to one.
    """

    key: int
    article: str
    text_hash: int
    day: int
    size: int
    story: str | None


@dataclass(frozen=True, slots=True)
class Candidates:
    """The ids of articles worth comparing with one article, and keys found to be stop keys."""

    articles: set[str]
    stop_keys: set[int]


def find_candidates(
    own: Signature, postings: Iterable[Posting], *, detect_stop_keys: bool = True
) -> Candidates:
    """Return the articles worth comparing with `own`.

    postings: those of `own`'s keys in `own`'s buckets. detect_stop_keys: leave out keys that stand
    in too many stories.
    """
    by_key: dict[int, list[Posting]] = {}
    for posting in postings:
        by_key.setdefault(posting.key, []).append(posting)
    stop_keys: set[int] = set()
    if detect_stop_keys:
        stop_keys = {key for key, of_key in by_key.items() if _is_stop_key(of_key)}
    sizes: dict[str, int] = {}
    shared: Counter[str] = Counter()
    for key, of_key in by_key.items():
        if key in stop_keys:
            continue
        for posting in of_key:
            if posting.text_hash == own.text_hash or abs(posting.day - own.day) > WINDOW_DAYS:
                continue
            shared[posting.article] += 1
            sizes[posting.article] = posting.size
    articles = {
        article for article, count in shared.items() if _is_enough(count, own.size, sizes[article])
    }
    return Candidates(articles, stop_keys)


def sign_articles(
    articles: Iterable[tuple[Current, Sketch]],
    stop_keys: Collection[int],
    printed: Mapping[int, int],
    *,
    detect_stop_keys: bool = True,
) -> tuple[list[Signature], set[int]]:
    """Return the signatures of `articles`, and the hashes of texts that turn out to be stop keys.

    articles: current text and sketch of each. stop_keys: known already. printed: by text hash, how
    many other articles print the text.
    """
    signatures: list[Signature] = []
    counts = Counter(printed)
    all_stop_keys = set(stop_keys)
    for current, sketch in articles:
        text_hash = sketch.text_hash
        if detect_stop_keys and text_hash is not None and text_hash not in all_stop_keys:
            counts[text_hash] += 1
            if counts[text_hash] > MAX_ARTICLES_PER_TEXT:
                all_stop_keys.add(text_hash)
        signatures.append(sign(current, sketch, all_stop_keys))
    return signatures, all_stop_keys.difference(stop_keys)


def shares_enough_keys(own: Signature, other: Signature) -> bool:
    """Return True if two articles are candidates by what is stored of them now.

    Postings may be stale after a crash.
    """
    shared = len(set(own.keys).intersection(other.keys))
    return abs(own.day - other.day) <= WINDOW_DAYS and _is_enough(shared, own.size, other.size)


def _is_stop_key(postings: Iterable[Posting]) -> bool:
    stories = {posting.story for posting in postings if posting.story is not None}
    return len(stories) > MAX_STORIES_PER_KEY


def _is_enough(shared: int, size: int, other_size: int) -> bool:
    return shared > 0 and shared >= MIN_SHARED * min(size, other_size)

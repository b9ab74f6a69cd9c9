"""Lines that pages print among a story's paragraphs and that are no part of it, told by their text.

The phrases stand in `crawler.extraction.phrases`.
"""

import re

from crawler.extraction.date_text import is_only_date
from crawler.extraction.phrases import (
    CHANNELS,
    COLON_LABELS,
    COMMENTS,
    FOLLOW_US,
    LABELS,
    MAY_OPEN_ASIDE,
    PICTURE,
    POLICY,
    READ_ALSO,
    WIDGETS,
    phrase_anywhere,
    phrase_at_start,
    phrases,
)
from crawler.text.counters import is_counter_line
from crawler.text.letters import fold_words

_OPENS_ASIDE = phrase_at_start(READ_ALSO + FOLLOW_US + PICTURE)
_MAY_OPEN_ASIDE = phrase_at_start(MAY_OPEN_ASIDE)
_OPENS_WIDGET = phrase_at_start(WIDGETS)
_LABELS = frozenset(fold_words(phrase) for phrase in phrases(LABELS))
_COLON_LABELS = frozenset(fold_words(phrase) for phrase in phrases(COLON_LABELS))
_COMMENTS = frozenset(fold_words(phrase) for phrase in phrases(COMMENTS))
_HAS_CHANNEL = phrase_anywhere(CHANNELS)
_HAS_POLICY = phrase_anywhere(POLICY)

# Characters of the longest line of each kind.
_MAX_ASIDE, _MAX_LABEL, _MAX_LABELLED, _MAX_DATE, _MAX_NOTICE = 220, 40, 100, 80, 600
_LINK_SHARE = 0.6
"""Share of a line in links above which it points to other stories."""
_LONG_LINK_SHARE = 0.9
"""That share of a longer line, a teaser that is one link."""
_LETTER_OR_DIGIT = re.compile(r"[^\W_ـ]")
"""A letter, but no tatweel: a line of that alone parts the story from what follows."""


def is_furniture(text: str, linked_chars: int) -> bool:
    """Return whether a line, of which `linked_chars` characters are in links, is no part of any
    story: a link, a pointer to another story, a widget's label, a picture's credit, a date, a
    counter, a mark without a letter or digit.

    Every kind of line that is never body is known here.
    """
    if len(text) > _MAX_ASIDE:
        return linked_chars >= _LONG_LINK_SHARE * len(text)
    if linked_chars > _LINK_SHARE * len(text) or not _LETTER_OR_DIGIT.search(text):
        return True
    if is_counter_line(text):
        return True
    if _is_aside(text, has_link=linked_chars > 0):
        return True
    return len(text) <= _MAX_DATE and is_only_date(text)


def is_notice(text: str) -> bool:
    """Return whether in `text` the outlet speaks of itself: rights, comment policy, disclaimer."""
    return len(text) <= _MAX_NOTICE and bool(_HAS_POLICY.search(fold_words(text)))


def heads_comments(heading: str) -> bool:
    """Return whether a heading stands above what readers wrote."""
    words = (word for word in fold_words(heading[:_MAX_LABEL]).split() if not word.isdigit())
    return len(heading) <= _MAX_LABEL and " ".join(words) in _COMMENTS


def _is_aside(text: str, *, has_link: bool) -> bool:
    """Return whether a line points to other stories ("read also"), asks to follow, labels a widget
    or credits a picture.

    Words that open sentences too ("more", "joined", "photo") need a sign beside them: a link, a
    colon, the name of a channel, or that the line is no more than a label.
    """
    words = fold_words(text)
    if _OPENS_ASIDE.match(words) or words in _LABELS:
        return True
    if _is_labelled(text):
        return True
    is_label = len(words) <= _MAX_LABEL and not text.endswith((".", "!", "۔"))
    if is_label and _OPENS_WIDGET.match(words):
        return True
    if not _MAY_OPEN_ASIDE.match(words):
        return False
    return (
        has_link or is_label or ":" in text[:_MAX_LABEL] or _HAS_CHANNEL.search(words) is not None
    )


def _is_labelled(text: str) -> bool:
    """Return whether a line opens with a word of COLON_LABELS and a colon."""
    word, colon, _ = text[:_MAX_LABEL].partition(":")
    return bool(colon) and len(text) <= _MAX_LABELLED and fold_words(word) in _COLON_LABELS

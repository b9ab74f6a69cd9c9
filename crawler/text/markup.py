"""Measure markup before it is parsed, because parsing some of it takes for ever."""

import re
from itertools import islice

MAX_ATTRIBUTES = 1000
"""Attributes of one tag. libxml2 compares each new name with all before it: 16,000 took 0.7 s,
120,000 over 40 s. No page at hand has a tag with more than 11."""

CHECKED_FROM = 150_000
"""Characters of a document from which its tags are looked at. A shorter one has room for 37,500
attributes of one tag, which take 4 s."""

_MOST = 50
_VALUE_WITH_END = re.compile(r"""=\s*+(?:"[^">]*+>|'[^'>]*+>)""")
"""An attribute's value that holds ">". Pages have few, and scripts some that look like it; of more
than `_MOST` a tag could be made in which no stretch is long."""

# HTML's own tokenizer (WHATWG, 13.2.5), as libxml2 has it since 2.14: attributes behind a quote
# without an end, inside a comment or in the text of a script are none. Every step is possessive,
# so a document is read once, whatever stands in it.
_ATTRIBUTE = r"""
    (?: [^\s/>=] | =(?=[^\s/>]) ) [^\s/>=]*+
    (?: \s*+ = \s*+ (?: "[^"]*+ (?:"|\Z) | '[^']*+ (?:'|\Z) | [^\s>"'] [^\s>]*+ )?+ )?+
"""
_TOKEN = re.compile(
    rf"""
    <!-- (?: > | -> | .*?(?:--!?>|\Z) )
    | < (?: [!?] | /[^a-z] ) [^>]*+ >?+
    | < (?: (script|style|textarea|title|iframe|xmp|noembed|noframes)(?=[\s/>]) | /?[a-z][^\s/>]*+ )
      ( (?: [\s/]++ | {_ATTRIBUTE} )*+ ) >?+
      (?(1) .*?(?=</\1[\s/>]|\Z) )
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_RAW_TEXT_TAG = re.compile(
    r"""
    < (?:script|style)
      (?: [\s/]++ | [^\s/>="']++ (?: = (?: "[^"]*+" | '[^']*+' | [^\s>"']++ ) )?+ )*+ \Z
    """,
    re.VERBOSE | re.IGNORECASE,
)
_RAW_TEXT_END = re.compile("</(?:script|style)", re.IGNORECASE)
_ATTRIBUTES = re.compile(_ATTRIBUTE, re.VERBOSE | re.DOTALL)
_SHORTEST_TAG = 2 * MAX_ATTRIBUTES
"""Characters of a tag with too many attributes: each has one, and one that parts it from the
next."""


def has_too_many_attributes(text: str) -> bool:
    """Return True if a tag of an HTML document has more than `MAX_ATTRIBUTES` attributes.

    The time it takes grows with the length of `text` alone. Short documents are not looked at.
    """
    return len(text) >= CHECKED_FROM and _is_suspicious(text) and _has_such_tag(text)


def _is_suspicious(text: str) -> bool:
    """Return False if no tag can have too many attributes, by a look that costs a tenth of the
    tokenizer's.

    A tag stands between two ">", or its values hold ">". So either one stretch without ">" has the
    attributes, or many values hold one. The long stretches of a page are its scripts and styles.
    Tags are missed whose attributes `_MOST` such values part into stretches of fewer than
    `MAX_ATTRIBUTES`: all that a document can have of them take the parser some seconds.
    """
    ends_in_values = {match.end() for match in islice(_VALUE_WITH_END.finditer(text), _MOST + 1)}
    if len(ends_in_values) > _MOST:
        return True
    start = 0
    before = ""
    is_raw_text = False
    for stretch in text.split(">"):
        if is_raw_text:
            is_raw_text = _RAW_TEXT_END.search(before) is None
        else:
            is_raw_text = start not in ends_in_values and _opens_raw_text(before)
        is_long = len(stretch) > _SHORTEST_TAG
        if is_long and not is_raw_text and _count_attributes(stretch) > MAX_ATTRIBUTES:
            return True
        start += len(stretch) + 1
        before = stretch
    return False


def _opens_raw_text(stretch: str) -> bool:
    """Return True if what ends at a ">" is the tag of a script or style, its quotes all closed."""
    tag_at = stretch.rfind("<")
    return tag_at >= 0 and _RAW_TEXT_TAG.match(stretch, tag_at) is not None


def _has_such_tag(text: str) -> bool:
    for token in _TOKEN.finditer(text):
        attributes = token[2]
        if attributes is None or len(attributes) <= _SHORTEST_TAG:
            continue
        if _count_attributes(attributes) > MAX_ATTRIBUTES:
            return True
    return False


def _count_attributes(text: str) -> int:
    """Return the number of attributes in what stands between a tag's name and its end."""
    return sum(1 for _ in _ATTRIBUTES.finditer(text))

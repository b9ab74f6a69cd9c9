"""Measure markup before it is parsed, because parsing some of it takes for ever."""

import re
from itertools import islice

MAX_ATTRIBUTES = 1000
"""Attributes of one tag. libxml2 compares each new name with all before it: 16,000 took 0.7 s,
120,000 over 40 s. No page at hand has a tag with more than 11."""

CHECKED_FROM = 150_000
"""Characters of a document from which its tags are looked at. A shorter one has room for 37,500
attributes of one tag, which take 4 s."""

_MOST_VALUES = 50
# All but the quote and ">": what a class holds is found in half the time of what it does not.
_NOT_DOUBLE_QUOTE = r"[\x00-!#-=?-\U0010ffff]"
_NOT_SINGLE_QUOTE = r"[\x00-&(-=?-\U0010ffff]"
_VALUE_WITH_END = re.compile(rf"""=\s*+(?="{_NOT_DOUBLE_QUOTE}*+>|'{_NOT_SINGLE_QUOTE}*+>)""")
"""What stands before an attribute's value that holds ">". Pages have few; of more than
`_MOST_VALUES` a tag could be made in which no stretch is long."""

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
_RAW_TEXT = re.compile(r"<(?:script|style)[\s/>]", re.IGNORECASE)
_RAW_TEXT_TAG = re.compile(
    r"""
    < (?:script|style)
      (?: [\s/]++ | [^\s/>="']++ (?: = (?: "[^">]*+" | '[^'>]*+' | [^\s>"']++ ) )?+ )*+ >
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A tag whose quotes are all closed."""
# Of a script and of everything else in which "<script>" may stand and open none.
_RAW_TEXT_END = re.compile(
    "</(?:script|style|textarea|title|iframe|xmp|noembed|noframes)", re.IGNORECASE
)
_COMMENT_ENDS = ("-->", "--!>")
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
    attributes, or many values hold one. The long stretches of a page are its scripts and styles:
    they are passed over. Tags are missed whose attributes `_MOST_VALUES` such values part into
    stretches of fewer than `MAX_ATTRIBUTES`: all that a document can have of them take the parser
    some seconds.
    """
    values: list[range] = []  # that hold ">"
    is_in_comment = False
    start = 0
    while opening := _RAW_TEXT.search(text, start):
        tag_end = text.find(">", opening.start()) + 1
        if not tag_end:
            break
        values += _values_with_end(text, start, tag_end)
        if len(values) > _MOST_VALUES or _has_many_in_stretch(text, start, tag_end):
            return True
        is_in_comment = _is_in_comment(text, start, opening.start(), is_in_comment)
        is_in_value = any(opening.start() in value for value in values)
        start = tag_end
        if not is_in_value and _RAW_TEXT_TAG.fullmatch(text, opening.start(), tag_end):
            start = _end_of_raw_text(text, tag_end, is_in_comment=is_in_comment)
    values += _values_with_end(text, start, len(text))
    return len(values) > _MOST_VALUES or _has_many_in_stretch(text, start, len(text))


def _is_in_comment(text: str, start: int, end: int, was_in_comment: bool) -> bool:
    """Return whether `end` may stand in a comment. `was_in_comment`: whether `start` may."""
    opened, closed = text.rfind("<!--", start, end), text.rfind("-->", start, end)
    return was_in_comment if opened == closed else opened > closed


def _values_with_end(text: str, start: int, end: int) -> list[range]:
    """Return the positions of the attributes' values between `start` and `end` that hold ">", at
    most one more than `_MOST_VALUES`."""
    values = []
    for match in islice(_VALUE_WITH_END.finditer(text, start, end), _MOST_VALUES + 1):
        quote_at = match.end()
        value_end = text.find(text[quote_at], quote_at + 1)
        values.append(range(quote_at, value_end if value_end >= 0 else len(text)))
    return values


def _end_of_raw_text(text: str, start: int, *, is_in_comment: bool) -> int:
    """Return where the text of a script or style ends, or of the comment or title around its
    tag."""
    end_tag = _RAW_TEXT_END.search(text, start)
    end = end_tag.start() if end_tag else len(text)
    if not is_in_comment:
        return end
    comment_ends = (text.find(mark, start, end) for mark in _COMMENT_ENDS)
    return min((each for each in comment_ends if each >= 0), default=end)


def _has_many_in_stretch(text: str, start: int, end: int) -> bool:
    """Return True if one stretch without ">" between `start` and `end` could hold too many
    attributes."""
    while end - start > _SHORTEST_TAG:
        last = text.rfind(">", start, start + _SHORTEST_TAG)
        if last < 0:
            stretch_end = text.find(">", start, end)
            last = stretch_end if stretch_end >= 0 else end
            if _has_many(text, start, last):
                return True
        start = last + 1
    return False


def _has_such_tag(text: str) -> bool:
    for token in _TOKEN.finditer(text):
        attributes = token[2]
        if attributes is None or len(attributes) <= _SHORTEST_TAG:
            continue
        if _has_many(attributes, 0, len(attributes)):
            return True
    return False


def _has_many(text: str, start: int, end: int) -> bool:
    """Return True if there are more than `MAX_ATTRIBUTES` attributes between `start` and `end`,
    which stand between a tag's name and its end."""
    attributes = islice(_ATTRIBUTES.finditer(text, start, end), MAX_ATTRIBUTES + 1)
    return sum(1 for _ in attributes) > MAX_ATTRIBUTES

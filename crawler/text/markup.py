"""Measure markup before it is parsed, because parsing some of it takes for ever."""

import re

MAX_ATTRIBUTES = 1000
"""Attributes of one tag. libxml2 compares each new name with all before it: 16,000 took 0.7 s,
120,000 over 40 s. No page at hand has a tag with more than 11."""

CHECKED_FROM = 150_000
"""Characters of a document from which its tags are looked at. A shorter one has room for 37,500
attributes of one tag, which take 4 s; the look costs a tenth of a millisecond a tag."""

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
_ATTRIBUTES = re.compile(_ATTRIBUTE, re.VERBOSE | re.DOTALL)
_SHORTEST_ATTRIBUTE = 2  # characters, with what parts it from the next


def has_too_many_attributes(text: str) -> bool:
    """Return True if a tag of an HTML document has more than `MAX_ATTRIBUTES` attributes.

    The time it takes grows with the length of `text` alone. Short documents are not looked at.
    """
    if len(text) < CHECKED_FROM:
        return False
    for token in _TOKEN.finditer(text):
        start, end = token.span(2)
        if end - start <= MAX_ATTRIBUTES * _SHORTEST_ATTRIBUTE:
            continue
        if sum(1 for _ in _ATTRIBUTES.finditer(text, start, end)) > MAX_ATTRIBUTES:
            return True
    return False

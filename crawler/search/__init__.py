"""Search: queries, the forms of words, and the words of an article. No I/O.

`parse_query` reads what a reader types; a store's vocabulary tells what its words are forms of
(`with_evidence`), and the store asks its index for the forms (`forms_of`) that it has; `matches`
decides for one article as every store must; `marks` finds the printed words.
"""

from crawler.search.expansion import (
    OTHER_LANGUAGES,
    Expansion,
    evidence,
    expand,
    prefixes,
    wanted_words,
    with_evidence,
)
from crawler.search.forms import LANGUAGES, forms_of
from crawler.search.matching import ArticleWords, Span, marks, matches, with_marks
from crawler.search.parse import exact_words, parse_query
from crawler.search.query import (
    MAX_FORMS,
    And,
    Field,
    InHeadline,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    QueryError,
    Term,
    Word,
    all_in_headline,
    all_terms_of,
    fields_of,
    terms_of,
    with_fields,
    with_headline_terms,
)
from crawler.search.words import FIELD_BREAK, FOLDING, Columns, columns_of, words_of

__all__ = [
    "FIELD_BREAK",
    "FOLDING",
    "LANGUAGES",
    "MAX_FORMS",
    "OTHER_LANGUAGES",
    "And",
    "ArticleWords",
    "Columns",
    "Expansion",
    "Field",
    "InHeadline",
    "Node",
    "Not",
    "Or",
    "Phrase",
    "Prefix",
    "QueryError",
    "Span",
    "Term",
    "Word",
    "all_in_headline",
    "all_terms_of",
    "columns_of",
    "evidence",
    "exact_words",
    "expand",
    "fields_of",
    "forms_of",
    "marks",
    "matches",
    "parse_query",
    "prefixes",
    "terms_of",
    "wanted_words",
    "with_evidence",
    "with_fields",
    "with_headline_terms",
    "with_marks",
    "words_of",
]

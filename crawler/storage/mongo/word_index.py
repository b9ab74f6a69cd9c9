"""The index of words in MongoDB, and asking it.

An article's `words` are 32-bit hashes of its folded words, and once more of those of its headline:
a third of what the words themselves would take. What the index finds is checked on the text, since
two words may share a hash and neither order nor exclusion is in it. `vocabulary` holds every word
once, for the forms and prefixes that a query stands for.
"""

import asyncio
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from pymongo import ASCENDING
from pymongo.errors import BulkWriteError

from crawler.items import Article
from crawler.search import (
    FIELD_BREAK,
    FOLDING,
    LANGUAGES,
    MAX_FORMS,
    And,
    ArticleWords,
    Columns,
    Expansion,
    Field,
    InHeadline,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Term,
    Word,
    all_terms_of,
    columns_of,
    evidence,
    expand,
    matches,
    prefixes,
    wanted_words,
    with_evidence,
)
from crawler.search.query import FieldName
from crawler.storage.codec import Document, article_from_document
from crawler.storage.mongo.client import Database

CHECKED_FIELDS = (
    *("headline", "body", "dateline", "description", "reporter", "authors", "tags", "sources"),
    *("url", "language", "outlet", "place_key", "source_keys"),
)
"""The fields of an article's document that `is_met` reads."""

VOCABULARY = "vocabulary"
"""The collection of words; `_id` is the word."""

_HASH_BYTES = 4
_PRUNED = 50  # words looked up at once
_SLICE = 2_000  # words of the vocabulary
_DUPLICATE_KEY = 11000
_LAST_LETTER = "\U0010ffff"

_FIELDS: Mapping[FieldName, str] = {
    "place": "place_key",
    "source": "source_keys",
    "outlet": "outlet",
    "language": "language",
}


def words_to_fields(article: Article) -> Document:
    """Return the fields of an article's document by which its words are found."""
    columns = columns_of(article)
    hashes = {word_hash(word) for word in _distinct(columns)}
    hashes.update(word_hash(word, in_headline=True) for word in columns.headline.split())
    return {"words": sorted(hashes), "folding": FOLDING}


def word_hash(word: str, *, in_headline: bool = False) -> int:
    """Return the hash under which a word is indexed, or a word of a headline: 32 bits, signed."""
    person = b"headline" if in_headline else b""
    digest = hashlib.blake2b(word.encode(), digest_size=_HASH_BYTES, person=person).digest()
    return int.from_bytes(digest, "big", signed=True)


async def add_to_vocabulary(database: Database, articles: Iterable[Article]) -> None:
    """Write the words of articles into the vocabulary, before the articles are written."""
    words = words_of_articles(articles)
    known = database[VOCABULARY].find({"_id": {"$in": sorted(words)}}, {"_id": 1})
    missing = sorted(words - {document["_id"] async for document in known})
    if not missing:
        return
    try:
        await database[VOCABULARY].insert_many([{"_id": word} for word in missing], ordered=False)
    except BulkWriteError as error:
        codes = {failure["code"] for failure in error.details["writeErrors"]}
        if codes != {_DUPLICATE_KEY}:  # another writer was faster
            raise


async def prune_vocabulary(database: Database, words: Iterable[str]) -> None:
    """Remove those of `words` from the vocabulary that no article has.

    Each is looked up by itself: to count the words of all articles takes longer than a server may
    be silent.
    """
    waiting = iter(words)
    while some := list(islice(waiting, _PRUNED)):
        used = await asyncio.gather(*(_is_used(database, word) for word in some))
        unused = [word for word, is_used in zip(some, used, strict=True) if not is_used]
        await database[VOCABULARY].delete_many({"_id": {"$in": unused}})
        for word in unused:
            # An article that came meanwhile may have it.
            if await _is_used(database, word):
                await database[VOCABULARY].replace_one({"_id": word}, {}, upsert=True)


async def prune_whole_vocabulary(database: Database) -> None:
    """Remove from the vocabulary all words that no article has."""
    last = ""
    while True:
        query = {"_id": {"$gt": last}}
        documents = await (
            database[VOCABULARY].find(query).sort("_id", ASCENDING).limit(_SLICE).to_list()
        )
        if not documents:
            return
        last = documents[-1]["_id"]
        await prune_vocabulary(database, [document["_id"] for document in documents])


async def _is_used(database: Database, word: str) -> bool:
    found = await database["articles"].find_one({"words": word_hash(word)}, {"_id": 1})
    return found is not None


async def with_vocabulary(database: Database, node: Node) -> Node:
    """Return a query whose words have the forms that the vocabulary tells."""
    asked = evidence(node)
    return with_evidence(node, await _known(database, asked) if asked else asked)


async def expanded(database: Database, node: Node) -> Expansion:
    """Return the expansion of a query by the vocabulary. Raises QueryError for too many forms.

    node: as `with_vocabulary` returns it.
    """
    vocabulary = database[VOCABULARY]
    known = await _known(database, wanted_words(node))
    by_prefix = {}
    for letters in prefixes(node):
        span = {"_id": {"$gte": letters, "$lt": letters + _LAST_LETTER}}
        words = vocabulary.find(span).limit(MAX_FORMS + 1)
        by_prefix[letters] = [document["_id"] async for document in words]
    return expand(node, known, by_prefix)


async def _known(database: Database, words: frozenset[str]) -> frozenset[str]:
    """Return those of `words` that the vocabulary has."""
    documents = database[VOCABULARY].find({"_id": {"$in": sorted(words)}})
    return frozenset([document["_id"] async for document in documents])


def query_of(node: Node, expansion: Expansion) -> Document:
    """Return a query of articles among which are all that `node` finds (see `is_met`)."""
    return _condition(node, expansion, in_headline=False) or {}


def is_met(node: Node, document: Document) -> bool:
    """Return True if the article in `document`, which has `CHECKED_FIELDS`, meets `node`, which is
    as `with_vocabulary` returns it."""
    article = article_from_document(document)
    words = ArticleWords(columns_of(article), article.language)
    return matches(node, words, lambda field: _has_field(document, field))


def _has_field(document: Document, field: Field) -> bool:
    value = document[_FIELDS[field.name]]
    return field.value in value if isinstance(value, list) else field.value == value


def _condition(node: Node, expansion: Expansion, *, in_headline: bool) -> Document | None:
    """Return what an article that meets `node` must have, None where that is nothing."""
    match node:
        case Word() | Phrase() | Prefix():
            return _term_condition(node, expansion, in_headline=in_headline)
        case Field():
            return {_FIELDS[node.name]: node.value}
        case InHeadline():
            return _condition(node.node, expansion, in_headline=True)
        case Not():
            return _excluded(node.node, expansion)
        case And():
            parts = _conditions(node.nodes, expansion, in_headline=in_headline)
            met = [part for part in parts if part is not None]
            return {"$and": met} if met else None
        case Or():
            parts = _conditions(node.nodes, expansion, in_headline=in_headline)
            alternatives = [part for part in parts if part is not None]
            return {"$or": alternatives} if len(alternatives) == len(parts) else None


def _conditions(
    nodes: Sequence[Node], expansion: Expansion, *, in_headline: bool
) -> list[Document | None]:
    return [_condition(node, expansion, in_headline=in_headline) for node in nodes]


def _excluded(node: Node, expansion: Expansion) -> Document | None:
    """Return the condition that excludes `node`; None for one with words, which only the text can
    exclude."""
    condition = None
    if not any(all_terms_of(node)):
        condition = _condition(node, expansion, in_headline=False)
    return None if condition is None else {"$nor": [condition]}


def _term_condition(term: Term, expansion: Expansion, *, in_headline: bool) -> Document:
    match term:
        case Word():
            # In which language an article is, is checked on it: few forms are words of another.
            forms = {form for each in LANGUAGES for form in expansion.forms(term, each)}
            return {"words": {"$in": _hashes(forms, in_headline=in_headline)}}
        case Phrase():
            return {"words": {"$all": _hashes(term.words, in_headline=in_headline)}}
        case Prefix():
            words = expansion.by_prefix[term.letters]
            return {"words": {"$in": _hashes(words, in_headline=in_headline)}}


def _hashes(words: Iterable[str], *, in_headline: bool) -> list[int]:
    return sorted({word_hash(word, in_headline=in_headline) for word in words})


def words_of_articles(articles: Iterable[Article]) -> set[str]:
    """Return the words of articles, as they stand in the vocabulary."""
    return {word for article in articles for word in _distinct(columns_of(article))}


def _distinct(columns: Columns) -> set[str]:
    return {*columns.headline.split(), *columns.body.split()} - {FIELD_BREAK}

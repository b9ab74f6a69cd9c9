"""How the values of `crawler.stories` stand in rows: the one place that maps the words of the code
to the names of columns."""

import json
from array import array
from collections.abc import Sequence
from typing import Any

from crawler.items import Article
from crawler.storage.codec import (
    article_from_document,
    article_to_document,
    dumps,
    from_milliseconds,
    to_milliseconds,
)
from crawler.storage.filters import place_key
from crawler.stories.candidates import Posting
from crawler.stories.grouping import Member, StorySlot
from crawler.stories.links import IndexedArticle, TextLink
from crawler.stories.model import StoredArticle
from crawler.stories.signature import Signature
from crawler.stories.versions import Current, OldVersion

Row = tuple[Any, ...]

CURRENT_COLUMNS = "document, first_seen, first_fetched, revisions"
LISTED_COLUMNS = "time, published, outlet, language, place"  # they follow from the current text
OLD_VERSION_COLUMNS = "document, first_seen, position"
STORED_ARTICLE_COLUMNS = "id, story_id, document, rules, revisions"
SIGNATURE_COLUMNS = "text, keys, size, day, face, rules"
INDEXED_ARTICLE_COLUMNS = f"id, document, {SIGNATURE_COLUMNS}"
MEMBER_COLUMNS = "id, published, time, text, face, story_id, story_time"
POSTING_COLUMNS = "key, id, text, day, size, story_id"
LINK_COLUMNS = "article_a, article_b, face_a, face_b, text_a, text_b"

_KEY_TYPE = "I"  # of arrays: 4 bytes each


def current_to_row(current: Current) -> Row:
    """Return the values of `CURRENT_COLUMNS` and `LISTED_COLUMNS`."""
    article = current.article
    document = article_to_document(article)
    return (
        dumps(document),
        to_milliseconds(current.first_seen),
        to_milliseconds(current.first_fetched),
        current.revisions,
        to_milliseconds(current.time),
        None if article.published is None else to_milliseconds(article.published),
        document["outlet"],
        document["language"],
        place_key(article),
    )


def current_from_row(row: Row) -> Current:
    """Return the current text in a row of `CURRENT_COLUMNS`."""
    document, first_seen, first_fetched, revisions = row
    return Current(
        article_from_json(document),
        from_milliseconds(first_seen),
        from_milliseconds(first_fetched),
        revisions,
    )


def old_version_to_row(old: OldVersion) -> Row:
    """Return the values of `OLD_VERSION_COLUMNS`, and the digest of the text."""
    first_seen, digest = old.key
    document = dumps(article_to_document(old.article))
    return document, to_milliseconds(first_seen), old.order, digest


def old_version_from_row(row: Row) -> OldVersion:
    """Return the older text in a row of `OLD_VERSION_COLUMNS`."""
    document, first_seen, order = row
    return OldVersion(article_from_json(document), from_milliseconds(first_seen), order)


def stored_article_from_row(row: Row) -> StoredArticle:
    """Return the article in a row of `STORED_ARTICLE_COLUMNS`."""
    article_id, story_id, document, rules, revisions = row
    return StoredArticle(article_id, story_id, article_from_json(document), rules, revisions)


def signature_to_row(signature: Signature) -> Row:
    """Return the values of `SIGNATURE_COLUMNS`."""
    return (
        signature.text_hash,
        array(_KEY_TYPE, signature.keys).tobytes(),
        signature.size,
        signature.day,
        signature.inputs_hash,
        signature.rules_version,
    )


def signature_from_row(row: Sequence[Any]) -> Signature:
    """Return the signature in a row of `SIGNATURE_COLUMNS`."""
    text_hash, keys, size, day, inputs_hash, rules_version = row
    return Signature(
        text_hash, tuple(array(_KEY_TYPE, keys)), size, day, inputs_hash, rules_version
    )


def indexed_article_from_row(row: Row) -> IndexedArticle:
    """Return the article and signature in a row of `INDEXED_ARTICLE_COLUMNS`."""
    article_id, document, *signature = row
    return IndexedArticle(article_id, signature_from_row(signature), article_from_json(document))


def member_from_row(row: Row) -> Member:
    """Return the member of a group in a row of `MEMBER_COLUMNS`."""
    article_id, published, time, text_hash, inputs_hash, story_id, story_time = row
    return Member(
        id=article_id,
        published=None if published is None else from_milliseconds(published),
        time=from_milliseconds(time),
        text_hash=text_hash,
        inputs_hash=inputs_hash,
        slot=StorySlot(story_id, from_milliseconds(story_time)),
    )


def posting_from_row(row: Row) -> Posting:
    """Return the posting in a row of `POSTING_COLUMNS`."""
    return Posting(*row)


def link_to_row(link: TextLink) -> Row:
    """Return the values of `LINK_COLUMNS`."""
    return (*link.articles, *link.inputs_hashes, *link.text_hashes)


def link_from_row(row: Row) -> TextLink:
    """Return the link in a row of `LINK_COLUMNS`."""
    return TextLink(articles=row[:2], inputs_hashes=row[2:4], text_hashes=row[4:])


def article_from_json(document: str) -> Article:
    """Return the article in the column `document`."""
    return article_from_document(json.loads(document))

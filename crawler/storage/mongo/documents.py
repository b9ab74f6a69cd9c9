"""How the values of `crawler.stories` stand in documents: the one place that maps the words of the
code to the names of stored fields."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.storage.codec import (
    ARTICLE_FIELDS,
    Document,
    article_from_document,
    article_to_document,
    to_milliseconds,
)
from crawler.storage.filters import place_key
from crawler.storage.mongo.word_index import words_to_fields
from crawler.stories.assembly import source_keys
from crawler.stories.candidates import Posting
from crawler.stories.grouping import Member, StorySlot
from crawler.stories.links import IndexedArticle, TextLink
from crawler.stories.model import StoredArticle
from crawler.stories.signature import Signature, text_hashes
from crawler.stories.versions import Current, Incoming, OldVersion

POSTINGS = "entries"
"""The collection of postings, and of claims: for each text, the article that was the first to
print it."""

STOP_KEYS = "stopped"
"""The collection of stop keys."""

TEXT_HASH = "text"
"""The field of an article with the hash of its text."""

INPUTS_HASH = "face"
"""The field of an article with the hash of its signature's inputs."""

LINKED_TEXTS = "texts"
"""The field of a link with the hashes of its two texts."""

INDEXED_ARTICLE_FIELDS = (*ARTICLE_FIELDS, TEXT_HASH, "keys", "size", "day", INPUTS_HASH, "rules")
"""The fields that `indexed_article_from` reads."""

STORED_ARTICLE_FIELDS = (*ARTICLE_FIELDS, "story_id", "rules", "revisions")
"""The fields that `stored_article_from` reads."""

MEMBER_FIELDS = (
    *("published", "time", TEXT_HASH, INPUTS_HASH, "story_id", "story_time"),
    *("version", "pending"),
)
"""The fields that `member_from` and `mark_from` read, and an article's version."""

POSTING_FIELDS = (TEXT_HASH, "day", "size", "story_id", "pending")
"""The fields of an article that `postings_from` reads."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a writer on an article that may not be assigned to its story yet.

    token: of the writer. text_hashes: of the texts whose groups the writer has to read. days: ISO
    dates of the days whose numbers the writer changes, and has to mark stale at its end.
    """

    token: str
    text_hashes: frozenset[int]
    days: frozenset[str]


def current_to_fields(current: Current, signature: Signature) -> Document:
    """Return all fields of an article's document that follow from its current text."""
    article = current.article
    return {
        **article_to_document(article),
        "time": current.time,
        "first_seen": current.first_seen,
        "first_fetched": current.first_fetched,
        "revisions": current.revisions,
        **words_to_fields(article),
        "place_key": place_key(article),
        "source_keys": list(source_keys(article)),
        **signature_to_fields(signature),
    }


def current_from(document: Document) -> Current:
    """Return the current text in an article's document."""
    return Current(
        article_from_document(document),
        first_seen=document["first_seen"],
        first_fetched=document["first_fetched"],
        revisions=document["revisions"],
    )


def signature_to_fields(signature: Signature) -> Document:
    """Return the fields of an article's document that hold its signature."""
    return {
        TEXT_HASH: signature.text_hash,
        "keys": list(signature.keys),
        "size": signature.size,
        "day": signature.day,
        INPUTS_HASH: signature.inputs_hash,
        "rules": signature.rules_version,
    }


def signature_from(document: Document) -> Signature:
    """Return the signature in an article's document."""
    return Signature(
        text_hash=document[TEXT_HASH],
        keys=tuple(document["keys"]),
        size=document["size"],
        day=document["day"],
        inputs_hash=document[INPUTS_HASH],
        rules_version=document["rules"],
    )


def new_article_to_document(incoming: Incoming, signature: Signature, token: str) -> Document:
    """Return the document of a new article: a story of its own, marked with the writer's token
    until it is assigned."""
    current = incoming.as_first
    return {
        "_id": incoming.id,
        "version": 1,
        "older": [],
        **current_to_fields(current, signature),
        **slot_to_fields(StorySlot(incoming.id, current.time)),
        "pending": {
            "token": token,
            "texts": sorted(text_hashes(signature)),
            "days": [day_of(current.time)],
        },
    }


def indexed_article_from(document: Document) -> IndexedArticle:
    """Return the article and signature in an article's document."""
    article = article_from_document(document)
    return IndexedArticle(document["_id"], signature_from(document), article)


def stored_article_from(document: Document) -> StoredArticle:
    """Return the article in its document; fields that were not read are missing."""
    return StoredArticle(
        document["_id"],
        document["story_id"],
        article_from_document(document),
        document["rules"],
        document["revisions"],
    )


def slot_to_fields(slot: StorySlot) -> Document:
    """Return the fields of an article's document that hold its slot."""
    return {"story_id": slot.story_id, "story_time": slot.story_time}


def member_from(document: Document) -> Member:
    """Return the member of a group that an article's document describes."""
    return Member(
        id=document["_id"],
        published=document["published"],
        time=document["time"],
        text_hash=document[TEXT_HASH],
        inputs_hash=document[INPUTS_HASH],
        slot=StorySlot(document["story_id"], document["story_time"]),
    )


def mark_from(document: Document) -> Mark | None:
    """Return the mark on an article, None if it is assigned to its story."""
    pending = document.get("pending")
    if pending is None:
        return None
    days = frozenset(pending.get("days", ()))
    return Mark(pending["token"], frozenset(pending["texts"]), days)


def mark_update(token: str, affected: Iterable[int], *story_times: datetime) -> Document:
    """Return the update operators that mark an article pending; their `$set` may be added to.

    affected: hashes of the texts whose groups the writer has to read. story_times: of its stories,
    before and after.
    """
    days = sorted({day_of(time) for time in story_times})
    return {
        "$set": {"pending.token": token},
        "$addToSet": {
            "pending.texts": {"$each": sorted(affected)},
            "pending.days": {"$each": days},
        },
    }


def day_of(story_time: datetime) -> str:
    """Return the day on which a story counts, an ISO date."""
    return story_time.astimezone(UTC).date().isoformat()


def postings_to_documents(article_id: str, version: int, signature: Signature) -> list[Document]:
    """Return the postings of one version of an article.

    Each version has postings of its own: who removes those of an older one takes none away from a
    newer one.
    """
    bucket = signature.bucket
    return [
        {
            "_id": f"{article_id}:{version}:{key}",
            "bucket": bucket,
            "key": key,
            "article": article_id,
        }
        for key in signature.keys
    ]


def postings_from(document: Document, keys: Iterable[int]) -> list[Posting]:
    """Return the postings of an article under `keys`, by what its document says now."""
    text_hash = document[TEXT_HASH]
    if text_hash is None:
        return []
    story = None if "pending" in document else document["story_id"]
    article_id, day, size = document["_id"], document["day"], document["size"]
    return [Posting(key, article_id, text_hash, day, size, story) for key in keys]


def claim_to_document(article_id: str, text_hash: int) -> Document:
    """Return the claim of an article to be the first that prints a text: the first one to be
    written is true."""
    return {"_id": f"first:{text_hash}", "article": article_id}


def link_to_document(link: TextLink) -> Document:
    """Return `link` as a document."""
    return {
        "_id": link_id(link),
        "articles": link.articles,
        "faces": link.inputs_hashes,
        LINKED_TEXTS: link.text_hashes,
    }


def link_from(document: Document) -> TextLink:
    """Return the link in `document`."""
    return TextLink(
        articles=tuple(document["articles"]),
        inputs_hashes=tuple(document["faces"]),
        text_hashes=tuple(document[LINKED_TEXTS]),
    )


def link_id(link: TextLink) -> str:
    """Return the id that `link` is stored under."""
    return ":".join(map(str, (*link.articles, *link.inputs_hashes)))


def old_version_to_document(article_id: str, old: OldVersion) -> Document:
    """Return an older text of an article as a document."""
    first_seen, digest = old.key
    return {
        "_id": f"{article_id}:{to_milliseconds(first_seen)}:{digest}",
        **article_to_document(old.article),
        "article_id": article_id,
        "first_seen": first_seen,
        "order": old.order,
    }


def old_version_from(document: Document) -> OldVersion:
    """Return the older text in `document`."""
    return OldVersion(article_from_document(document), document["first_seen"], document["order"])

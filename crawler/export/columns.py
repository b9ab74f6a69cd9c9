"""The columns of an export, and the rows that stand under them.

Columns keep their names, kinds and order; new ones come at the end of what they are added to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from crawler.gazetteer import gazetteer
from crawler.items import Article, Attribution
from crawler.sources.model import Role
from crawler.storage.codec import article_to_document
from crawler.stories.assembly import source_keys
from crawler.stories.model import Revision, StoredArticle, Story

Kind = Literal["text", "texts", "instant", "integer", "records"]
"""The kind of a column's values: texts are several texts, records several groups of columns. A
value of any other kind may be missing."""

Row = Mapping[str, Any]
"""The value of each column by its name: str, a sequence of str, an aware datetime in UTC, int, a
sequence of Rows; None where the value is missing."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. fields: of kind "records", the columns of each record."""

    name: str
    kind: Kind
    fields: tuple["Column", ...] = ()


def columns_of(record: type) -> tuple[Column, ...]:
    """Return a column for each field of the dataclass `record`."""
    hints = get_type_hints(record)
    return tuple(_column(field.name, hints[field.name]) for field in fields(record))


def _column(name: str, hint: Any) -> Column:
    options = [option for option in get_args(hint) if option is not NoneType]
    if get_origin(hint) is tuple:
        item = options[0]
        return Column(name, "texts") if item is str else Column(name, "records", columns_of(item))
    value = options[0] if options else hint
    if value is datetime:
        return Column(name, "instant")
    return Column(name, "integer" if value is int else "text")


_ATTRIBUTION = tuple(
    Column(name, "text") for name in ("id", "name", "kind", "country", "wikidata", "role")
)


def _article_columns() -> tuple[Column, ...]:
    """Return the columns of an article: its fields, and what follows from its sources."""
    by_name = {
        field.name: _column(field.name, hint)
        for field, hint in zip(fields(Article), get_type_hints(Article).values(), strict=True)
        if field.name != "sources"
    }
    return (
        *by_name.values(),
        Column("sources", "texts"),
        Column("source_names", "texts"),
        Column("publisher", "text"),
        Column("agencies", "texts"),
        Column("desk", "text"),
        Column("attributions", "records", _ATTRIBUTION),
    )


STORY_COLUMNS = (
    *columns_of(Story),
    Column("body", "text"),
    Column("description", "text"),
    Column("url", "text"),
    Column("outlet", "text"),
    Column("reporter", "text"),
    Column("source_names", "texts"),
    Column("copy_count", "integer"),
    Column("outlets", "texts"),
    Column("urls", "texts"),
)

ARTICLE_COLUMNS = (
    Column("id", "text"),
    Column("story_id", "text"),
    *_article_columns(),
    Column("revisions", "integer"),
    Column("rules", "integer"),
)

REVISION_COLUMNS = (
    Column("article_id", "text"),
    Column("story_id", "text"),
    Column("first_seen", "instant"),
    Column("replaced_at", "instant"),
    *_article_columns(),
)


def story_row(story: Story, earliest: StoredArticle | None) -> Row:
    """Return the row of `story` under STORY_COLUMNS.

    earliest: the earliest copy, whole; None if it is no longer stored.
    """
    article = Article("") if earliest is None else earliest.article
    return {
        **_values(story),
        "body": article.body,
        "description": article.description,
        "url": story.copies[0].url,
        "outlet": story.copies[0].outlet,
        "reporter": article.reporter,
        "source_names": [_source_name(key) for key in story.sources],
        "copy_count": len(story.copies),
        "outlets": list(dict.fromkeys(copy.outlet for copy in story.copies if copy.outlet)),
        "urls": [copy.url for copy in story.copies],
    }


def article_row(stored: StoredArticle) -> Row:
    """Return the row of `stored` under ARTICLE_COLUMNS."""
    return {
        "id": stored.id,
        "story_id": stored.story_id,
        **_article_values(stored.article),
        "revisions": stored.revisions,
        "rules": stored.rules,
    }


def revision_row(revision: Revision, story_id: str) -> Row:
    """Return the row of `revision`, of an article of the story `story_id`, under
    REVISION_COLUMNS."""
    return {
        "article_id": revision.article_id,
        "story_id": story_id,
        "first_seen": revision.first_seen,
        "replaced_at": revision.replaced_at,
        **_article_values(revision.article),
    }


def _article_values(article: Article) -> dict[str, Any]:
    document = article_to_document(article)
    attributions = document.pop("sources")
    return {
        **document,
        "sources": list(source_keys(article)),
        "source_names": list(dict.fromkeys(each.source.name for each in article.sources)),
        "publisher": next(iter(_keys(article.sources, "publisher")), None),
        "agencies": _keys(article.sources, "agency"),
        "desk": next(iter(_keys(article.sources, "desk")), None),
        "attributions": attributions,
    }


def _keys(attributions: Sequence[Attribution], role: Role) -> list[str]:
    """Return the sources in `role`: ids, printed names where there is no id."""
    keys = (each.source.id or each.source.name for each in attributions if each.role == role)
    return list(dict.fromkeys(keys))


def _source_name(key: str) -> str:
    """Return the name of the source with this gazetteer id; a printed name is its own name."""
    known = gazetteer().by_id.get(key)
    return key if known is None else known.source.name


def _values(record: Any) -> dict[str, Any]:
    """Return the values of a dataclass by field; tuples of dataclasses as lists of such values."""
    values: dict[str, Any] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, tuple):
            value = [item if isinstance(item, str) else _values(item) for item in value]
        values[field.name] = value
    return values

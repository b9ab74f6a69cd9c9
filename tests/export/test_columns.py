"""Every column is documented, in its order and with its kind."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from crawler.export.columns import (
    ARTICLE_COLUMNS,
    REVISION_COLUMNS,
    STORY_COLUMNS,
    Column,
    columns_of,
)
from crawler.items import Article
from crawler.stories.model import Copy, Story

DOCUMENT = Path(__file__).parents[2] / "docs" / "export.md"
_NOT_OF_REVISIONS = ("id", "story_id", "revisions", "rules")


def documented(what: str) -> list[tuple[str, str]]:
    """The names and kinds of columns in the table of `what`."""
    text = DOCUMENT.read_text(encoding="utf-8")
    section = text.partition(f"## Columns of {what}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| `(\w+)` \| (\w+) \|", section, re.MULTILINE)


def shape(columns: tuple[Column, ...]) -> list[tuple[str, str]]:
    return [(column.name, column.kind) for column in columns]


@pytest.mark.parametrize(
    ("what", "columns"),
    [
        ("stories", STORY_COLUMNS),
        ("articles", ARTICLE_COLUMNS),
        ("revisions", REVISION_COLUMNS[:4]),
    ],
)
def test_the_document_lists_the_columns(what: str, columns: tuple[Column, ...]) -> None:
    assert documented(what) == shape(columns)


def test_a_revision_has_the_columns_of_an_article() -> None:
    of_articles = [column for column in ARTICLE_COLUMNS if column.name not in _NOT_OF_REVISIONS]
    assert list(REVISION_COLUMNS[4:]) == of_articles


def test_no_field_of_an_article_or_story_is_left_out() -> None:
    assert {field.name for field in fields(Article)} <= {column.name for column in ARTICLE_COLUMNS}
    assert {field.name for field in fields(Story)} <= {column.name for column in STORY_COLUMNS}


def test_the_kind_follows_from_the_type_of_a_field() -> None:
    (copies,) = [column for column in columns_of(Story) if column.name == "copies"]
    assert copies == Column("copies", "records", columns_of(Copy))
    kinds = dict(shape(copies.fields))
    assert kinds["published"] == "instant"
    assert kinds["url"] == kinds["outlet"] == "text"

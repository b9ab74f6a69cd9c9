"""The shape of expected.json, and what is said of a wrong one."""

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.items import Article
from crawler.replay import ReplayError
from crawler.replay.case import expected_of_article
from crawler.replay.expected import ARTICLE_FIELDS, read_expected

ARTICLE = {
    "headline": "خبر",
    "dateline": None,
    "tags": ["اقتصاد"],
    "sources": [{"id": "petra", "role": "publisher"}],
    "published": "2026-03-01T09:30:00+00:00",
    "published_precision": "minute",
    "genre": "opinion",
}


def write(folder: Path, content: object) -> Path:
    file = folder / "expected.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "content",
    [
        {"checked": True, "article": ARTICLE},
        {"checked": False, "article": {}},
        {"checked": True, "discovery": "news-sitemap", "addresses": ["https://news.example/1"]},
        {"checked": True, "discovery": "listing", "addresses": []},
    ],
)
def test_what_is_documented_is_read(content: dict[str, Any], tmp_path: Path) -> None:
    assert read_expected(write(tmp_path, content)) == content


def test_what_is_recorded_has_the_shape(tmp_path: Path) -> None:
    recorded = expected_of_article(Article("https://news.example/1"))

    assert read_expected(write(tmp_path, recorded)) == recorded


def test_every_field_is_an_article_s() -> None:
    assert set(ARTICLE_FIELDS) < {*Article.__dataclass_fields__}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ([], "not an object"),
        ({"article": {}}, "checked: true if a person has read it"),
        ({"checked": "yes", "article": {}}, "checked: true if a person has read it"),
        ({"checked": True}, "either article or discovery"),
        ({"checked": True, "article": {}, "discovery": "feed"}, "either article or discovery"),
        ({"checked": True, "article": []}, "article: not an object"),
        ({"checked": True, "article": {}, "note": "x"}, "note: no such key"),
        (
            {"checked": True, "article": {"headlin": "x"}},
            "headlin: .*did you mean headline",
        ),
        ({"checked": True, "article": {"tags": "x"}}, "tags: 'x' is not a list of texts"),
        ({"checked": True, "article": {"authors": None}}, "authors: None is not a list of texts"),
        ({"checked": True, "article": {"place": 7}}, "place: 7 is not a text"),
        ({"checked": True, "article": {"sources": ["petra"]}}, "sources: .* is not a list of"),
        ({"checked": True, "article": {"sources": [{"id": "a", "role": "x"}]}}, "sources: "),
        ({"checked": True, "article": {"published": "2026-03-01"}}, "published: .*instant in UTC"),
        (
            {"checked": True, "article": {"modified": "2026-03-01T09:30:00+05:00"}},
            "modified: .*instant in UTC",
        ),
        ({"checked": True, "article": {"published_precision": "hours"}}, "is none of second, "),
        ({"checked": True, "article": {"genre": "sport"}}, "genre: 'sport' is none of news, "),
        (
            {"checked": True, "discovery": "rss", "addresses": []},
            "discovery: 'rss' is none",
        ),
        ({"checked": True, "discovery": "feed"}, "addresses: a list of the article addresses"),
        ({"checked": True, "discovery": "feed", "addresses": [1]}, "addresses: a list"),
    ],
)
def test_a_wrong_shape_is_told_in_one_line_that_names_the_file(
    content: object, said: str, tmp_path: Path
) -> None:
    with pytest.raises(ReplayError, match=f"expected.json: .*{said}") as raised:
        read_expected(write(tmp_path, content))
    assert "\n" not in str(raised.value)


def test_what_is_no_json_is_told_with_its_file(tmp_path: Path) -> None:
    file = tmp_path / "expected.json"
    file.write_text("{", encoding="utf-8")

    with pytest.raises(ReplayError, match=r"expected\.json: Expecting"):
        read_expected(file)

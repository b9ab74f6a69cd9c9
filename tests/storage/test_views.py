"""The views of the SQLite file: SQLite, DuckDB and our own store say the same."""

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import duckdb_extension_sqlite_scanner  # type: ignore[import-untyped]
import pytest

from crawler.items import Article
from crawler.storage import Run
from crawler.storage.codec import RUN_NAMES, article_to_document
from crawler.storage.sqlite.schema import _ADDED, _SCHEMA, APPLICATION_ID
from crawler.storage.sqlite.views import SEPARATOR, VIEWS
from tests.storage.samples import HOUR, NOON, REUTERS, SyncStore, article, gap_free

Rows = list[dict[str, Any]]
NAMES = ("stories_v1", "articles_v1", "copies_v1", "runs_v1")
COUNTS = {"copy_count", "revisions", "rules", "is_earliest"}
TEXT = "أعلنت هيئة الموانئ توسيع الميناء بكلفة 340 مليون دينار، على أن ينتهي العمل بعد خمسة أشهر"
RUN = Run(
    id="akhbar-1",
    outlet="akhbar",
    started=NOON,
    finished=None,
    status="degraded",
    found=7,
    left=2,
    gaps={"date": 3, 'body "x"': 1},
    failures={"http_404": 2},
    versions={"khabar": "0.1.0", "rules": "2"},
)


@pytest.fixture
def filled(tmp_path: Path) -> SyncStore:
    """A store with a story of two copies, an article of gaps, and a run."""
    store = SyncStore(f"sqlite:///{tmp_path}/khabar.db")
    copy = article(
        "masry", TEXT, published=NOON, authors=('مها "الكاتبة"', "it's; me"), sources=(REUTERS,)
    )
    whole = gap_free("akhbar")
    whole.body, whole.content_hash = TEXT, None
    store.save(whole, copy, Article("https://bare.example/1", fetched_at=NOON))
    store.save(article("masry", TEXT, published=NOON, headline="الميناء", fetched_at=NOON + HOUR))
    store.run(lambda opened: opened.record_run(RUN))
    return store


def path_of(store: SyncStore) -> str:
    return store.uri.removeprefix("sqlite:///")


def by_sqlite(store: SyncStore, view: str) -> Rows:
    with sqlite3.connect(path_of(store)) as connection:
        cursor = connection.execute(f"SELECT * FROM {view} ORDER BY 1, 2")
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor]
    connection.close()
    return rows


def by_duckdb(store: SyncStore, view: str) -> tuple[Rows, dict[str, str]]:
    """The rows of a view as DuckDB reads it, and the type of each column."""
    (package,) = duckdb_extension_sqlite_scanner.__path__
    (extension,) = Path(package).glob("extensions/*/sqlite_scanner.duckdb_extension")
    with duckdb.connect() as connection:
        connection.execute(f"LOAD '{extension}'")
        connection.execute(f"ATTACH '{path_of(store)}' AS khabar (TYPE sqlite, READ_ONLY)")
        cursor = connection.execute(f"SELECT * FROM khabar.{view} ORDER BY 1, 2")
        types = {column[0]: str(column[1]) for column in cursor.description}
        return [dict(zip(types, row, strict=True)) for row in cursor.fetchall()], types


@pytest.mark.parametrize("view", NAMES)
def test_duckdb_reads_what_sqlite_reads_with_types(filled: SyncStore, view: str) -> None:
    rows, types = by_duckdb(filled, view)
    assert rows
    assert rows == by_sqlite(filled, view)
    numbers = {name for name, type_ in types.items() if type_ == "BIGINT"}
    texts = {name for name, type_ in types.items() if type_ == "VARCHAR"}
    assert numbers | texts == set(types)
    assert numbers == {name for name in types if any(isinstance(row[name], int) for row in rows)}


def test_articles_have_every_field_but_the_body(filled: SyncStore) -> None:
    rows = {row["id"]: row for row in by_sqlite(filled, "articles_v1")}
    stored = filled.articles()
    assert len(rows) == len(stored)
    for each in stored:
        row, document = rows[each.id], article_to_document(each.article)
        assert (row["story_id"], row["revisions"]) == (each.story_id, each.revisions)
        assert (row["rules"], row["language"]) == (each.rules, each.article.language)
        for name in document.keys() - {"body", "sources"}:
            assert row[name] == column(document[name]), name
        assert "body" not in row


def column(value: Any) -> str | None:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, list):
        return SEPARATOR.join(value) or None
    assert value is None or isinstance(value, str)
    return value


def test_sources_stand_by_role_each_once_and_sorted(filled: SyncStore) -> None:
    (row,) = [row for row in by_sqlite(filled, "articles_v1") if row["outlet"] == "akhbar"]
    assert row["sources"] == row["agencies"] == "reuters; وكالة الميناء"
    assert row["source_names"] == "Reuters; وكالة الميناء"
    assert row["publisher"] is None


def test_a_story_has_the_fields_of_its_earliest_copy(filled: SyncStore) -> None:
    rows = {row["id"]: row for row in by_sqlite(filled, "stories_v1")}
    stories = filled.stories()
    assert len(rows) == len(stories) == 2
    for story in stories:
        row = rows[story.id]
        assert row["headline"] == story.headline
        assert row["published"] == column(story.published)
        assert (row["copy_count"], row["revisions"]) == (len(story.copies), story.revisions)
        assert row["sources"] == (SEPARATOR.join(sorted(story.sources)) or None)
        assert row["url"] == story.copies[0].url
    (twice,) = [row for row in rows.values() if row["copy_count"] == 2]
    assert (twice["outlets"], twice["outlet"]) == ("akhbar; masry", "akhbar")


def test_copies_belong_to_their_stories(filled: SyncStore) -> None:
    rows = by_sqlite(filled, "copies_v1")
    copies = [(story.id, copy.id) for story in filled.stories() for copy in story.copies]
    assert sorted((row["story_id"], row["article_id"]) for row in rows) == sorted(copies)
    earliest = [row["article_id"] for row in rows if row["is_earliest"]]
    assert sorted(earliest) == sorted(story.id for story in filled.stories())


def test_runs_have_their_numbers_and_causes(filled: SyncStore) -> None:
    (row,) = by_sqlite(filled, "runs_v1")
    assert row["started"] == "2026-03-01T12:00:00.000+00:00"
    assert (row["finished"], row["status"], row["scope"]) == (None, "degraded", "all")
    assert (row["found"], row["left"], row["fetched"]) == (7, 2, 0)
    assert (row["gaps"], row["failures"]) == ('body "x" 1; date 3', "http_404 2")
    assert row["dropped"] is None
    assert row["versions"] == "khabar 0.1.0; rules 2"
    assert {*RUN_NAMES.values()} == set(row)


def test_a_store_of_schema_4_gets_the_views(tmp_path: Path) -> None:
    store = SyncStore(f"sqlite:///{tmp_path}/khabar.db")
    with sqlite3.connect(path_of(store)) as connection:
        connection.executescript(_SCHEMA + _ADDED[2] + _ADDED[3])
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 4")
    connection.close()
    store.save(article("masry"))
    (row,) = by_sqlite(store, "stories_v1")
    assert row["outlet"] == "masry"


def test_every_column_is_documented() -> None:
    document = (Path(__file__).parents[2] / "docs" / "views.md").read_text(encoding="utf-8")
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE runs (id, outlet, document)")
    connection.execute(
        "CREATE TABLE articles (id, story_id, canonical_url, outlet, language, revisions, rules,"
        " document)"
    )
    connection.executescript(VIEWS)
    for view in NAMES:
        section = document.partition(f"## {view}\n")[2].partition("\n## ")[0]
        documented = [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]
        columns = connection.execute(f"SELECT * FROM {view}").description
        assert documented == [column[0] for column in columns]
    connection.close()

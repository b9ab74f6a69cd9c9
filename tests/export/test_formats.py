"""Every format gives back the values of the store, and every text stays a text."""

import csv
import io
import json
import os
import random
import resource
import zipfile
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import feedparser  # type: ignore[import-untyped]
import openpyxl
import pyarrow.parquet
import pytest

from crawler.export import xlsx
from crawler.export.destination import ExportError, opened
from crawler.export.formats import WRITERS
from crawler.export.write import write
from crawler.items import Article
from crawler.storage import Store
from crawler.storage.codec import article_from_document, iso_instant
from crawler.stories.model import StoredArticle
from tests.storage.samples import HOUR, NOON, SyncStore, article, gap_free

NO_FILTERS: dict[str, object] = {"limit": None}
TEXT = (
    "أعلنت هيئة الموانئ توسيع الميناء بكلفة 340 مليون دينار، على أن ينتهي العمل بعد خمسة أشهر.\n\n"
    "وقالت الهيئة إن الأرصفة الثلاثة الجديدة تستقبل سفن الحبوب القادمة من البحر الأسود كل أسبوع."
)
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1"]


def exported(
    store: SyncStore, format_name: str, what: str, filters: dict[str, object] = NO_FILTERS
) -> bytes:
    """The bytes of an export."""

    async def export(opened_store: Store) -> None:
        with opened(path) as file:
            await write(opened_store, file, format_name, what, filters)

    with TemporaryDirectory() as folder:
        path = f"{folder}/export"
        store.run(export)
        assert os.listdir(folder) == ["export"]
        return Path(path).read_bytes()


def json_rows(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode().splitlines()]


def parquet_rows(data: bytes) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()
    return rows


def csv_rows(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def with_instants(value: Any) -> Any:
    """`value` as JSON has it: instants in ISO 8601."""
    if isinstance(value, datetime):
        return iso_instant(value)
    if isinstance(value, list):
        return [with_instants(item) for item in value]
    if isinstance(value, dict):
        return {name: with_instants(item) for name, item in value.items()}
    return value


@pytest.fixture
def filled(store: SyncStore) -> SyncStore:
    """A store with a story of two copies, one of them revised twice, and an article of gaps."""
    copy = article("masry", TEXT, published=NOON, headline="توسعة المرفأ")
    whole = replace(gap_free("akhbar"), body=TEXT, content_hash=None)
    store.save(whole, copy, Article("https://bare.example/1", fetched_at=NOON))
    for number in (1, 2):
        later = NOON + number * HOUR
        store.save(
            article("masry", TEXT, published=NOON, headline=f"المرفأ {number}", fetched_at=later)
        )
    return store


def test_articles_read_back_equal_from_json_and_parquet(filled: SyncStore) -> None:
    stored = filled.articles()
    assert len(stored) == 3
    for rows in (
        json_rows(exported(filled, "jsonl", "articles")),
        parquet_rows(exported(filled, "parquet", "articles")),
    ):
        assert [article_of(row) for row in rows] == stored


def article_of(row: dict[str, Any]) -> StoredArticle:
    own = article_from_document({**row, "sources": row["attributions"]})
    return StoredArticle(row["id"], row["story_id"], own, row["rules"], row["revisions"])


def test_stories_have_the_fields_of_scrapy_stories_and_the_text(filled: SyncStore) -> None:
    rows = json_rows(exported(filled, "jsonl", "stories"))
    for row, story in zip(rows, filled.stories(), strict=True):
        shown = json.loads(json.dumps(asdict(story), default=iso_instant))
        assert {name: row[name] for name in shown} == shown
        (earliest,) = [each for each in filled.articles() if each.id == story.id]
        assert row["body"] == earliest.article.body
        assert row["copy_count"] == len(story.copies)
    assert with_instants(parquet_rows(exported(filled, "parquet", "stories"))) == rows


def test_revisions_are_the_older_texts_and_the_limit_counts_them(filled: SyncStore) -> None:
    (revised,) = [stored for stored in filled.articles() if stored.revisions]
    revisions = filled.revisions(revised.id)
    assert len(revisions) == 2
    rows = json_rows(exported(filled, "jsonl", "revisions"))
    assert [row["headline"] for row in rows] == ["توسعة المرفأ", "المرفأ 1"]
    assert [row["body"] for row in rows] == [each.article.body for each in revisions]
    assert [row["article_id"] for row in rows] == [revised.id] * 2
    assert [row["first_seen"] for row in rows] == [
        iso_instant(each.first_seen) for each in revisions
    ]
    assert json_rows(exported(filled, "jsonl", "revisions", {"limit": 1})) == rows[:1]


@pytest.mark.parametrize("what", ["stories", "articles", "revisions"])
@pytest.mark.parametrize("format_name", WRITERS)
def test_an_empty_store_gives_a_file_without_rows(
    sqlite_uri: str, format_name: str, what: str
) -> None:
    data = exported(SyncStore(sqlite_uri), format_name, what)
    match format_name:
        case "jsonl" | "text":
            assert data == b""
        case "csv":
            assert csv_rows(data) == []
        case "parquet":
            assert parquet_rows(data) == []
        case "atom":
            assert not feedparser.parse(data).bozo
        case "xlsx":
            assert openpyxl.load_workbook(io.BytesIO(data)).active.max_row == 1


def test_sources_stand_as_names_and_as_ids(sqlite_uri: str) -> None:
    store = SyncStore(sqlite_uri)
    store.save(gap_free("akhbar"))
    (row,) = csv_rows(exported(store, "csv", "stories"))
    assert (row["sources"], row["source_names"]) == (
        "reuters; وكالة الميناء",
        "Reuters; وكالة الميناء",
    )
    (row,) = csv_rows(exported(store, "csv", "articles"))
    assert (row["sources"], row["source_names"]) == (
        "reuters; وكالة الميناء",
        "Reuters; وكالة الميناء",
    )
    assert (row["agencies"], row["publisher"]) == ("reuters; وكالة الميناء", "")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_csv_file_is_a_formula(sqlite_uri: str, text: str) -> None:
    store = SyncStore(sqlite_uri)
    store.save(article("akhbar", f"{text}\n\nنص", headline=text))
    (row,) = csv_rows(exported(store, "csv", "stories"))
    assert row["headline"] == f"'{text}"
    assert row["body"] == f"'{text}\n\nنص"


@pytest.mark.parametrize(
    "text", [*FORMULAS, "<r>1</r>", "https://x.example/", "007", "_x0041_", "&<"]
)
def test_every_text_is_a_cell_of_text_in_xlsx(sqlite_uri: str, text: str) -> None:
    store = SyncStore(sqlite_uri)
    store.save(article("akhbar", headline=text))
    data = exported(store, "xlsx", "articles")
    row = sheet_rows(data)[0]
    cell = row["headline"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert cell.value.replace("_x005F_", "_") == text  # as Excel reads it; openpyxl does not
    assert row["revisions"].value == 0


def sheet_rows(data: bytes, sheet: int = 0) -> list[dict[str, Any]]:
    """The cells of each row by the name of their column."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    names, *rows = book.worksheets[sheet].iter_rows()
    return [dict(zip([cell.value for cell in names], row, strict=True)) for row in rows]


def test_a_text_too_long_for_a_cell_is_cut_and_named(sqlite_uri: str) -> None:
    store = SyncStore(sqlite_uri)
    long = "خ" * 32_766 + "😀" + "ب" * 10  # the 32,767th unit would be half a letter
    store.save(article("akhbar", long), article("masry", "ن" * 32_767))
    rows = {row["outlet"].value: row for row in sheet_rows(exported(store, "xlsx", "articles"))}
    assert rows["akhbar"]["body"].value == "خ" * 32_766
    assert rows["akhbar"]["cut"].value == "body"
    assert rows["masry"]["body"].value == "ن" * 32_767
    assert rows["masry"]["cut"].value is None
    (row,) = [
        row for row in csv_rows(exported(store, "csv", "articles")) if row["outlet"] == "akhbar"
    ]
    assert row["body"] == long


def test_a_full_sheet_is_followed_by_another(
    sqlite_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SyncStore(sqlite_uri)
    store.save(*[article(f"a/{number}", f"نص {number}") for number in range(5)])
    monkeypatch.setattr(xlsx, "MAX_ROWS", 3)
    data = exported(store, "xlsx", "articles")
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == [
        "articles", "articles 2", "articles 3",
    ]  # fmt: skip
    ids = [row["id"].value for sheet in range(3) for row in sheet_rows(data, sheet)]
    assert ids == [stored.id for stored in store.articles()]
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None


def test_atom_tells_when_where_and_by_whom(filled: SyncStore) -> None:
    data = exported(filled, "atom", "stories")
    assert b"<ns" not in data
    feed = feedparser.parse(data)
    assert not feed.bozo
    assert feed.namespaces == {"": "http://www.w3.org/2005/Atom"}
    stories = filled.stories()
    assert [entry.id for entry in feed.entries] == [f"urn:khabar:story:{s.id}" for s in stories]
    story = next(story for story in stories if story.place)
    entry = feed.entries[stories.index(story)]
    assert entry.title == story.headline
    assert [link.href for link in entry.links] == [copy.url for copy in story.copies]
    assert [author.name for author in entry.authors] == ["akhbar", "masry"]
    assert entry.published == iso_instant(NOON - HOUR)
    assert entry.content[0].value.startswith('<p dir="auto">القاهرة - رويترز ')
    assert feed.feed.updated == feed.entries[0].updated


def test_hostile_texts_stay_texts_in_atom(sqlite_uri: str) -> None:
    store = SyncStore(sqlite_uri)
    store.save(article("akhbar", "<script>x</script> & ]]>\n\n\x0bثان", headline="<b>&amp;\x00"))
    data = exported(store, "atom", "stories")
    (entry,) = feedparser.parse(data, sanitize_html=False).entries
    assert entry.content[0].value == (
        '<p dir="auto">&lt;script&gt;x&lt;/script&gt; &amp; ]]&gt;</p><p dir="auto">\ufffdثان</p>'
    )
    assert entry.title == "<b>&amp;\ufffd"


def test_text_is_to_be_read(sqlite_uri: str) -> None:
    store = SyncStore(sqlite_uri)
    store.save(gap_free("akhbar"))
    assert exported(store, "text", "stories").decode() == (
        "توسيع الميناء\n"
        "2026-03-01 11:00Z · akhbar · القاهرة · Reuters · وكالة الميناء\n"
        "https://akhbar.example/news\n"
        "\n"
        "القاهرة - رويترز مشروع جديد لتوسيع الميناء القديم\n"
        "\n"
        "----------------------------------------\n\n"
    )


def test_more_rows_than_a_batch_keep_their_order(sqlite_uri: str) -> None:
    store = SyncStore(sqlite_uri)
    articles = [
        article(f"a/{n}", f"خبر رقم {n} {n * n}", published=NOON - timedelta(minutes=n))
        for n in range(250)
    ]

    store.run(lambda opened: opened.save_many(articles))
    for what, ids in (
        ("stories", [story.id for story in store.stories()]),
        ("articles", [stored.id for stored in store.articles()]),
    ):
        assert [row["id"] for row in json_rows(exported(store, "jsonl", what))] == ids
        assert parquet_ids(exported(store, "parquet", what)) == ids


def parquet_ids(data: bytes) -> list[str]:
    return [row["id"] for row in parquet_rows(data)]


@pytest.mark.parametrize("format_name", WRITERS)
def test_a_full_disk_leaves_nothing_in_any_format(
    sqlite_uri: str, tmp_path: Path, format_name: str
) -> None:
    store = SyncStore(sqlite_uri)
    store.save(*[article(f"a/{n}", _noise(n), headline=f"خبر {n}") for n in range(40)])
    folder = tmp_path / "exports"
    folder.mkdir()

    async def export(opened_store: Store) -> None:
        with opened(f"{folder}/export") as file:
            await write(opened_store, file, format_name, "articles", NO_FILTERS)

    async def on_a_full_disk(opened_store: Store) -> None:
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
        try:
            await export(opened_store)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    with pytest.raises(ExportError, match="export: file too large; nothing was kept"):
        store.run(on_a_full_disk)
    assert os.listdir(folder) == []
    store.run(export)
    assert os.listdir(folder) == ["export"]


def _noise(number: int) -> str:
    """A text that no format makes much smaller."""
    chance = random.Random(number)
    return "".join(chance.choices("ابتثجحخدذرزسشصضطظعغفقكلمنهوي ", k=2000))


@pytest.mark.parametrize("what", ["stories", "articles", "revisions"])
@pytest.mark.parametrize("format_name", WRITERS)
def test_every_format_holds_every_row(filled: SyncStore, format_name: str, what: str) -> None:
    rows = json_rows(exported(filled, "jsonl", what))
    assert len(rows) >= 2
    data = exported(filled, format_name, what)
    match format_name:
        case "jsonl":
            headlines = [row["headline"] for row in json_rows(data)]
        case "parquet":
            headlines = [row["headline"] for row in parquet_rows(data)]
        case "csv":
            headlines = [row["headline"] or None for row in csv_rows(data)]
        case "xlsx":
            headlines = [row["headline"].value for row in sheet_rows(data)]
        case "atom":
            headlines = [entry.title or None for entry in feedparser.parse(data).entries]
        case "text":
            entries = data.decode().split(f"\n{'-' * 40}\n\n")[:-1]
            headlines = [entry.partition("\n")[0] or None for entry in entries]
    assert headlines == [row["headline"] for row in rows]


def test_rows_are_written_as_they_are_read(sqlite_uri: str, tmp_path: Path) -> None:
    store = SyncStore(sqlite_uri)
    articles = [
        article(f"a/{n}", f"خبر {n} {n * n}", published=NOON - timedelta(minutes=n))
        for n in range(250)
    ]
    store.run(lambda opened_store: opened_store.save_many(articles))
    sizes: list[int] = []

    async def export(opened_store: Store) -> None:
        with opened(f"{tmp_path}/export") as file:
            await write(
                opened_store,
                file,
                "jsonl",
                "stories",
                NO_FILTERS,
                on_rows=sizes.append,
            )

    store.run(export)
    assert sizes == [100, 100, 50]

"""The gazetteer's data."""

import re
from pathlib import Path

import pytest

from crawler.gazetteer import Gazetteer, UnknownSourceError, gazetteer
from crawler.gazetteer.entries import COLUMNS
from crawler.gazetteer.tables import TableError, read_table

ROW = dict.fromkeys(COLUMNS, "") | {
    "id": "al-ahram",
    "name": "Al-Ahram",
    "kind": "newspaper",
    "native": "الأهرام",
}


def test_it_knows_at_least_350_sources_of_every_kind() -> None:
    entries = gazetteer().by_id.values()
    assert len(entries) >= 350
    assert {entry.source.kind for entry in entries} >= {
        "agency",
        "newspaper",
        "broadcaster",
        "site",
        "desk",
    }


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("id", "Al Ahram"),
        ("kind", "paper"),
        ("country", "Egypt"),
        ("country", "UK"),
        ("wikidata", "12"),
        ("datelines", "sometimes"),
    ],
)
def test_a_cell_that_breaks_the_schema_is_named(column: str, cell: str) -> None:
    with pytest.raises(TableError, match=rf"line 2: {column} is '{cell}'"):
        Gazetteer([ROW | {column: cell}])


def test_rows_that_contradict_each_other_are_named() -> None:
    with pytest.raises(TableError, match="line 3: the id 'al-ahram' stands there twice"):
        Gazetteer([ROW, ROW])
    with pytest.raises(TableError, match="part of 'nobody'"):
        Gazetteer([ROW | {"part_of": "nobody"}])
    with pytest.raises(TableError, match="common names"):
        Gazetteer([ROW | {"common": "الوفد"}])


def test_a_table_with_other_columns_is_refused() -> None:
    with pytest.raises(TableError, match=r"places\.csv: the columns are"):
        read_table("crawler.sources", "places.csv", ("name",))


@pytest.mark.parametrize(
    ("outlet", "source"),
    [
        ("sabq", "sabq"), ("Siasat (Urdu)", "siasat"), ("urdupoint_ar", "urdupoint-arabic"),
        ("youm7", "youm7"), ("www.jang.com.pk", "jang"), ("نوائے وقت", "nawa-i-waqt"),
        ("bbc_ur", "bbc-urdu"), ("No Herald", None),
    ],
)  # fmt: skip
def test_an_outlet_is_found_by_slug_name_or_host(outlet: str, source: str | None) -> None:
    entry = gazetteer().outlet(outlet)
    assert (entry.source.id if entry else None) == source


def test_every_outlet_with_a_dossier_is_in_it(corpus: Path) -> None:
    hosts = {host for entry in gazetteer().by_id.values() for host in entry.hosts}
    dossiers = [
        re.search(r"^host: *(\S+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        for path in sorted((corpus.parent / "sites").glob("*.yaml"))
    ]
    missing = [
        host[1]
        for host in dossiers
        if host and host[1].replace("_", "/").removeprefix("www.") not in hosts
    ]
    assert len(dossiers) > 100
    assert missing == []


def test_a_source_is_found_by_its_id() -> None:
    assert gazetteer().entry("bbc-urdu").native == "بی بی سی اردو"


@pytest.mark.parametrize(
    ("identifier", "message"),
    [
        ("petre", r"'petre' is no id in crawler/gazetteer/gazetteer\.csv; did you mean petra"),
        ("bbc_urdu", "did you mean bbc-urdu"),
        ("0000", r"'0000' is no id in crawler/gazetteer/gazetteer\.csv$"),
    ],
)
def test_an_unknown_id_is_answered_with_the_nearest(identifier: str, message: str) -> None:
    with pytest.raises(UnknownSourceError, match=message):
        gazetteer().entry(identifier)


@pytest.mark.parametrize(
    ("url", "sources"),
    [
        ("https://www.bbc.com/arabic/articles/c1", ["bbc-arabic", "bbc"]),
        ("https://www.bbc.com/arabicnews", ["bbc"]),
        ("https://m.youm7.com/story/2026/1/2/x/3", ["youm7"]),
        ("http://ALWATAN.om", ["al-watan-om"]),
        ("https://notyoum7.com/", []),
        ("https://com/", []),
        ("youm7.com", []),
        ("", []),
    ],
)
def test_the_sources_that_publish_at_an_address_are_found(url: str, sources: list[str]) -> None:
    assert [entry.source.id for entry in gazetteer().publishing_at(url)] == sources

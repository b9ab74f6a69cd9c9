"""The gazetteer's data, and telling namesakes apart."""

import re
from pathlib import Path

import pytest

from crawler.sources import resolve
from crawler.sources.gazetteer import COLUMNS, Gazetteer, gazetteer
from crawler.sources.tables import TableError, read_table

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
        read_table("places.csv", ("name",))


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("رويترز", "reuters"), ("وكالة رويترز", "reuters"), ("رائٹرز", "reuters"),
        ("Reuters", "reuters"), ("أ.ف.ب", "afp"), ("أ. ف. ب", "afp"), ("ا ف ب", "afp"),
        ("اے ایف پی", "afp"), ("اے۔ایف۔پی", "afp"), ("اے پی پی", "app"), ("آئی این پی", "inp"),
        ("یواین آئی", "uni"), ("روزنامہ جنگ", "jang"),
        ("پاکستان پوائنٹ نیوز", "pakistan-point-news"),
        ("اُردو پوائنٹ اخبارتازہ ترین", "urdupoint"), ("سبوتنيك", "sputnik"), ("شِنہوا", "xinhua"),
        ("«عكاظ»", "okaz"), ("الأناضول", "anadolu"), ("CNN", "cnn"), ("urdupoint", "urdupoint"),
        ("ویب ڈیسک", "desk-web"), ("وكالات", "unnamed-agencies"),
    ],
)  # fmt: skip
def test_a_printed_name_is_resolved(name: str, source: str) -> None:
    resolved = resolve(name)
    assert resolved
    assert resolved.id == source


@pytest.mark.parametrize(
    ("name", "outlet", "language", "country", "source"),
    [
        ("الوطن", None, None, None, None),
        ("الوطن", None, None, "EG", "el-watan-eg"),
        ("الوطن", "alwatan.com.sa", None, None, "al-watan-sa"),
        ("الوطن", "elwatannews.com", None, None, "el-watan-eg"),
        ("الجزيرة", None, None, None, None),
        ("الجزيرة", None, None, "QA", "al-jazeera"),
        ("الجزيرة", "Al-Jazirah (Saudi newspaper)", None, None, "al-jazirah"),
        ("واع", None, None, "IQ", None),
        ("واع", "ina.iq", None, None, "ina"),
        ("النهار", None, None, "DZ", "ennahar"),
        ("سما", None, "ur", None, "samaa"),
        ("بي بي سي عربي", None, None, None, "bbc"),
        ("بي بي سي عربي", "bbc-arabic", None, None, "bbc-arabic"),
        ("ليس اسم أحد", None, None, None, None),
        ("", None, None, None, None),
    ],
)
def test_namesakes_are_told_apart_or_left_unresolved(
    name: str, outlet: str | None, language: str | None, country: str | None, source: str | None
) -> None:
    resolved = resolve(name, outlet=outlet, language=language, country=country)
    assert (resolved.id if resolved else None) == source


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


def test_every_source_resolves_by_its_own_english_name() -> None:
    entries = gazetteer().by_id.values()
    assert [
        entry.source.id for entry in entries if resolve(entry.source.name) != entry.source
    ] == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("The Associated Press", "ap"), ("Agence France Presse", "afp"), ("DPA", "dpa"),
        ("deutsche welle", "dw"), ("Web desk", "desk-web"), ("News Agencies", "unnamed-agencies"),
        ("BBC Arabic", "bbc-arabic"), ("Aljazeera", "al-jazeera"),
        ("STAFF REPORTER", "desk-staff-reporter"),
        ("Petra News Agency", "petra"), ("Daily Jang", "jang"), ("عكاظ أونلاين", "okaz"),
        ("Al-Watan", None), ("APA", None), ("The Nation", None), ("Al-Sabah", None),
    ],
)  # fmt: skip
def test_latin_names_resolve_and_namesakes_stay_apart(name: str, source: str | None) -> None:
    resolved = resolve(name)
    assert (resolved.id if resolved else None) == source


def test_the_outlet_decides_between_english_namesakes() -> None:
    resolved = resolve("Al-Watan", outlet="alwatan.com.sa")
    assert resolved is not None
    assert resolved.id == "al-watan-sa"

"""Telling namesakes apart."""

import pytest

from crawler.gazetteer import gazetteer
from crawler.sources import resolve


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
        ("الأناضول", None, "ar", None, "anadolu"),
        ("إرنا", None, "ar", "IR", "irna"),
        ("فرانس 24", None, "ar", "FR", "france-24"),
        ("ليس اسم أحد", None, None, None, None),
        ("", None, None, None, None),
    ],
)
def test_namesakes_are_told_apart_or_left_unresolved(
    name: str, outlet: str | None, language: str | None, country: str | None, source: str | None
) -> None:
    resolved = resolve(name, outlet=outlet, language=language, country=country)
    assert (resolved.id if resolved else None) == source


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

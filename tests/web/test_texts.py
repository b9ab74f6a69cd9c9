"""The texts of the interface in Arabic and Urdu."""

import re
from datetime import date

import pytest
from babel.messages.catalog import Message

from crawler.causes import Cause
from crawler.web.formats import Formats, islamic_months
from crawler.web.interface import Interface, UiLanguage
from crawler.web.translations import translations
from crawler.web.words import Explained, explain
from tools.web_texts import LANGUAGES, ROOT, path_of, read_catalogue, untranslated, updated

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
CODE = re.compile(r"`([^`]*)`")
FORMS = {"ar": 6, "ur": 2}
SAYS_ITS_NUMBER = {"ar": {0, 1, 2}, "ur": {0}}
"""The plural forms that stand for one number alone, and may say it in a word."""


def formats_of(language: UiLanguage) -> Formats:
    """Return the formats of a visitor who wants Islamic dates too."""
    interface = Interface(language, "nastaliq", True, {})
    return Formats(interface, translations(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_the_texts_of_the_code_and_no_others(language: str) -> None:
    assert path_of(language).read_text(encoding="utf-8") == updated(language), "make texts"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    assert [message.id for message in untranslated(language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_places_of_numbers_and_names(language: str) -> None:
    assert [
        each.id for each in read_catalogue(language) if each.id and not _is_whole(each, language)
    ] == []


def _is_whole(message: Message, language: str) -> bool:
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    wanted = set(PLACEHOLDER.findall(ids[-1]))
    if isinstance(message.string, str):
        return set(PLACEHOLDER.findall(message.string)) == wanted
    forms = [set(PLACEHOLDER.findall(form)) for form in message.string or ()]
    return len(forms) == FORMS[language] and all(
        found == wanted or (found < wanted and number in SAYS_ITS_NUMBER[language])
        for number, found in enumerate(forms)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_code_as_it_is(language: str) -> None:
    """Names of settings and commands have to be typed as they stand."""
    for message in read_catalogue(language):
        if isinstance(message.id, str) and isinstance(message.string, str):
            assert CODE.findall(message.string) == CODE.findall(message.id), message.string
            assert message.string.count("`") == message.id.count("`"), message.string


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("cause", Cause)
def test_every_cause_is_told_in_the_language_of_the_interface(
    cause: Cause, language: UiLanguage
) -> None:
    english, told = told_of(cause, "en"), told_of(cause, language)
    assert told.meaning not in ("", english.meaning)
    assert told.action not in ("", english.action)


@pytest.mark.parametrize(
    ("language", "before"),
    [("en", "The server answered "), ("ar", "أجاب الخادم بالحالة "), ("ur", "سرور کا جواب: ")],
)
def test_a_status_without_an_entry_is_told_in_words_of_the_interface(
    language: UiLanguage, before: str
) -> None:
    told = told_of(Cause.http(418), language)
    assert told.meaning.striptags().startswith(before)
    assert '<bdi lang="en" dir="ltr">418 (I&#39;m a Teapot)</bdi>' in told.meaning
    assert told.action == told_of(Cause.HTTP, language).action


def told_of(cause: Cause, language: UiLanguage) -> Explained:
    return explain(translations(language), [cause])[cause]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_is_in_the_letters_of_its_language(language: str) -> None:
    """The catalogues are typed side by side; these letters look alike and are not."""
    others = {"ar": "کیھہےٹڈڑںگچپ", "ur": "كيىةأإ"}[language]
    shown = "ی اور ي، ک اور ك، ہ اور ه"  # where letters themselves are what is meant
    for message in read_catalogue(language):
        for text in [message.string] if isinstance(message.string, str) else message.string or ():
            assert not set(others) & set(text.replace(shown, "")), text


def test_templates_have_no_text_of_their_own() -> None:
    """What a visitor reads goes through the catalogues."""
    allowed = {"JSON", "Atom", "خبر"}
    for path in sorted((ROOT / "templates").glob("*.html")):
        source = path.read_text(encoding="utf-8")
        bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.DOTALL)
        words = re.findall(r"[^\W\d_]+", re.sub(r'<[^>]*>|[\w-]+="[^"]*"', " ", bare))
        assert set(words) <= allowed, path.name


@pytest.mark.parametrize(
    ("language", "minutes", "written"),
    [
        ("ar", 0, "أقل من دقيقة"),
        ("ar", 1, "دقيقة"),
        ("ar", 2, "دقيقتان"),
        ("ar", 25, "25 دقيقة"),
        ("ar", 60, "ساعة"),
        ("ar", 186, "3 ساعات و6 دقائق"),
        ("ar", 122, "ساعتان ودقيقتان"),
        ("ar", 660, "11 ساعة"),
        ("ar", 3 * 1440, "3 أيام"),
        ("ar", 11 * 1440, "11 يوما"),
        ("ar", 100 * 1440, "100 يوم"),
        ("ar", 2 * 1440 + 240, "يومان و4 ساعات"),
        ("ur", 1, "1 منٹ"),
        ("ur", 60, "1 گھنٹہ"),
        ("ur", 186, "3 گھنٹے 6 منٹ"),
        ("ur", 2 * 1440 + 240, "2 دن 4 گھنٹے"),
        ("en", 61, "1 hour 1 minute"),
    ],
)
def test_a_duration_agrees_with_its_numbers(
    language: UiLanguage, minutes: int, written: str
) -> None:
    assert formats_of(language).duration(minutes) == written


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("ar", "1 مارس 2026 · 12 رمضان 1447 هـ"),
        ("ur", "1 مارچ 2026 · 12 رمضان 1447 ھ"),
        ("en", "1 March 2026 · 12 Ramadan 1447 AH"),
    ],
)
def test_days_have_the_months_of_both_calendars(language: UiLanguage, written: str) -> None:
    assert formats_of(language).day(date(2026, 3, 1)) == written
    assert len(set(islamic_months(translations(language)))) == 12

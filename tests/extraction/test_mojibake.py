"""Words that were read in a wrong encoding once or twice are set right and counted, or refused by
name; true words beside them stay."""

from collections.abc import Callable

import pytest

from crawler.causes import Cause
from crawler.extraction import examine
from crawler.text.mojibake import is_mojibake, repair_mojibake

Page = Callable[..., str]
URL = "https://www.waha.example/news/bridge-1"
WORDS = "قال «الوزير» إن ٥ أيام – كما ورد – تكفي… فقط، هل يكفي؟ و هو أجاب: “نعم”"
URDU = "وزیر اعلیٰ نے کہا کہ پاکستان میں ٹریفک چلتی رہے گی، اور لوگ خوش ہیں۔ اسلام آباد"


def misread(text: str, codec: str) -> str:
    """Return `text` as a program shows it that takes its UTF-8 for another encoding; a byte that
    the encoding does not have becomes the control of its number."""
    shown = []
    for byte in text.encode():
        try:
            shown.append(bytes([byte]).decode(codec))
        except UnicodeDecodeError:
            shown.append(chr(byte))
    return "".join(shown)


CODECS = ("cp1256", "cp1252", "latin-1")


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("text", [WORDS, URDU])
def test_words_misread_once_or_twice_are_set_right(text: str, codec: str) -> None:
    true = "فقط، لا غير؛ "
    once = misread(text, codec)
    assert is_mojibake(once)
    assert repair_mojibake(true + once) == true + text
    for second in CODECS:
        assert repair_mojibake(misread(once, second)) == text


@pytest.mark.parametrize(
    "text", [WORDS, URDU, "Der Bär hört “Ø” und §5", "عکس، چاپ؛ ضغط، ط§", "Ã‰té à l'Âge d’or"]
)
def test_words_that_are_right_are_not_taken_for_mojibake(text: str) -> None:
    assert not is_mojibake(text)


@pytest.mark.parametrize("codec", CODECS)
def test_a_page_of_mojibake_is_set_right_and_counted(
    page: Page, story: tuple[str, ...], headline: str, codec: str
) -> None:
    html = misread(page("".join(f"<p>{text}</p>" for text in story)), codec)
    for given in (html, html.encode()):
        extraction = examine(given, URL)
        assert extraction.article.body == "\n\n".join(story)
        assert (extraction.article.headline, extraction.article.language) == (headline, "ar")
        assert extraction.warnings == (Cause.MOJIBAKE_REPAIRED,)


def test_a_page_with_the_story_alone_misread_is_set_right(
    page: Page, story: tuple[str, ...], headline: str
) -> None:
    html = page("".join(f"<p>{misread(text, 'cp1256')}</p>" for text in story))
    extraction = examine(html, URL)
    assert (extraction.article.headline, extraction.article.body) == (
        headline,
        "\n\n".join(story),
    )


@pytest.mark.parametrize(
    ("codec", "letter"), [("cp1256", "ظ"), ("cp1256", "„"), ("cp1252", "Ù"), ("cp1252", "„")]
)
def test_a_page_whose_letters_are_lost_is_refused_by_name(
    page: Page, story: tuple[str, ...], codec: str, letter: str
) -> None:
    lost = "".join(f"<p>{misread(text, codec).replace(letter, '?')}</p>" for text in story)
    extraction = examine(page(lost, h1=None, title="الواحة"), URL)
    assert (extraction.verdict, extraction.article.body) == ("mojibake", None)
    assert Cause.not_article(extraction.verdict) is Cause.NOT_ARTICLE_MOJIBAKE


def test_a_right_page_has_no_warning(page: Page, story: tuple[str, ...]) -> None:
    assert examine(page("".join(f"<p>{text}</p>" for text in story)), URL).warnings == ()

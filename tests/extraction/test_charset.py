"""A page's encoding is what its bytes bear out, whatever it declares."""

import codecs

import pytest

from crawler.extraction import extract_article
from crawler.extraction.decoding import decode

TEXT = "قال الوزير إن الجسر الجديد سيفتح اليوم أمام الناس"
URDU = "وزیر نے کہا ہے کہ نیا پل آج کھلے گا"


def declared(charset: str) -> str:
    return f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><p>{TEXT}</p>'


@pytest.mark.parametrize("codec", ["utf-8", "windows-1256", "iso-8859-6"])
@pytest.mark.parametrize(
    "header", [None, "utf-8", "windows-1256", "iso-8859-6", "iso-8859-1", "x-unheard-of", "base64"]
)
@pytest.mark.parametrize("label", ["utf-8", "windows-1256", "iso-8859-6", "nonsense"])
def test_arabic_text_survives_any_declaration(codec: str, header: str | None, label: str) -> None:
    assert TEXT in decode(declared(label).encode(codec), header)


@pytest.mark.parametrize("bom", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_a_byte_order_mark_decides(bom: bytes) -> None:
    codec = {
        codecs.BOM_UTF8: "utf-8",
        codecs.BOM_UTF16_LE: "utf-16-le",
        codecs.BOM_UTF16_BE: "utf-16-be",
    }[bom]
    assert decode(bom + TEXT.encode(codec), "windows-1256") == TEXT


def test_urdu_in_utf_8_is_not_taken_for_windows_1256() -> None:
    assert decode(URDU.encode(), "windows-1256") == URDU


def test_a_page_cut_inside_a_letter_is_still_utf_8() -> None:
    assert decode((TEXT * 20).encode()[:-1]).startswith(TEXT)


def test_other_declared_encodings_are_believed() -> None:
    assert decode("Ñandú".encode("iso-8859-1"), "iso-8859-1") == "Ñandú"
    assert decode(TEXT.encode("utf-16-le"), "utf-16-le") == TEXT


def test_a_windows_1256_page_gives_its_story(story: tuple[str, ...], headline: str) -> None:
    html = f"<html><head><title>{headline}</title></head><h1>{headline}</h1><div>{'<br><br>'.join(story)}</div>"
    article = extract_article(html.encode("windows-1256"), "https://www.waha.example/1")
    assert (article.headline, article.body) == (headline, "\n\n".join(story))

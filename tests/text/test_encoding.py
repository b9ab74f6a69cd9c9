"""A page's encoding is what its bytes bear out, whatever it declares."""

import codecs

import pytest

from crawler.text.encoding import decode

TEXT = "قال الوزير إن الجسر الجديد سيفتح اليوم أمام الناس"
URDU = "وزیر نے کہا ہے کہ نیا پل آج کھلے گا"


def declared(charset: str) -> str:
    content_type = f"text/html; charset={charset}"
    meta = f'<meta http-equiv="Content-Type" content="{content_type}">'
    return f"<html><head>{meta}</head><p>{TEXT}</p>"


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


@pytest.mark.parametrize(
    "label",
    ["undefined", "rot13", "hex", "idna", "punycode", "unicode_escape", "utf-7", "\0", "ascii\n"],
)
def test_a_name_of_a_codec_that_is_no_charset_is_ignored(label: str) -> None:
    text = f"{TEXT} \\u0645 +AOk-"
    assert decode(text.encode(), label) == text
    assert decode(text.encode("windows-1256"), label) == text

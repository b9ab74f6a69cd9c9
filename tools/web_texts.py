"""The catalogues of the reading room: bring them up to date with the texts in the code, and with
what the causes of `crawler/causes.py` mean.

`python -m tools.web_texts` (or `make texts`) adds the texts that are new, without a translation,
and drops those that are gone. Nothing else in the files changes: they are sorted and have neither
dates nor line numbers.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from crawler.causes import ANSWERED, Cause
from crawler.web.interface import UI_LANGUAGES
from crawler.web.words import ACTION, MEANING

ROOT = Path(__file__).parents[1] / "crawler" / "web"
LANGUAGES = tuple(language for language in UI_LANGUAGES if language != "en")

_HEADER = """msgid ""
msgstr ""
"Project-Id-Version: Khabar\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""


def extracted() -> Catalog:
    """Return the texts of the code and the templates, and those of the causes."""
    with (Path(__file__).parent / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    catalog = Catalog()
    for _, _, text, _, context in extract_from_dir(ROOT, methods, options):
        catalog.add(text, context=context)
    for cause in Cause:
        catalog.add(cause.meaning, context=MEANING, auto_comments=[cause.value])
        catalog.add(cause.action, context=ACTION, auto_comments=[cause.value])
    catalog.add(ANSWERED, context=MEANING, auto_comments=[Cause.HTTP.value])
    return catalog


def path_of(language: str) -> Path:
    """Return the file of a catalogue."""
    return ROOT / "locale" / f"{language}.po"


def read_catalogue(language: str) -> Catalog:
    """Return the catalogue of a language as it stands."""
    return read_po(BytesIO(path_of(language).read_bytes()), locale=language)


def updated(language: str) -> str:
    """Return the catalogue of a language with exactly the texts of the code."""
    catalog = read_catalogue(language)
    catalog.update(extracted(), no_fuzzy_matching=True)
    written = BytesIO()
    write_po(written, catalog, width=0, sort_output=True, ignore_obsolete=True, omit_header=True)
    header = _HEADER.format(language=language, plural_forms=catalog.plural_forms)
    return header + written.getvalue().decode()


def untranslated(language: str) -> list[Message]:
    """Return the texts of a catalogue that lack a translation, in one of its forms or in all."""
    return [message for message in read_catalogue(language) if not _is_translated(message)]


def _is_translated(message: Message) -> bool:
    forms = [message.string] if isinstance(message.string, str) else message.string or [""]
    return all(forms)


def main() -> int:
    """Write the catalogues; exit status 1 if a text lacks its translation."""
    missing = 0
    for language in LANGUAGES:
        path_of(language).write_text(updated(language), encoding="utf-8")
        for message in untranslated(language):
            missing += 1
            print(f"{language}: no translation of {message.id!r}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())

"""The texts of the interface in its languages: gettext catalogues, in `locale/LANGUAGE.po`.

The texts in the code and in the templates are English; that is what a text without a translation
stays. `make texts` brings the catalogues up to date.
"""

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from crawler.web.interface import UiLanguage


@lru_cache
def translations(language: UiLanguage) -> NullTranslations:
    """Return the texts of the interface in a language."""
    if language == "en":
        return NullTranslations()
    text = files("crawler.web").joinpath(f"locale/{language}.po").read_bytes()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(text), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)

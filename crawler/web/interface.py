"""How a visitor wants the site: its language, its type and its calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from babel.core import Locale, negotiate_locale
from starlette.datastructures import Headers

from crawler.web.errors import BadRequest

UiLanguage = Literal["ar", "ur", "en"]
Direction = Literal["rtl", "ltr"]

UI_LANGUAGES: tuple[UiLanguage, ...] = get_args(UiLanguage)

CHOICES: Mapping[str, tuple[str, ...]] = {
    "ui": UI_LANGUAGES,
    "type": ("nastaliq", "naskh"),
    "calendar": ("gregorian", "hijri"),
}
"""The parameters of an address that choose how the site looks, with their values. Links keep them,
so a choice holds for the whole visit without a cookie."""

_RIGHT_TO_LEFT = ("ar", "ur")


@dataclass(frozen=True, slots=True)
class Interface:
    """language: of the interface; the stories keep their own. type: of Urdu text. has_hijri: dates
    of the Islamic calendar are shown beside the others. chosen: the choices made in the address."""

    language: UiLanguage
    type: str
    has_hijri: bool
    chosen: Mapping[str, str]

    @property
    def direction(self) -> Direction:
        """The direction of the interface."""
        return direction_of(self.language)

    @property
    def is_mirrored(self) -> bool:
        """True if charts begin at the right."""
        return self.direction == "rtl"

    @property
    def locale(self) -> Locale:
        """Its formats of dates and numbers."""
        return Locale.parse(self.language)


def direction_of(language: str | None) -> Direction:
    """Return the direction of a language of the interface or of a story; of an unknown language
    that of most stories."""
    return "rtl" if language is None or language in _RIGHT_TO_LEFT else "ltr"


def read_interface(parameters: Mapping[str, str], headers: Headers) -> Interface:
    """Return what a request's parameters choose, the language otherwise by Accept-Language.

    Raises BadRequest for a value that is no choice.
    """
    chosen = {name: parameters[name] for name in CHOICES if name in parameters}
    for name, value in chosen.items():
        if value not in CHOICES[name]:
            raise BadRequest(f"{name}: {value!r} is none of {', '.join(CHOICES[name])}")
    accepted = accepted_languages(headers.get("accept-language", ""))
    language = chosen.get("ui") or negotiate_locale(accepted, UI_LANGUAGES, sep="-") or "en"
    return Interface(
        language=next(each for each in UI_LANGUAGES if each == language),
        type=chosen.get("type", "nastaliq"),
        has_hijri=chosen.get("calendar") == "hijri",
        chosen=chosen,
    )


def accepted_languages(header: str) -> list[str]:
    """Return the languages of an Accept-Language header, the most wanted first, each followed by
    the language without its region."""
    weighted = []
    for part in header.split(","):
        language, _, parameters = part.strip().partition(";")
        quality = parameters.strip().removeprefix("q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        if language and 0 < weight <= 1:
            weighted.append((weight, language.strip().lower()))
    ordered = sorted(weighted, key=lambda each: -each[0])
    return [form for _, language in ordered for form in (language, language.partition("-")[0])]

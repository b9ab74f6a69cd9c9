"""The form of filters: what it offers, what is chosen, and how to take a choice back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from crawler.gazetteer import gazetteer
from crawler.sources.places import country_codes
from crawler.storage.filters import GENRES
from crawler.stories.model import Story
from crawler.web.interface import CHOICES
from crawler.web.site import Visit

FILTERS = (
    *("outlet", "country", "language", "source", "place", "genre"),
    *("day", "since", "until"),
)
"""The parameters that the form asks for, in its order."""

_DAYS = ("day", "since", "until")
_KEPT = ("order", "zone", "limit")
_STORY_LANGUAGES = ("ar", "ur")
_MAX_SUGGESTED = 60
_LONGEST_SUGGESTED = 100  # letters

# As dictionaries of both languages sort them; code points part the letters that only Urdu has.
_LETTERS = "اأإآٱبپتٹثجچحخدڈذرڑزژسشصضطظعغفقكکگلمنںوؤهہةھءئيىیے"
_PLACES = {letter: number for number, letter in enumerate(_LETTERS)}


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be chosen. language: of its name; None for that of the interface."""

    value: str
    name: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is chosen. parameter, value: as the address has them. name: of the value in the
    language of the interface; None where the template has the word for it. removed: the address of
    the page without it."""

    parameter: str
    value: str
    name: str | None
    removed: str


@dataclass(frozen=True, slots=True)
class FilterForm:
    """values: what is chosen or was typed, by parameter. kept: parameters that the form passes on.
    instants: those of the days that are an instant or a span such as "7d", which no field of days
    can hold. outlets: by their language. sources, places: names to begin with. cleared: the address
    of the page without any filter."""

    values: dict[str, str]
    kept: dict[str, str]
    instants: frozenset[str]
    outlets: tuple[tuple[str, tuple[Option, ...]], ...]
    countries: tuple[Option, ...]
    languages: tuple[Option, ...]
    genres: tuple[str, ...]
    sources: tuple[str, ...]
    places: tuple[str, ...]
    chips: tuple[Chip, ...]
    cleared: str


def filter_form(visit: Visit, stories: Sequence[Story] = ()) -> FilterForm:
    """Return the form for the page that is asked for. stories: those it shows, whose sources and
    places are suggested."""
    given = {name: value.strip() for name, value in visit.parameters.items() if value.strip()}
    values = {name: given.get(name, "") for name in ("q", *FILTERS)}
    return FilterForm(
        values=values,
        kept={name: given[name] for name in (*CHOICES, *_KEPT) if name in given},
        instants=frozenset(name for name in _DAYS if values[name] and not _day(values[name])),
        outlets=_outlets(visit, values["outlet"]),
        countries=_countries(visit, values["country"]),
        languages=tuple(
            Option(code, visit.interface.locale.languages[code]) for code in _STORY_LANGUAGES
        ),
        genres=GENRES,
        sources=_sources(visit, stories),
        places=_first(story.place for story in stories),
        chips=tuple(
            Chip(
                parameter=name,
                value=given[name],
                name=_name_of(visit, name, given[name]),
                removed=visit.links.without(name, "after"),
            )
            for name in FILTERS
            if name in given
        ),
        cleared=visit.links.without(*FILTERS, "after"),
    )


def collation_key(name: str) -> tuple[int, ...]:
    """Return the key by which names are sorted as dictionaries of Arabic and Urdu do."""
    return tuple(_PLACES.get(letter, ord(letter)) for letter in name.casefold())


def _outlets(visit: Visit, chosen: str) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    declared = visit.site.outlets
    is_english = visit.interface.language == "en"
    groups = []
    for language in _STORY_LANGUAGES:
        options = (
            Option(each.name, visit.names.outlet(each.name), None if is_english else language)
            for each in declared.values()
            if each.language == language
        )
        groups.append((language, _sorted(options)))
    if chosen and chosen not in declared:
        groups.append(("", (Option(chosen, chosen),)))
    return tuple(group for group in groups if group[1])


def _countries(visit: Visit, chosen: str) -> tuple[Option, ...]:
    codes = {each.country for each in visit.site.outlets.values() if each.country}
    options = [Option(code, _territory(visit, code)) for code in codes]
    if chosen and chosen not in codes:
        options.append(Option(chosen, _territory(visit, chosen)))
    return _sorted(options)


def _sorted(options: Iterable[Option]) -> tuple[Option, ...]:
    return tuple(sorted(options, key=lambda option: collation_key(option.name)))


def _territory(visit: Visit, name: str) -> str:
    """Return the name of a country in the language of the interface; of several or none, `name`."""
    codes = country_codes(name)
    if len(codes) != 1:
        return name
    return str(visit.interface.locale.territories.get(next(iter(codes)), name))


def _sources(visit: Visit, stories: Sequence[Story]) -> tuple[str, ...]:
    """Return the names of the sources of `stories`, then those of other agencies."""
    shown = (source for story in stories for source in story.sources)
    entries = gazetteer().by_id.values()
    others = (entry.source.id for entry in entries if entry.source.kind == "agency")
    return _first(visit.names.agency(each) for each in (*shown, *others))


def _first(names: Iterable[str | None]) -> tuple[str, ...]:
    """Return some names, each once; none that is too long for a list."""
    short = (name for name in names if name and len(name) <= _LONGEST_SUGGESTED)
    return tuple(dict.fromkeys(short))[:_MAX_SUGGESTED]


def _name_of(visit: Visit, parameter: str, value: str) -> str | None:
    """Return the name of a filter's value in the language of the interface; None where the template
    has it."""
    match parameter:
        case "outlet":
            return visit.names.outlet(value)
        case "country":
            return _territory(visit, value)
        case "language":
            return str(visit.interface.locale.languages.get(value, value))
        case "source":
            return visit.names.agency(value)
        case "genre":
            return None if value in GENRES else value
        case "day" | "since" | "until":
            day = _day(value)
            return visit.formats.day(day) if day else value
        case _:
            return value


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None

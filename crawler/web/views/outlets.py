"""The outlets, those declared and those that only the store knows, by country and language."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any, get_args

from crawler.health.monitors import State
from crawler.known_names import UnknownName, country_named
from crawler.outlet import Language, OutletState
from crawler.web.errors import BadRequest
from crawler.web.judgements import Judged, Judgement
from crawler.web.page import Page
from crawler.web.parameters import check_names
from crawler.web.site import Visit
from crawler.web.views.health import health_values

UNDECLARED = "undeclared"
STATES = (*get_args(OutletState), "off", UNDECLARED)
"""What the parameter `state` takes: what is declared of an outlet, "off" (OUTLETS_OFF), or
"undeclared" for one that only the store knows."""

_CHOICES = {"language": get_args(Language), "state": STATES, "health": get_args(State)}
_PARAMETERS = frozenset((*_CHOICES, "country"))


@dataclass(frozen=True, slots=True)
class Listed:
    """An outlet of the list. language, country: "" for one that is not declared. state: one of
    STATES. stories: of which it has a copy. judgement: None for one that is not crawled, or not
    judged yet."""

    name: str
    title: str
    native: str
    language: str
    country: str
    state: str
    stories: int
    judgement: Judgement | None


async def outlets(visit: Visit) -> Page:
    """Return the page of the outlets that the parameters let through."""
    check_names(visit.parameters, _PARAMETERS)
    given = {name: value for name, value in visit.parameters.items() if value.strip()}
    country = _checked(given)
    listed, judged = await _listed(visit)
    shown = [
        each
        for each in listed
        if given.get("language") in (None, each.language)
        and country in (None, each.country)
        and given.get("state") in (None, each.state)
        and given.get("health") in (None, each.judgement.health.state if each.judgement else "")
    ]
    return Page(
        template="outlets.html",
        values={
            "groups": _by_country(visit, shown),
            "number": len(shown),
            "total": len(listed),
            "given": {**given, "country": country},
            "countries": _countries(visit, listed),
            "states": [state for state in STATES if any(each.state == state for each in listed)],
            "health_states": get_args(State),
            "judged_at": judged.at,
            "waiting": len(judged.waiting),
        },
        json={"outlets": [_values(each) for each in shown]},
    )


def country_name(visit: Visit, code: str) -> str:
    """Return the name of a country in the language of the interface; "" for no country."""
    return str(visit.interface.locale.territories.get(code, code))


def state_of(visit: Visit, name: str) -> str:
    """Return what is known of an outlet: one of STATES."""
    declared = visit.site.outlets.get(name)
    if declared is None:
        return UNDECLARED
    return visit.site.off.get(name, declared.state)


def _checked(given: dict[str, str]) -> str | None:
    """Return the code of the country that is asked for, if any. Raises BadRequest for a value that
    is no choice."""
    for name, choices in _CHOICES.items():
        if name in given and given[name] not in choices:
            raise BadRequest(f"{name}: {given[name][:80]!r} is none of {', '.join(choices)}")
    if "country" not in given:
        return None
    try:
        return country_named(given["country"])
    except UnknownName as error:
        raise BadRequest(str(error)) from None


async def _listed(visit: Visit) -> tuple[list[Listed], Judged]:
    """Return all outlets by name, and their judgements as far as they are there."""
    site = visit.site
    stories = await site.reader.story_counts()
    names = sorted({*site.outlets, *stories})
    judged = await site.judgements.of(name for name in names if name not in site.off)
    judgements = {each.health.outlet: each for each in judged.judgements}
    listed = []
    for name in names:
        declared = site.outlets.get(name)
        listed.append(
            Listed(
                name=name,
                title=declared.title if declared else "",
                native=declared.native if declared else "",
                language=declared.language if declared else "",
                country=declared.country if declared else "",
                state=state_of(visit, name),
                stories=stories.get(name, 0),
                judgement=judgements.get(name),
            )
        )
    return listed, judged


def _by_country(
    visit: Visit, listed: Iterable[Listed]
) -> list[tuple[str, list[tuple[str, list[Listed]]]]]:
    """Return the outlets by the name of the country and by language, those without a country
    last."""

    def key(each: Listed) -> tuple[bool, str, str]:
        return not each.country, country_name(visit, each.country), each.language

    ordered = sorted(listed, key=lambda each: (*key(each), each.name))
    return [
        (
            country,
            [
                (language, list(members))
                for language, members in groupby(of_country, lambda each: each.language)
            ],
        )
        for country, of_country in groupby(ordered, lambda each: country_name(visit, each.country))
    ]


def _countries(visit: Visit, listed: Sequence[Listed]) -> list[tuple[str, str]]:
    """Return the codes and the names of the countries of some outlets, by name."""
    codes = {each.country for each in listed if each.country}
    return sorted(((code, country_name(visit, code)) for code in codes), key=lambda each: each[1])


def _values(listed: Listed) -> dict[str, Any]:
    """Return an outlet for programs."""
    values = asdict(listed)
    judgement = listed.judgement
    values.pop("judgement")
    return {**values, "health": health_values(judgement) if judgement else None}

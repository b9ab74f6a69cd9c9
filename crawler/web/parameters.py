"""The parameters of an address as filters of stories."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from difflib import get_close_matches
from urllib.parse import parse_qsl

from crawler.known_names import UnknownName, country_named
from crawler.search import QueryError
from crawler.spiders.arguments import FIRST_YEAR, LAST_YEAR, ArgumentError
from crawler.storage.filters import parse_filters
from crawler.time_options import read_time, read_zone
from crawler.web.errors import BadQuery, BadRequest, UnknownNameAsked
from crawler.web.interface import CHOICES

LIST_PARAMETERS = frozenset(
    (
        *("q", "outlet", "language", "country", "source", "place", "genre", "day"),
        *("since", "until", "zone", "order", "after", "limit"),
    )
)
"""The parameters of a list of stories; `scrapy stories` has the same, with `q` for QUERY and `day`
for the span of one day."""

MAX_LIMIT = 100
"""Stories on one page."""

_MAX_PARAMETERS = 40
_MAX_LENGTH = 10_000  # letters of a value
_SAME = ("outlet", "language", "source", "place", "genre", "order", "after")


def read_parameters(query: bytes) -> dict[str, str]:
    """Return the parameters of an address by their names. Raises BadRequest for one that is given
    twice, of which no page could say which it obeyed, and for what is no text."""
    try:
        pairs = parse_qsl(
            query.decode("ascii"), True, errors="strict", max_num_fields=_MAX_PARAMETERS
        )
    except UnicodeError:
        raise BadRequest("the address is not UTF-8") from None
    except ValueError:
        raise BadRequest(f"more than {_MAX_PARAMETERS} parameters") from None
    parameters: dict[str, str] = {}
    for name, value in pairs:
        if name in parameters:
            raise BadRequest(f"{name[:80]}: is given twice")
        if "\0" in value:
            raise BadRequest(f"{name[:80]}: holds a control character")
        parameters[name] = value
    return parameters


def check_names(parameters: Mapping[str, str], known: frozenset[str]) -> None:
    """Raise BadRequest for a parameter that the page does not have, or a value far too long."""
    for name, value in parameters.items():
        if name not in known and name not in CHOICES:
            nearest = get_close_matches(name, [*known, *CHOICES], 1)
            hint = f"; did you mean {nearest[0]}?" if nearest else ""
            raise BadRequest(f"unknown parameter {name[:80]!r}{hint}")
        if len(value) > _MAX_LENGTH:
            raise BadRequest(f"{name}: {len(value):,} letters, more than {_MAX_LENGTH:,}")


def read_filters(parameters: Mapping[str, str], *, zone: tzinfo, limit: int) -> dict[str, object]:
    """Return the filters of `Reader.search` that `parameters` name.

    zone: of dates, where the parameters name none. limit: number of stories, where they name none.
    Raises BadRequest.
    """
    check_names(parameters, LIST_PARAMETERS)
    given = {name: value for name, value in parameters.items() if value.strip()}
    try:
        filters: dict[str, object] = {name: given.get(name) for name in _SAME}
        filters["query"] = given.get("q")
        filters["limit"] = _limit(given.get("limit"), limit)
        filters |= _span(given, zone_of(given, zone))
        if "country" in given:
            filters["country"] = country_named(given["country"])
        if filters["language"] not in (None, "ar", "ur"):
            raise BadRequest(f"language: {filters['language']!r} is none of ar, ur")
        parse_filters({**filters, "country": None}, None)
    except QueryError as error:
        raise BadQuery(str(error)) from None
    except UnknownName as error:
        raise UnknownNameAsked(str(error)) from None
    except (ValueError, ArgumentError) as error:
        raise BadRequest(str(error)) from None
    return filters


def zone_of(parameters: Mapping[str, str], default: tzinfo) -> tzinfo:
    """Return the zone that the parameters name. Raises BadRequest."""
    if not parameters.get("zone"):
        return default
    try:
        return read_zone(parameters["zone"])
    except ArgumentError as error:
        raise BadRequest(str(error)) from None


def read_day(text: str) -> date:
    """Return the day written as YYYY-MM-DD. Raises BadRequest."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise BadRequest(f"day: {text[:80]!r} is no day such as 2026-11-30")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadRequest(f"day: {day} lies before or after all news on the web")
    return day


def read_days(parameters: Mapping[str, str]) -> tuple[date | None, date | None]:
    """Return the days in UTC that the parameters `since` and `until` name; None where they name
    none. Raises BadRequest.

    since: the first day. until: the day after the last one; the next one for a time within a day.
    """
    now = datetime.now(UTC)
    days: list[date | None] = []
    for name in ("since", "until"):
        try:
            text = parameters.get(name, "").strip()
            instant = read_time(name, text, zone=UTC, now=now) if text else None
        except ArgumentError as error:
            raise BadRequest(str(error)) from None
        if instant and name == "until":
            instant += timedelta(days=1) - timedelta(microseconds=1)
        days.append(instant.date() if instant else None)
    since, until = days
    if since and until and until <= since:
        raise BadRequest("until: is not after since")
    return since, until


def day_span(day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the beginning of a day in `zone`, and of the next one."""
    try:
        next_day = day + timedelta(days=1)
        return (
            datetime.combine(day, time(), zone).astimezone(UTC),
            datetime.combine(next_day, time(), zone).astimezone(UTC),
        )
    except OverflowError:
        raise BadRequest(f"day: {day} is out of range") from None


def _span(given: Mapping[str, str], zone: tzinfo) -> dict[str, object]:
    if "day" in given:
        if "since" in given or "until" in given:
            raise BadRequest("day: cannot stand beside since or until")
        since, until = day_span(read_day(given["day"]), zone)
        return {"since": since, "until": until}
    now = datetime.now(UTC)
    span = {
        name: read_time(name, given[name], zone=zone, now=now)
        for name in ("since", "until")
        if name in given
    }
    if len(span) == 2 and span["until"] <= span["since"]:
        raise BadRequest("until: is not after since")
    return dict(span)


def _limit(text: str | None, default: int) -> int:
    if text is None:
        return default
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= MAX_LIMIT):
        raise BadRequest(f"limit: {text[:80]!r} is no number from 1 to {MAX_LIMIT}")
    return int(text)

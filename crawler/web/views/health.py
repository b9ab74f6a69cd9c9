"""The health of the outlets that are crawled, those that need a look first, and what failed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from crawler.causes import Cause
from crawler.health.outlet_state import GRAVITY, Health, Reason
from crawler.web.charts import rows
from crawler.web.judgements import FAILURES_SPAN, Judged, Judgement
from crawler.web.marks import Series
from crawler.web.page import Page
from crawler.web.parameters import check_names
from crawler.web.site import Visit
from crawler.web.words import explain

_MAX_CAUSES = 15
"""Causes in the chart; the table below it has all."""


async def health(visit: Visit) -> Page:
    """Return the page of the health of all outlets that are crawled."""
    check_names(visit.parameters, frozenset())
    judged = await visit.site.judgements.of(visit.site.crawled)
    judgements = sorted(judged.judgements, key=_gravest_first)
    broken = _broken(visit)
    states = Counter(each.health.state for each in judgements)
    states["failed"] += len(broken)
    failures = judged.failures.most_common()
    reasons = [reason for each in judgements for reason in each.health.reasons]
    names = {*(reason.cause for reason in reasons), *(cause for cause, _ in failures)}
    return Page(
        template="health.html",
        values={
            "troubled": [each for each in judgements if each.health.state != "healthy"],
            "well": [each for each in judgements if each.health.state == "healthy"],
            "broken": broken,
            "off": sorted(visit.site.off.items()),
            "states": [(state, states[state]) for state in reversed(GRAVITY) if states[state]],
            "causes": explain(visit.texts, sorted({*names, Cause.DECLARATION})),
            "failures": failures,
            "failures_days": FAILURES_SPAN.days,
            "chart": _chart(visit, failures),
            "judged_at": judged.at,
            "waiting": len(judged.waiting),
        },
        json=_json(judged, judgements, broken, visit.site.off),
    )


def health_values(judgement: Judgement) -> dict[str, Any]:
    """Return the health of an outlet for programs: the fields of `scrapy health --json` and more
    (`Judgement`)."""
    return {
        **asdict(judgement.health),
        "since": judgement.since,
        "lasts_longer": judgement.lasts_longer,
        "last_success": judgement.last_success,
        "judged_at": judgement.at,
    }


def _gravest_first(judgement: Judgement) -> tuple[int, str]:
    return -GRAVITY.index(judgement.health.state), judgement.health.outlet


def _broken(visit: Visit) -> list[Health]:
    """Return the declarations that cannot be used, as `scrapy health` shows them."""
    return [
        Health(each.file, "failed", (Reason(Cause.DECLARATION, each.problem),))
        for each in visit.site.broken
    ]


def _chart(visit: Visit, failures: Sequence[tuple[str, int]]) -> Any:
    """Return the chart of the most frequent causes."""
    shown = failures[:_MAX_CAUSES]
    series = Series("", tuple(number for _, number in shown))
    names = [cause for cause, _ in shown]
    is_mirrored = visit.interface.is_mirrored
    return rows(names, series, visit.formats.number, is_mirrored=is_mirrored)


def _json(
    judged: Judged,
    judgements: Sequence[Judgement],
    broken: Sequence[Health],
    off: Mapping[str, str],
) -> Any:
    return {
        "judged_at": judged.at,
        "waiting": list(judged.waiting),
        "outlets": [health_values(each) for each in judgements],
        "broken": [asdict(each) for each in broken],
        "off": dict(off),
        "failures": dict(judged.failures.most_common()),
    }

"""Outlets as `scrapy outlets` shows them: the declaration, beside what the store knows."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from crawler.health.monitors import State
from crawler.health.outlet_state import judge, last_success, recent_runs
from crawler.outlet import Outlet
from crawler.storage import Store


@dataclass(frozen=True, slots=True)
class OutletSummary:
    """The fields of `scrapy outlets --json`; those of the declaration are explained at
    `crawler.outlet.Outlet`.

    discovery: the declared kinds, each once: "feed", "sitemap", "news_sitemap", "listing".
    platform: the name of its platform, if it has one. state: its health (see `scrapy health`); of
    an outlet that is not crawled "off" (OUTLETS_OFF), "refused", "needs_browser" or
    "dead_discovery". declared: the state of its declaration, with the evidence for it.
    last_success: the end of the newest run that could read the outlet. stories: how many stories
    have a copy of the outlet.
    """

    name: str
    title: str
    native: str
    language: str
    country: str
    hosts: tuple[str, ...]
    discovery: tuple[str, ...]
    platform: str | None
    state: str
    declared: str
    evidence: str
    as_of: int | None
    confidence: str
    last_success: datetime | None
    stories: int


async def summarise(
    store: Store, outlets: Iterable[Outlet], off: Mapping[str, str | None], *, now: datetime
) -> list[OutletSummary]:
    """Return a summary of each outlet, with its state at `now`, an aware instant.

    off: the state of each outlet that is not crawled, by name; None for the others. Raises
    StoreError.
    """
    stories = await store.story_counts()
    return [
        OutletSummary(
            name=outlet.name,
            title=outlet.title,
            native=outlet.native,
            language=outlet.language,
            country=outlet.country,
            hosts=outlet.hosts,
            discovery=tuple(dict.fromkeys(kind_name(kind) for kind in outlet.discovery)),
            platform=outlet.platform.name if outlet.platform else None,
            state=off[outlet.name] or await _health(store, outlet.name, now),
            declared=outlet.state,
            evidence=outlet.evidence,
            as_of=outlet.as_of,
            confidence=outlet.confidence,
            last_success=await last_success(store, outlet.name),
            stories=stories.get(outlet.name, 0),
        )
        for outlet in outlets
    ]


def summarise_broken(file: str) -> OutletSummary:
    """Return the summary of a declaration that cannot be used: the name of its file, "failed", and
    nothing else."""
    return OutletSummary(
        name=file,
        title="",
        native="",
        language="",
        country="",
        hosts=(),
        discovery=(),
        platform=None,
        state="failed",
        declared="",
        evidence="",
        as_of=None,
        confidence="",
        last_success=None,
        stories=0,
    )


async def _health(store: Store, name: str, now: datetime) -> State:
    return judge(name, await recent_runs(store, name), now=now).state


def kind_name(kind: object) -> str:
    """Return the name of a kind of discovery in snake case: "news_sitemap" for a NewsSitemap."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(kind).__name__).lower()

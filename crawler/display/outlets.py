"""An outlet as `scrapy outlets` shows it: what is declared of it, and what the store knows."""

import re
from dataclasses import dataclass
from datetime import datetime

from crawler.health.monitors import State
from crawler.health.outlet_state import judge, last_success, recent_runs
from crawler.outlet import Outlet
from crawler.storage import Store


@dataclass(frozen=True, slots=True)
class OutletSummary:
    """Fields of `scrapy outlets --json`; those of the declaration are explained at
    `crawler.outlet.Outlet`.

    discovery: the kinds declared, each once: "feed", "sitemap", "news_sitemap", "listing".
    last_success: when the newest run ended that could read the outlet. stories: how many it has a
    copy of.
    """

    name: str
    title: str
    language: str
    country: str
    hosts: tuple[str, ...]
    discovery: tuple[str, ...]
    state: State
    as_of: int
    confidence: str
    last_success: datetime | None
    stories: int


async def summarise(store: Store, outlets: list[Outlet], *, now: datetime) -> list[OutletSummary]:
    """Each of `outlets` with its state at `now`, an aware instant. Raises StoreError."""
    stories = await store.story_counts()
    return [
        OutletSummary(
            name=outlet.name,
            title=outlet.title,
            language=outlet.language,
            country=outlet.country,
            hosts=outlet.hosts,
            discovery=tuple(dict.fromkeys(kind_name(kind) for kind in outlet.discovery)),
            state=judge(outlet.name, await recent_runs(store, outlet.name), now=now).state,
            as_of=outlet.as_of,
            confidence=outlet.confidence,
            last_success=await last_success(store, outlet.name),
            stories=stories.get(outlet.name, 0),
        )
        for outlet in outlets
    ]


def kind_name(kind: object) -> str:
    """The name of a kind of discovery, as "news_sitemap" of NewsSitemap."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(kind).__name__).lower()

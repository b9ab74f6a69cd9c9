"""Fill a store with many invented stories, for the other benchmarks.

    .venv/bin/python benchmarks/large_store.py URI [--articles 100000]

The stories are those of `benchmarks/search.py` (words drawn by their frequency), told by all
declared outlets over sixty days: every third article is a copy of a story by another outlet, up to
some hours later; half of all credit an agency and name a place. Filling goes on where it ended.
"""

import argparse
import asyncio
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from scrapy.spiderloader import get_spider_loader
from scrapy.utils.project import get_project_settings

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.search import generated  # noqa: E402
from crawler.gazetteer import gazetteer  # noqa: E402
from crawler.items import Article, Attribution  # noqa: E402
from crawler.outlet import Outlet, outlet_of  # noqa: E402
from crawler.storage import open_store  # noqa: E402

_BATCH = 200  # articles that are saved at once
_DAYS = 60
_AGENCIES = ("reuters", "afp", "ap", "sputnik", "xinhua", "dpa", "anadolu", "petra", "wafa", "app")
_PLACES = {
    "ar": ("القاهرة", "بيروت", "بغداد", "الرياض", "عمّان", "تونس", "الرباط", "موسكو", "لندن"),
    "ur": ("اسلام آباد", "کراچی", "لاہور", "پشاور", "نئی دہلی", "کابل", "لندن", "ماسکو"),
}
_END = datetime(2026, 11, 30, tzinfo=UTC)


def outlets() -> dict[str, list[Outlet]]:
    """Return the declared outlets by language."""
    loader = get_spider_loader(get_project_settings())
    found = [outlet_of(loader.load(name)) for name in loader.list()]
    declared = [outlet for outlet in found if outlet is not None]
    return {language: [o for o in declared if o.language == language] for language in _PLACES}


def articles(size: int) -> Iterator[Article]:
    """Yield `size` articles, oldest first."""
    chance = random.Random(2)
    declared = outlets()
    known = [gazetteer().by_id[each].source for each in _AGENCIES if each in gazetteer().by_id]
    step = timedelta(days=_DAYS) / size
    begin = _END - timedelta(days=_DAYS)
    recent: dict[str, list[Article]] = {"ar": [], "ur": []}
    for number, text in enumerate(islice(generated(), size)):
        language = text.language or "ar"
        now = begin + number * step
        outlet = chance.choice(declared[language])
        story = text
        if number % 3 == 0 and recent[language]:
            story = chance.choice(recent[language][-40:])
        elif chance.random() < 0.5:
            story = replace(
                text,
                place=chance.choice(_PLACES[language]),
                sources=(Attribution(chance.choice(known), "agency"),),
            )
        article = replace(
            story,
            url=f"https://{outlet.hosts[0]}/benchmark/{number}",
            canonical_url=None,
            outlet=outlet.name,
            published=now,
            published_precision="minute",
            zone=outlet.zone,
            fetched_at=now + timedelta(minutes=chance.randint(1, 30)),
        )
        recent[language].append(article)
        del recent[language][:-200]
        yield article


async def fill(uri: str, size: int) -> None:
    """Store what is missing of `size` articles."""
    async with open_store(uri) as store:
        stored = (await store.counts())["articles"]
        remaining = islice(articles(size), stored, None)
        began, done = time.perf_counter(), 0
        while batch := list(islice(remaining, _BATCH)):
            await store.save_many(batch)
            done += len(batch)
            if done % 5000 == 0:
                rate = done / (time.perf_counter() - began)
                print(f"{stored + done:,} articles, {rate:.0f} a second", flush=True)


def main() -> None:
    """Read the command line and fill the store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("uri")
    parser.add_argument("--articles", type=int, default=100_000)
    options = parser.parse_args()
    asyncio.run(fill(options.uri, options.articles))


if __name__ == "__main__":
    main()

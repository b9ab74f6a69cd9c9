"""Holds what the store has against what the world has published, and what the servers saw against
good manners."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from benchmarks.soak.server import RETRY_AFTER, Hit, Servers
from benchmarks.soak.sites import AGENCIES, Trouble
from benchmarks.soak.world import Piece, Text, World
from crawler.items import Article
from crawler.storage import Store, StoredArticle

SHOWN = 3
"""Of the things that are wrong in one way, how many are named."""


@dataclass(frozen=True)
class Finding:
    """One line of the result. `wrong`: what is not as it must be, one line each; empty: as it must
    be."""

    name: str
    figure: str
    wrong: tuple[str, ...] = ()


async def check_store(store: Store, servers: Servers) -> list[Finding]:
    """What is in the store, and whether it is what must be."""
    world = servers.world
    stored = [one async for one in store.articles()]
    expected = {_key(piece): piece for piece in world.pieces if world.is_readable(piece)}
    found: dict[str, list[StoredArticle]] = defaultdict(list)
    for one in stored:
        found[_stored_key(one.article)].append(one)
    both = [(expected[key], ones[0]) for key, ones in found.items() if key in expected]
    missing = [key for key in expected if key not in found]
    doubled = [key for key, ones in found.items() if len(ones) > 1]
    others = [key for key in found if key not in expected]
    return [
        Finding(
            "stored once", f"{len(both) - len(doubled)} of {len(expected)}", (*missing, *doubled)
        ),
        Finding("stored besides", str(len(others)), tuple(others)),
        *_as_printed(both, world),
        await _revisions(store, both, servers.hits),
        *_stories(both),
    ]


def check_requests(servers: Servers) -> list[Finding]:
    """What the servers saw, and whether a polite crawler would have asked so."""
    hits = servers.hits
    statuses = Counter(hit.status for hit in hits)
    told = ", ".join(
        f"{count} x {status or 'broken off'}" for status, count in sorted(statuses.items())
    )
    conditional = sum(hit.is_conditional for hit in hits)
    sent = Counter(
        (hit.piece, hit.edition) for hit in hits if hit.edition is not None and hit.status == 200
    )
    again = sum(count - 1 for count in sent.values())
    at_once = Counter((hit.piece, hit.round) for hit in hits if hit.edition is not None)
    after_kills = sum(count - 1 for count in at_once.values())
    forbidden = [hit.target for hit in hits if hit.target.startswith("/plus/")]
    hasty = [f"{site}: {waited:.2f} s" for site, waited in _waits(hits) if waited < RETRY_AFTER]
    canary = [f"{servers.canary_calls} calls"] * bool(servers.canary_calls)
    return [
        Finding("requests", f"{len(hits)}: {told}"),
        Finding("of these conditional", f"{conditional}, of which {statuses[304]} answered 304"),
        Finding("texts fetched again", f"{again} of {sum(sent.values())}"),
        Finding("articles fetched again in one round", f"{after_kills}, after kills"),
        Finding("calls on 127.0.0.1", str(servers.canary_calls), tuple(canary)),
        Finding("disallowed by robots.txt, and fetched", str(len(forbidden)), tuple(forbidden)),
        Finding("requests within Retry-After", str(len(hasty)), tuple(hasty)),
    ]


def _waits(hits: Iterable[Hit]) -> Iterator[tuple[str, float]]:
    """How long the next request to an outlet came after a 429, in seconds."""
    told: dict[str, float] = {}
    for hit in sorted(hits, key=lambda one: one.at):
        if hit.site in told:
            yield hit.site, hit.at - told.pop(hit.site)
        if hit.status == 429:
            told[hit.site] = hit.at


def _key(piece: Piece) -> str:
    return f"{piece.site.host}{piece.path}"


def _stored_key(article: Article) -> str:
    """The same of a stored article, by its canonical address."""
    parts = urlsplit(article.canonical_url or article.url)
    return f"{parts.hostname}{parts.path}{'?' + parts.query if parts.query else ''}"


# Health

_TOLD: dict[Trouble | None, tuple[set[str], str]] = {
    "no_text": ({"degraded", "failed"}, "not_article"),
    "no_dates": ({"degraded"}, "gap_date"),
    "feed_error": ({"failed"}, "http_500"),
    "feed_html": ({"failed"}, "not_as_declared"),
    "challenge": ({"refused"}, "challenge"),
    "flood": ({"degraded"}, "flood"),
    "quiet": ({"healthy", "quiet"}, ""),
    None: ({"healthy", "quiet"}, ""),
}
"""For each trouble the states that tell it, and how a cause begins that does."""


def check_health(told: Iterable[dict[str, Any]], world: World) -> Finding:
    """Whether what `scrapy health --json` told names the outlets in trouble by their causes, and no
    others."""
    found = {health["outlet"]: health for health in told}
    wrong = []
    for site in world.sites:
        states, cause = _TOLD[site.trouble]
        health = found.get(site.name, {"state": "not told", "reasons": []})
        causes = [reason["cause"] for reason in health["reasons"]]
        if health["state"] not in states or not any(
            name.startswith(cause) for name in causes or [""]
        ):
            wrong.append(
                f"{site.name} ({site.trouble or 'no trouble'}): {health['state']}, {', '.join(causes)}"
            )
    return Finding(
        "health told", f"{len(world.sites) - len(wrong)} of {len(world.sites)}", tuple(wrong)
    )


# Single articles


def _as_printed(both: list[tuple[Piece, StoredArticle]], world: World) -> list[Finding]:
    """Headline, text, minute and agency of each."""
    wrong: dict[str, list[str]] = {
        name: [] for name in ("headline and text", "minute of publication", "agency")
    }
    for piece, one in both:
        if not _prints(one.article, piece.editions[-1].text):
            wrong["headline and text"].append(one.article.url)
        read = one.article.published and one.article.published.replace(second=0, microsecond=0)
        undated = world.is_broken(piece.site, piece.round) and piece.site.trouble == "no_dates"
        if read != (None if undated else piece.published):
            wrong["minute of publication"].append(
                f"{one.article.url}: {read}, printed {piece.published}"
            )
        if piece.is_wire and AGENCIES[piece.site.language] not in {
            named.source.id for named in one.article.sources
        }:
            wrong["agency"].append(one.article.url)
    wire = sum(piece.is_wire for piece, _ in both)
    return [
        Finding(
            f"right {name}",
            _share((wire if name == "agency" else len(both)), len(strays)),
            tuple(strays),
        )
        for name, strays in wrong.items()
    ]


def _share(all_: int, wrong: int) -> str:
    return f"{all_ - wrong} of {all_}"


def _prints(article: Article, text: Text) -> bool:
    return article.headline == text.headline and _letters(
        (article.dateline or "") + (article.body or "")
    ) == _letters(text.printed)


def _letters(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


async def _revisions(
    store: Store, both: list[tuple[Piece, StoredArticle]], hits: Iterable[Hit]
) -> Finding:
    """Whether each older text that was sent is kept, and nothing else."""
    sent = {(hit.piece, hit.edition) for hit in hits if hit.status == 200}
    wrong = []
    kept = published = 0
    for piece, one in both:
        older = [
            edition.text
            for number, edition in enumerate(piece.editions[:-1])
            if (piece, number) in sent
        ]
        if older:
            found = [revision.article for revision in await store.revisions(one.id)]
            kept, published = kept + len(found), published + len(older)
            if len(found) != len(older) or not all(map(_prints, found, older)):
                wrong.append(f"{one.article.url}: {len(found)} kept of {len(older)}")
    if others := (await store.counts())["revisions"] - kept:
        wrong.append(f"{others} revisions of articles that never changed")
    return Finding("older texts kept", f"{kept} of {published}", tuple(wrong))


# Stories


def _stories(both: list[tuple[Piece, StoredArticle]]) -> list[Finding]:
    """Copies that stand together, and strangers that do."""
    told: dict[str, set[str]] = defaultdict(set)  # wire story -> our stories
    tells: dict[str, set[str]] = defaultdict(set)  # our story -> wire stories, or outlets' own
    for piece, one in both:
        told[piece.story].add(one.story_id)
        tells[one.story_id].add(piece.story)
    copies = Counter(piece.story for piece, _ in both)
    shared = [story for story, count in copies.items() if count > 1]
    torn = [
        f"{story}: {copies[story]} copies in {len(told[story])} stories"
        for story in shared
        if len(told[story]) > 1
    ]
    mixed = [
        f"{', '.join(sorted(truths))} in {story}"
        for story, truths in tells.items()
        if len(truths) > 1
    ]
    return [
        Finding("wire stories whole", f"{len(shared) - len(torn)} of {len(shared)}", tuple(torn)),
        Finding(
            "stories without strangers", f"{len(tells) - len(mixed)} of {len(tells)}", tuple(mixed)
        ),
    ]


def show(findings: Iterable[Finding]) -> str:
    """The findings as lines for people: what, how much, and the first of what is wrong."""
    lines = []
    for finding in findings:
        lines.append(f"{'WRONG' if finding.wrong else 'ok':6}{finding.name:40}{finding.figure}")
        lines += [f"{'':8}{line}" for line in finding.wrong[:SHOWN]]
        if len(finding.wrong) > SHOWN:
            lines.append(f"{'':8}and {len(finding.wrong) - SHOWN} more")
    return "\n".join(lines)

"""Compare the store with the articles of the world, and the requests with good manners."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from benchmarks.soak.server import RETRY_AFTER_SECONDS, Hit, Servers
from benchmarks.soak.sites import AGENCIES, Trouble
from benchmarks.soak.world import Piece, PrintedText, World
from crawler.items import Article
from crawler.storage import Store, StoredArticle

SHOWN = 3
"""How many errors of one kind are named."""

Pair = tuple[Piece, StoredArticle]
"""An article of the world, and the same article in the store."""


@dataclass(frozen=True)
class Finding:
    """One line of the result. `wrong`: the errors, one line each; empty when there are none."""

    name: str
    figure: str
    wrong: Sequence[str] = ()


async def check_store(store: Store, servers: Servers) -> list[Finding]:
    """Return the findings on the articles, revisions and stories of the store."""
    world = servers.world
    expected = {_key(piece): piece for piece in world.pieces if world.is_readable(piece)}
    stored: dict[str, list[StoredArticle]] = defaultdict(list)
    async for article in store.articles():
        stored[_stored_key(article.article)].append(article)
    pairs = [(expected[key], articles[0]) for key, articles in stored.items() if key in expected]
    missing = [key for key in expected if key not in stored]
    doubled = [key for key, articles in stored.items() if len(articles) > 1]
    unexpected = [key for key in stored if key not in expected]
    stored_once = f"{len(pairs) - len(doubled)} of {len(expected)}"
    return [
        Finding("stored once", stored_once, missing + doubled),
        Finding("stored besides", str(len(unexpected)), unexpected),
        *_check_fields(pairs, world),
        await _check_revisions(store, pairs, servers.hits),
        *_check_stories(pairs),
    ]


def check_requests(servers: Servers) -> list[Finding]:
    """Return the findings on the requests: how many, how often in vain, and how polite."""
    hits = servers.hits
    statuses = Counter(hit.status for hit in hits)
    by_status = ", ".join(
        f"{count} x {status or 'broken off'}" for status, count in sorted(statuses.items())
    )
    conditional = sum(hit.is_conditional for hit in hits)
    editions = [hit for hit in hits if hit.edition is not None]
    sent = Counter((hit.piece, hit.edition) for hit in editions if hit.status == 200)
    again = sum(count - 1 for count in sent.values())
    by_round = Counter((hit.piece, hit.round) for hit in editions)
    again_in_round = sum(count - 1 for count in by_round.values())
    forbidden = [hit.target for hit in hits if hit.target.startswith("/plus/")]
    hasty = [
        f"{site}: {seconds:.2f} s"
        for site, seconds in _waits(hits)
        if seconds < RETRY_AFTER_SECONDS
    ]
    canary = [f"{servers.canary_calls} calls"] if servers.canary_calls else []
    return [
        Finding("requests", f"{len(hits)}: {by_status}"),
        Finding("of these conditional", f"{conditional}, of which {statuses[304]} answered 304"),
        Finding("texts fetched again", f"{again} of {sum(sent.values())}"),
        Finding("articles fetched again in one round", f"{again_in_round}, after kills"),
        Finding("calls on 127.0.0.1", str(servers.canary_calls), canary),
        Finding("disallowed by robots.txt, and fetched", str(len(forbidden)), forbidden),
        Finding("requests within Retry-After", str(len(hasty)), hasty),
    ]


def _waits(hits: Iterable[Hit]) -> Iterator[tuple[str, float]]:
    """Yield, for each 429, its outlet and the seconds until the next request to this outlet."""
    throttled: dict[str, float] = {}
    for hit in sorted(hits, key=lambda hit: hit.at):
        if hit.site in throttled:
            yield hit.site, hit.at - throttled.pop(hit.site)
        if hit.status == 429:
            throttled[hit.site] = hit.at


def _key(piece: Piece) -> str:
    """Return the address of a piece without its scheme."""
    return f"{piece.site.host}{piece.path}"


def _stored_key(article: Article) -> str:
    """Return the canonical address of a stored article without its scheme and port."""
    parts = urlsplit(article.canonical_url or article.url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.hostname}{parts.path}{query}"


# Health

_SIGNS: dict[Trouble | None, tuple[set[str], str]] = {
    "no_text": ({"degraded", "failed"}, "not_article"),
    "no_dates": ({"degraded"}, "gap_date"),
    "feed_error": ({"failed"}, "http_500"),
    "feed_html": ({"failed"}, "not_as_declared"),
    "challenge": ({"refused"}, "challenge"),
    "flood": ({"degraded"}, "flood"),
    "quiet": ({"healthy", "quiet"}, ""),
    None: ({"healthy", "quiet"}, ""),
}
"""Trouble -> the states that name it, and the beginning of a cause that does."""


def check_health(reports: Iterable[dict[str, Any]], world: World) -> Finding:
    """Return the finding on the reports of `scrapy health --json`.

    They must name the causes of all outlets in trouble, and no other outlets.
    """
    by_outlet = {report["outlet"]: report for report in reports}
    wrong = []
    for site in world.sites:
        states, sign = _SIGNS[site.trouble]
        report = by_outlet.get(site.name, {"state": "not told", "reasons": []})
        causes = [reason["cause"] for reason in report["reasons"]]
        is_named = not sign or any(cause.startswith(sign) for cause in causes)
        if report["state"] not in states or not is_named:
            trouble = site.trouble or "no trouble"
            wrong.append(f"{site.name} ({trouble}): {report['state']}, {', '.join(causes)}")
    return Finding("health told", _share(len(world.sites), len(wrong)), wrong)


# Single articles


def _check_fields(pairs: list[Pair], world: World) -> list[Finding]:
    """Return the findings on headline and text, minute of publication and agency."""
    texts, minutes, agencies = [], [], []
    for piece, stored in pairs:
        article = stored.article
        if not _prints(article, piece.editions[-1].text):
            texts.append(article.url)
        minute = article.published and article.published.replace(second=0, microsecond=0)
        is_undated = world.is_broken(piece.site, piece.round) and piece.site.trouble == "no_dates"
        if minute != (None if is_undated else piece.published):
            minutes.append(f"{article.url}: {minute}, printed {piece.published}")
        named = {attribution.source.id for attribution in article.sources}
        if piece.is_wire and AGENCIES[piece.site.language] not in named:
            agencies.append(article.url)
    wire = sum(piece.is_wire for piece, _ in pairs)
    return [
        Finding("right headline and text", _share(len(pairs), len(texts)), texts),
        Finding("right minute of publication", _share(len(pairs), len(minutes)), minutes),
        Finding("right agency", _share(wire, len(agencies)), agencies),
    ]


def _share(all_: int, wrong: int) -> str:
    return f"{all_ - wrong} of {all_}"


def _prints(article: Article, text: PrintedText) -> bool:
    """Return True if an article has this headline and these letters."""
    printed = (article.dateline or "") + (article.body or "")
    return article.headline == text.headline and _letters(printed) == _letters(text.printed)


def _letters(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


async def _check_revisions(store: Store, pairs: list[Pair], hits: Iterable[Hit]) -> Finding:
    """Return the finding on older texts: each that was sent is kept, and nothing else."""
    sent = {(hit.piece, hit.edition) for hit in hits if hit.status == 200}
    wrong = []
    kept = published = 0
    for piece, stored in pairs:
        older = [
            edition.text
            for number, edition in enumerate(piece.editions[:-1])
            if (piece, number) in sent
        ]
        if not older:
            continue
        revisions = [revision.article for revision in await store.revisions(stored.id)]
        kept += len(revisions)
        published += len(older)
        if len(revisions) != len(older) or not all(map(_prints, revisions, older)):
            wrong.append(f"{stored.article.url}: {len(revisions)} kept of {len(older)}")
    counts = await store.counts()
    needless = counts["revisions"] - kept
    if needless:
        wrong.append(f"{needless} revisions of articles that never changed")
    return Finding("older texts kept", f"{kept} of {published}", wrong)


# Stories


def _check_stories(pairs: list[Pair]) -> list[Finding]:
    """Return the findings on stories: copies stand in one story, and strangers do not."""
    stored_stories: dict[str, set[str]] = defaultdict(set)  # by the world's story
    true_stories: dict[str, set[str]] = defaultdict(set)  # by the store's story
    for piece, stored in pairs:
        stored_stories[piece.story].add(stored.story_id)
        true_stories[stored.story_id].add(piece.story)
    copies = Counter(piece.story for piece, _ in pairs)
    shared = [story for story, count in copies.items() if count > 1]
    torn = [
        f"{story}: {copies[story]} copies in {len(stored_stories[story])} stories"
        for story in shared
        if len(stored_stories[story]) > 1
    ]
    mixed = [
        f"{', '.join(sorted(stories))} in {story_id}"
        for story_id, stories in true_stories.items()
        if len(stories) > 1
    ]
    return [
        Finding("wire stories whole", _share(len(shared), len(torn)), torn),
        Finding("stories without strangers", _share(len(true_stories), len(mixed)), mixed),
    ]


def show(findings: Iterable[Finding]) -> str:
    """Return the findings as lines for people: name, figure, and the first errors."""
    lines = []
    for finding in findings:
        verdict = "WRONG" if finding.wrong else "ok"
        lines.append(f"{verdict:6}{finding.name:40}{finding.figure}")
        lines += [f"{'':8}{error}" for error in finding.wrong[:SHOWN]]
        if len(finding.wrong) > SHOWN:
            lines.append(f"{'':8}and {len(finding.wrong) - SHOWN} more")
    return "\n".join(lines)

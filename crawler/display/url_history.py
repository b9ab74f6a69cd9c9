"""What became of one address: announced, checked, failed or stored, and when it is due again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rich.console import Console
from rich.text import Text

from crawler.causes import Cause, find_cause
from crawler.dedup import canonical_url
from crawler.display.terminal import format_minute, isolated_headline, isolated_url
from crawler.frontier import TrackedUrl, UrlKind
from crawler.health.formatting import format_count
from crawler.outlet import Outlet
from crawler.storage import Boilerplate, Revision, Store, StoredArticle, Tombstone
from crawler.stories.boilerplate import boilerplate_lines
from crawler.text import isolated


@dataclass(frozen=True, slots=True)
class StoredAs:
    """The article that stands in the store for an address.

    stored: when its first text was fetched. revised: when each later text was. boilerplate: the
    lines of its body that are no part of the story as it is compared and hashed.
    """

    id: str
    story_id: str
    headline: str | None
    published: datetime | None
    language: str | None
    stored: datetime | None
    revised: tuple[datetime, ...]
    boilerplate: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RemovedAs:
    """The article that stood in the store for an address until it was removed for good.

    removed: when. reason: in the words of whoever removed it.
    """

    id: str
    removed: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlHistory:
    """What the store knows of one address: fields of `scrapy why ADDRESS --json`.

    url: as it is requested. kind: "article", or "document" for a feed, sitemap or listing; None for
    a stored article that stands in no frontier. found, announcer: when it was first announced, and
    by which document. checked: when it was last read. tries: the checks since then, all in vain.
    cause, meaning: why the last of them was in vain, or why the article was left out. due: when it
    is checked next; None: not before it is announced anew. article: as it is stored; removed: as it
    was. kept_since: the instant before which the outlet's articles are removed and refused.
    """

    url: str
    outlet: str | None
    kind: UrlKind | None = None
    found: datetime | None = None
    announcer: str | None = None
    checked: datetime | None = None
    tries: int = 0
    cause: str | None = None
    meaning: str | None = None
    due: datetime | None = None
    article: StoredAs | None = None
    removed: RemovedAs | None = None
    kept_since: datetime | None = None


async def load_history(
    store: Store,
    url: str,
    stored: StoredArticle | None,
    outlets: Sequence[Outlet],
    tombstone: Tombstone | None = None,
) -> UrlHistory | None:
    """Return what `store` knows of `url`; None if it knows nothing. Raises StoreError.

    stored: the article that is stored for the address. outlets: those whose address it may be.
    tombstone: of the article that was.
    """
    article = removed = None
    if tombstone is not None:
        removed = RemovedAs(tombstone.id, tombstone.forgotten, tombstone.reason)
    if stored is not None:
        boilerplate = await store.boilerplate(stored.article.outlet or "")
        article = _stored_as(stored, await store.revisions(stored.id), boilerplate)
    for outlet in outlets:
        tracked = await _find_tracked(store, url, outlet)
        if tracked is not None:
            history = _history(tracked, article)
            kept_since = await _kept_since(store, outlet.name) if stored is None else None
            return replace(history, removed=removed, kept_since=kept_since)
    if stored is not None:
        return UrlHistory(url=url, outlet=stored.article.outlet, article=article)
    if tombstone is not None:
        return UrlHistory(url=url, outlet=tombstone.outlet, removed=removed)
    return None


async def _kept_since(store: Store, outlet: str) -> datetime | None:
    """Return the instant before which articles of `outlet` are refused."""
    retentions = await store.retentions()
    return next((each.before for each in retentions if each.outlet == outlet), None)


async def _find_tracked(store: Store, url: str, outlet: Outlet) -> TrackedUrl | None:
    """Return the article or document that `outlet` tracks at `url`."""
    addresses = (canonical_url(url, outlet=outlet), url)
    tracked_urls = await store.tracked_urls(outlet.name, addresses)
    return next((tracked_urls[name] for name in addresses if name in tracked_urls), None)


def _history(tracked: TrackedUrl, article: StoredAs | None) -> UrlHistory:
    cause = find_cause(tracked.last_cause) if tracked.last_cause else None
    return UrlHistory(
        url=tracked.url,
        outlet=tracked.outlet,
        kind=tracked.kind,
        found=tracked.found,
        announcer=tracked.announcer,
        checked=tracked.checked_at,
        tries=tracked.tries,
        cause=tracked.last_cause,
        meaning=cause.meaning if cause else None,
        due=tracked.due,
        article=article,
    )


def _stored_as(
    stored: StoredArticle, revisions: Sequence[Revision], boilerplate: Boilerplate
) -> StoredAs:
    first = revisions[0].first_seen if revisions else stored.article.fetched_at
    return StoredAs(
        id=stored.id,
        story_id=stored.story_id,
        headline=stored.article.headline,
        published=stored.article.published,
        language=stored.article.language,
        stored=first,
        revised=tuple(revision.replaced_at for revision in revisions),
        boilerplate=tuple(boilerplate_lines(stored.article, boilerplate)),
    )


def print_history(history: UrlHistory, now: datetime, console: Console) -> None:
    """Print a line for each thing that happened to the address; `now` tells what is due."""
    terminal = console.is_terminal
    console.print(Text(isolated_url(history.url, terminal=terminal), style="bold"))
    for label, text in _lines(history, now, terminal=terminal):
        console.print(Text(f"  {label:<10} {text}"))


def _lines(history: UrlHistory, now: datetime, *, terminal: bool) -> Iterator[tuple[str, str]]:
    yield "outlet", history.outlet or "?"
    if history.found is not None:
        yield (
            "announced",
            f"{format_minute(history.found)} by {_announcer(history, terminal=terminal)}",
        )
        yield "read", format_minute(history.checked, missing="never")
    if history.cause is not None:
        yield "left out" if _is_left_out(history) else "failed", _describe_failure(history)
    if history.article is not None:
        yield from _article_lines(history.article, terminal=terminal)
    elif history.removed is not None:
        removed = history.removed
        yield "removed", f"{format_minute(removed.removed)} for good: {isolated(removed.reason)}"
    elif history.checked is not None and history.kind == "article":
        yield "stored", "under another address, which the page redirects to or names as its own"
        if history.kept_since is not None:
            since = format_minute(history.kept_since)
            yield "", f"or not at all: what the outlet printed before {since} is removed"
    if history.found is not None:
        yield "next check", _describe_due(history, now)


def _article_lines(article: StoredAs, *, terminal: bool) -> Iterator[tuple[str, str]]:
    yield "stored", f"{format_minute(article.stored)} as article {article.id}"
    yield "story", article.story_id
    yield "headline", isolated_headline(article.headline, article.language, terminal=terminal)
    yield "published", format_minute(article.published, missing="(no date)")
    if article.revised:
        times = ", ".join(format_minute(instant) for instant in article.revised)
        yield "revised", f"{format_count(len(article.revised), 'time')}: {times}"
    for line in article.boilerplate:
        shown = isolated(line, article.language, terminal=terminal)
        yield "left out", f"a line that is no part of the story: {shown}"


def _announcer(history: UrlHistory, *, terminal: bool) -> str:
    if history.announcer is not None:
        return isolated_url(history.announcer, terminal=terminal)
    return "the outlet's declaration" if history.kind == "document" else "no document that is known"


def _describe_failure(history: UrlHistory) -> str:
    cause = find_cause(history.cause or "")
    explained = f"{history.cause}: {cause.meaning} {cause.action}" if cause else f"{history.cause}"
    if _is_left_out(history):
        return explained
    return f"{format_count(history.tries, 'time')}, the last for {explained}"


def _is_left_out(history: UrlHistory) -> bool:
    """Return True for an article that was read and is not wanted."""
    return history.tries == 0 or history.cause == Cause.EXCLUDED


def _describe_due(history: UrlHistory, now: datetime) -> str:
    if history.kind == "document":
        return "in every run"
    if history.due is None:
        return "not before an announcement says that it changed"
    if history.due <= now:
        return "in the next run"
    return format_minute(history.due)

"""Holding a store against its own promises, and repairing what can be.

The promises: an article's id is that of its address; its older texts are as many as it says; a
story's id is the id of its earliest copy, and all its copies stand at that copy's time; a link, an
alias and a tombstone lead to what is stored, or was removed; what was removed is not stored; what
is derived from an article (words, sources, postings, columns) follows from it; the counts, and the
numbers of each day, are right.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from crawler.dedup import article_id
from crawler.storage.protocol import Store, StoreError, StoreUnavailable
from crawler.storage.record import RECORD_KINDS, Record, RecordKind
from crawler.storage.records import CopiedArticle, link_from_record
from crawler.storage.upkeep import UNREADABLE
from crawler.stories.grouping import earliest_key
from crawler.stories.tallies import Tally

_BATCH = 500  # records
_REPAIRED = 100  # articles at once

Progress = Callable[[str, int], None]
"""Called with what is being looked at, and the number of records that were just looked at."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A promise that does not hold. subject: an id, or the name of a kind of records. is_lasting:
    True if nothing here repairs it: a backup may."""

    subject: str
    problem: str
    is_lasting: bool = False


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is remembered of each article, by which the others are checked."""

    outlet: str | None
    published: datetime | None
    time: datetime
    story_id: str
    story_time: datetime
    inputs_hash: int
    revisions: int

    def key(self, id_: str) -> tuple[datetime, str]:
        return earliest_key(id_, self.published)


@dataclass(slots=True)
class Findings:
    """The faults of a store, and what repairs them.

    damaged: ids of articles to be written anew. misplaced: those to be grouped anew. undead: those
    that were removed and are stored. outdated: outlets with articles older than their retention.
    loose: keys of links and aliases to be removed, by kind. miscounted: days to be counted afresh.
    """

    faults: list[Fault] = field(default_factory=list)
    damaged: set[str] = field(default_factory=set)
    misplaced: set[str] = field(default_factory=set)
    undead: set[str] = field(default_factory=set)
    outdated: set[str] = field(default_factory=set)
    loose: dict[RecordKind, list[str]] = field(default_factory=dict)
    miscounted: set[date] = field(default_factory=set)

    def add(self, subject: str, problem: str, *, is_lasting: bool = False) -> None:
        self.faults.append(Fault(subject, problem, is_lasting))


async def check_store(store: Store, progress: Progress) -> Findings:
    """Return what does not hold of a store that nobody changes meanwhile. Days that are stale are
    counted afresh: nothing was promised of them."""
    findings = Findings()
    async for damage in store.damage():
        findings.add(damage.article_id or "the store", damage.problem, is_lasting=damage.is_lasting)
        if damage.article_id:
            findings.damaged.add(damage.article_id)
        progress("checking what is derived", 1)
    articles: dict[str, _Seen] = {}
    async for record in _records(store, "articles", findings, progress):
        articles[record.key] = _check_article(record, findings)
    _check_stories(articles, findings)
    removed = {
        record.key: record async for record in _records(store, "tombstones", findings, progress)
    }
    _check_tombstones(removed, articles, findings)
    async for record in _records(store, "retentions", findings, progress):
        _check_retention(record, articles, findings)
    async for record in _records(store, "links", findings, progress):
        _check_link(record, articles, findings)
    async for record in _records(store, "aliases", findings, progress):
        if record.values["article_id"] not in articles.keys() | removed.keys():
            findings.add(record.key, "an alias of an article that is not stored")
            findings.loose.setdefault("aliases", []).append(record.key)
    numbers = {
        "articles": len(articles),
        "stories": len({seen.story_id for seen in articles.values()}),
        "revisions": sum(seen.revisions for seen in articles.values()),
        "runs": 0,
    }
    checked = {"articles", "tombstones", "retentions", "links", "aliases"}
    for kind in RECORD_KINDS:
        if kind not in checked:
            async for _ in _records(store, kind, findings, progress):
                numbers["runs"] += kind == "runs"
    await _check_counts(store, numbers, findings)
    await _check_days(
        store, {seen.story_time.date() for seen in articles.values()}, findings, progress
    )
    return findings


async def repair(store: Store, findings: Findings) -> None:
    """Repair what can be: write articles anew from their documents, group misplaced ones anew,
    remove what was removed, and what leads nowhere."""
    for id_ in sorted(findings.undead):
        tombstone = await store.tombstone(id_)
        await store.forget(id_, tombstone.reason if tombstone else "removed before")
    for retention in await store.retentions():
        if retention.outlet in findings.outdated:
            while await store.forget_before(retention.outlet, retention.before, retention.reason):
                pass
    async for record in _records(store, "articles", Findings(), lambda *_: None):
        if record.key in findings.damaged:
            await store.write_records("articles", [record])
    for kind, keys in findings.loose.items():
        await store.remove_records(kind, keys)
    misplaced = sorted(findings.misplaced | findings.damaged)
    for start in range(0, len(misplaced), _REPAIRED):
        await store.regroup(misplaced[start : start + _REPAIRED])
    for day in sorted(findings.miscounted):
        await store.recount(day)


async def _records(
    store: Store, kind: RecordKind, findings: Findings, progress: Progress
) -> AsyncIterator[Record]:
    """Yield the records of a kind, up to the first that cannot be read, which is a fault."""
    after = None
    try:
        while records := await store.read_records(kind, after, _BATCH):
            for record in records:
                yield record
            after = records[-1].after
            progress(f"checking {kind}", len(records))
    except StoreUnavailable:
        raise
    except (StoreError, *UNREADABLE) as error:
        behind = "the first" if after is None else f"behind {after}"
        problem = f"{behind}: cannot be read: {error or type(error).__name__}"
        findings.add(kind, problem, is_lasting=True)


def _check_article(record: Record, findings: Findings) -> _Seen:
    copied = CopiedArticle.from_record(record)
    article = copied.current.article
    if copied.id != article_id(article.canonical_url or ""):
        problem = f"does not stand at its address {article.canonical_url}"
        findings.add(copied.id, problem, is_lasting=True)
    if copied.current.revisions != len(copied.older):
        problem = f"{len(copied.older)} older texts where it says {copied.current.revisions}"
        findings.add(copied.id, problem, is_lasting=True)
    return _Seen(
        article.outlet,
        article.published,
        copied.current.time,
        copied.slot.story_id,
        copied.slot.story_time,
        copied.signature.inputs_hash,
        len(copied.older),
    )


def _check_stories(articles: Mapping[str, _Seen], findings: Findings) -> None:
    earliest: dict[str, str] = {}
    for id_, seen in articles.items():
        first = earliest.setdefault(seen.story_id, id_)
        if seen.key(id_) < articles[first].key(first):
            earliest[seen.story_id] = id_
    for id_, seen in articles.items():
        first = earliest[seen.story_id]
        if first != seen.story_id:
            findings.add(id_, f"in story {seen.story_id}, whose earliest copy is {first}")
        elif seen.story_time != articles[first].time:
            findings.add(id_, f"stands at {seen.story_time}, not at the time of its story")
        else:
            continue
        findings.misplaced.update((id_, first))


def _check_tombstones(
    removed: Mapping[str, Record], articles: Mapping[str, _Seen], findings: Findings
) -> None:
    for id_, record in removed.items():
        if record.values["lifted"] is None and id_ in articles:
            findings.add(id_, "was removed, and is stored")
            findings.undead.add(id_)
        successor = record.values["tombstone"]["successor"]
        if successor is not None and successor not in articles and successor not in removed:
            problem = f"its story goes on as {successor}, which is not stored"
            findings.add(id_, problem, is_lasting=True)


def _check_retention(record: Record, articles: Mapping[str, _Seen], findings: Findings) -> None:
    before = record.values["before"]
    older = [
        id_ for id_, seen in articles.items() if seen.outlet == record.key and seen.time < before
    ]
    if older:
        findings.add(record.key, f"{len(older)} articles are older than its retention")
        findings.outdated.add(record.key)


def _check_link(record: Record, articles: Mapping[str, _Seen], findings: Findings) -> None:
    link = link_from_record(record)
    witnesses = [articles.get(id_) for id_ in link.articles]
    hashes = tuple(seen.inputs_hash if seen else None for seen in witnesses)
    if hashes != link.inputs_hashes:
        findings.add(record.key, "a link of texts that its articles do not print")
        findings.loose.setdefault("links", []).append(record.key)
        findings.misplaced.update(id_ for id_ in link.articles if id_ in articles)


async def _check_counts(store: Store, numbers: Mapping[str, int], findings: Findings) -> None:
    for name, counted in (await store.counts()).items():
        if counted != numbers[name]:
            problem = f"{counted} are counted, {numbers[name]} are there"
            findings.add(name, problem, is_lasting=True)


async def _check_days(
    store: Store, days: set[date], findings: Findings, progress: Progress
) -> None:
    """Count stale days afresh, and compare the numbers of all others. days: those of stories."""
    stale = {each.day for each in await store.stale_days()}
    for day in sorted(stale):
        await _check_day(store, day, None, findings)
        progress("counting days", 1)
    uncounted = days - stale
    async for kept in store.tallies():
        if kept.day not in stale:
            uncounted.discard(kept.day)
            await _check_day(store, kept.day, kept.numbers, findings)
            progress("counting days", 1)
    for day in sorted(uncounted):
        await _check_day(store, day, Tally(), findings)


async def _check_day(store: Store, day: date, kept: Tally | None, findings: Findings) -> None:
    """Compare the numbers that are kept of a day with its stories; None counts it afresh."""
    try:
        if kept is None:
            await store.recount(day)
        elif (await store.count_day(day)).numbers != kept:
            findings.add(day.isoformat(), "its numbers are not those of its stories")
            findings.miscounted.add(day)
    except UNREADABLE as error:
        problem = f"cannot be counted: {error or type(error).__name__}"
        findings.add(day.isoformat(), problem, is_lasting=True)

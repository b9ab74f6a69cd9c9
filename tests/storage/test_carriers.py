"""Who carries whom, counted in both stores."""

from datetime import timedelta
from typing import Any

from crawler.carriers import Carrier, count_carriers
from crawler.gazetteer import Source
from crawler.items import Article, Attribution
from crawler.storage import Store
from tests.storage.samples import HOUR, NOON, REUTERS, SyncStore, article

PORT_AGENCY = Attribution(Source("", "وكالة الميناء", "unknown"), "agency")


def printed(name: str, text: str, minutes: int, *agencies: Attribution) -> Article:
    """An article that was printed that many minutes after noon."""
    published = NOON + timedelta(minutes=minutes)
    return article(name, text, published=published, published_precision="minute", sources=agencies)


def carriers(store: SyncStore, agencies: set[str] | None = None, **filters: Any) -> list[Carrier]:
    async def counted(opened: Store) -> list[Carrier]:
        return await count_carriers(opened.stories(**filters), agencies)

    return store.run(counted)


def filled(store: SyncStore) -> SyncStore:
    harbour, storm = "أعلنت شركة الميناء توسيع الرصيف", "ضربت عاصفة قوية ساحل المدينة"
    store.save(
        printed("wire/1", harbour, 0),
        printed("a/1", harbour, 10, REUTERS),
        printed("b/1", harbour, 30, REUTERS),
        printed("wire/2", storm, 60),
        printed("a/2", storm, 100, REUTERS, PORT_AGENCY),
        printed("a/3", "خبر أول عن سوق السمك في المدينة", 200, REUTERS),
        printed("a/4", "تقرير خاص عن مزارع الزيتون في الشمال", 200),
        article("b/2", "نص بلا وقت", published=NOON, published_precision="day", sources=(REUTERS,)),
    )
    return store


def test_carriers_are_counted_with_shares_and_median_minutes(store: SyncStore) -> None:
    assert carriers(filled(store)) == [
        Carrier("reuters", "Reuters", "a", 3, 0.75, 25),
        Carrier("reuters", "Reuters", "b", 2, 1.0, 30),
        Carrier("وكالة الميناء", "وكالة الميناء", "a", 1, 0.25, 40),
    ]


def test_a_span_and_one_agency(store: SyncStore) -> None:
    filled(store)
    assert carriers(store, {"وكالة الميناء"}) == [
        Carrier("وكالة الميناء", "وكالة الميناء", "a", 1, 0.25, 40)
    ]
    assert carriers(store, since=NOON + 2 * HOUR) == [
        Carrier("reuters", "Reuters", "a", 1, 0.5, None)
    ]
    assert carriers(store, until=NOON - HOUR) == []

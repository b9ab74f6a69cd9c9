"""The invented stories with some more, of several days and agencies, whose numbers were counted."""

from dataclasses import replace
from datetime import timedelta

from crawler.gazetteer import Source
from crawler.items import Article, Attribution
from crawler.storage.tallies import recount_stale
from tests.storage.samples import SyncStore
from tests.web.newsroom import FIRST, MINUTE, NOON, OLDER, REUTERS, SECOND, URDU

DAY = timedelta(days=1)
UNKNOWN = Attribution(Source("", "وكالة <الساحل>", "agency"), "agency")
PUBLISHER = Attribution(Source("youm7", "Youm7", "newspaper", "EG"), "publisher")

BRIDGE = Article(
    url="https://www.youm7.com/story/2026/2/27/bridge/2",
    outlet="youm7",
    language="ar",
    headline="جسر جديد للمشاة فوق النهر",
    body="افتتح المجلس المحلي اليوم جسرا جديدا للمشاة فوق النهر بعد عامين من العمل المتواصل فيه.",
    published=NOON - 2 * DAY,
    published_precision="minute",
    zone="Africa/Cairo",
    sources=(PUBLISHER, UNKNOWN, REUTERS),
    fetched_at=NOON - 2 * DAY + MINUTE,
)
NAMELESS = Article(
    url="https://www.youm7.com/story/2026/2/27/market/3",
    outlet="youm7",
    language="ar",
    body="ارتفعت أسعار الطماطم في سوق الجملة مع بداية الأسبوع بسبب قلة المعروض من المزارع القريبة.",
    published=NOON - 2 * DAY + 30 * MINUTE,
    published_precision="minute",
    fetched_at=NOON - 2 * DAY + 31 * MINUTE,
)
LATE = replace(
    URDU,
    url="https://www.bbc.com/urdu/articles/c0garden0002o",
    headline="باغ میں پہلی نمائش",
    body="شہر کے قدیم باغ میں پھولوں کی پہلی نمائش کا افتتاح ہوا جس میں سو سے زیادہ اقسام ہیں۔",
    published=NOON - DAY,
    fetched_at=NOON - DAY + MINUTE,
)
"""Stored after the days were counted."""


def fill_and_count(uri: str) -> None:
    """Store the stories and count their days, but not that of the last one."""
    store = SyncStore(uri)
    store.save(OLDER, FIRST, SECOND, URDU, BRIDGE, NAMELESS)
    assert store.run(recount_stale) == 2
    store.save(LATE)

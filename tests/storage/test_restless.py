"""No revisions without end, and no correction missed, on both stores."""

from dataclasses import replace

import pytest

from crawler.items import Article
from crawler.storage.learning import learn_boilerplate
from crawler.stories.restless import MIN_ARTICLES, MIN_LOOKS
from tests.storage.invented import paragraphs
from tests.storage.samples import HOUR, NOON, SyncStore, article

COUNTERS = [
    "عدد المشاهدات: {}",
    "{} مشاهدة",
    "منذ {} دقيقة",
    "نشر قبل {} دقيقة",
    "وقت القراءة: {} دقائق",
    "{} بار دیکھا گیا",
    "{} منٹ پہلے",
]


def look(number: int, hours: int, line: str, **fields: object) -> Article:
    body = "\n\n".join([*paragraphs(number)[:2], line])
    given = article(f"a/{number}", body, headline=f"خبر رقم {number}")
    return replace(given, fetched_at=NOON + hours * HOUR, **fields)  # type: ignore[arg-type]


def test_a_counter_makes_no_revision(store: SyncStore) -> None:
    for number, line in enumerate(COUNTERS):
        looks = [look(number, hours, line.format(120 + hours)) for hours in range(3)]
        assert store.outcomes(*looks)[1:] == ["unchanged", "unchanged"], line


def test_a_toll_that_rises_is_a_revision(store: SyncStore) -> None:
    looks = [look(1, hours, f"قتل {12 + 3 * hours} شخصا في الحادث") for hours in range(3)]
    assert store.outcomes(*looks) == ["new_story", "revision", "revision"]
    counted = look(2, 0, "عدد المشاهدات: 120", headline="قتل 12 شخصا")
    later = look(2, 1, "عدد المشاهدات: 130", headline="قتل 15 شخصا")
    assert store.outcomes(counted, later) == ["new_story", "revision"]


@pytest.mark.parametrize("line", ["", "عدد المشاهدات: 120"])
def test_what_was_hashed_by_older_rules_is_not_revised(store: SyncStore, line: str) -> None:
    store.save(look(1, 0, line, content_hash="0" * 64))
    again = look(1, 1, line.replace("120", "130"))
    assert store.outcomes(again, look(1, 2, "")) == ["unchanged", "unchanged"]
    (stored,) = store.articles()
    assert (stored.revisions, stored.article.content_hash != "0" * 64) == (0, True)


def test_a_line_that_never_rests_is_learned_and_makes_no_more_revisions(store: SyncStore) -> None:
    def visited(number: int, hours: int) -> Article:
        return look(number, hours, f"تصفحه {number * 100 + hours} من الأعضاء")

    numbers = range(MIN_ARTICLES)
    for hours in range(MIN_LOOKS):
        store.save(*(visited(number, hours) for number in numbers))
    boilerplate = store.run(lambda opened: learn_boilerplate(opened, "a"))
    assert boilerplate.restless == {"last-0 تصفحه من الاعضا"}
    outcomes = store.outcomes(*(visited(number, MIN_LOOKS) for number in numbers))
    assert set(outcomes) == {"unchanged"}
    corrected = visited(0, MIN_LOOKS + 1)
    corrected.body = (corrected.body or "").replace(paragraphs(0)[0], "قتل 15 شخصا")
    assert store.outcomes(corrected) == ["revision"]
    again = store.run(lambda opened: learn_boilerplate(opened, "a"))
    assert again.restless == boilerplate.restless, "what no revision shows any more stays known"

"""Lines of a template that never rest, and the corrections that must not be taken for them."""

import pytest

from crawler.stories.boilerplate import boilerplate_lines
from crawler.stories.model import Boilerplate
from crawler.stories.restless import (
    MIN_ARTICLES,
    differ_only_in_restless_lines,
    find_restless_lines,
    restless_lines,
)
from tests.storage.invented import paragraphs
from tests.storage.samples import article

SLOGANS = [
    "تابع أخبار الطقس على شاشتنا الليلة",
    "مسلسل جديد يعرض قريبا في رمضان",
    "ألبومات الصور من أسواق المدينة القديمة",
    "وصفات سريعة لمائدة الإفطار",
]


def story(number: int) -> str:
    return "\n\n".join(paragraphs(number)[:2])


def looks(number: int, *lines: str) -> list[str]:
    return [f"{story(number)}\n\n{line}" for line in lines]


def counters(number: int) -> list[str]:
    return looks(number, *(f"تصفحه {number * 7 + n} من الأعضاء" for n in range(3)))


def test_a_line_that_changes_at_every_look_in_five_articles_is_learned() -> None:
    articles = [counters(number) for number in range(MIN_ARTICLES)]
    keys = find_restless_lines(articles)
    assert keys == {"last-0 تصفحه من الاعضا"}
    assert find_restless_lines(articles[1:]) == frozenset()
    assert find_restless_lines(bodies[:2] for bodies in articles) == frozenset(), "changed once"
    rested = [[bodies[0], bodies[0], bodies[1]] for bodies in articles]
    assert find_restless_lines(rested) == frozenset()
    a, b = looks(9, "تصفحه 4 من الأعضاء", "تصفحه 5 من الأعضاء")
    assert differ_only_in_restless_lines(a, b, keys)
    assert restless_lines(a, keys) == ["تصفحه 4 من الأعضاء"]


def test_a_rotating_line_is_passed_over_where_another_one_replaces_it() -> None:
    articles = [
        looks(number, *(SLOGANS[(number + n) % len(SLOGANS)] for n in range(3)))
        for number in range(MIN_ARTICLES)
    ]
    keys = find_restless_lines(articles)
    assert keys == {"last-0"}
    a, b = looks(9, SLOGANS[0], SLOGANS[3])
    assert differ_only_in_restless_lines(a, b, keys)
    toll, corrected = looks(9, "قتل 12 شخصا في حادث السير", "قتل 15 شخصا في حادث السير")
    assert not differ_only_in_restless_lines(toll, corrected, keys)


@pytest.mark.parametrize(
    "own",
    [
        lambda number, n: f"قتل {12 + 3 * n} شخصا في {paragraphs(number)[3]}",
        lambda number, n: f"وارتفعت حصيلة القتلى إلى {12 + 3 * n} شخصا.",
    ],
)
def test_a_toll_that_rises_at_every_look_is_a_line_of_the_story_s_own(own: object) -> None:
    articles = [
        looks(number, *(own(number, n) for n in range(4)))  # type: ignore[operator]
        for number in range(2 * MIN_ARTICLES)
    ]
    assert find_restless_lines(articles) == frozenset()


def test_lines_that_are_added_at_every_look_are_the_story_s_own() -> None:
    articles = [
        ["\n\n".join(paragraphs(number)[: count + 1]) for count in range(4)]
        for number in range(2 * MIN_ARTICLES)
    ]
    assert find_restless_lines(articles) == frozenset()


def test_nothing_else_may_differ() -> None:
    keys = frozenset({"last-0 تصفحه من الاعضا"})
    a, b = counters(1)[:2]
    assert not differ_only_in_restless_lines(a, b.replace(paragraphs(1)[0], "نص آخر"), keys)
    assert not differ_only_in_restless_lines(a, f"{b}\n\nفقرة أخرى", keys)
    assert not differ_only_in_restless_lines(a, b, frozenset())


def test_the_lines_that_are_no_part_of_the_story_are_told() -> None:
    counted = article("a", f"عدد المشاهدات: 120\n\n{counters(1)[0]}")
    known = Boilerplate(1, frozenset(), frozenset({"last-0 تصفحه من الاعضا"}))
    assert boilerplate_lines(counted, known) == ["عدد المشاهدات: 120", "تصفحه 7 من الأعضاء"]
    assert boilerplate_lines(counted, Boilerplate()) == ["عدد المشاهدات: 120"]

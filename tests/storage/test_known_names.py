"""The outlets, sources and places that names mean, in both stores, and the names that nothing
has."""

from collections.abc import Awaitable, Callable

import pytest

from crawler.known_names import (
    UnknownName,
    country_named,
    outlets_in,
    outlets_named,
    places_in,
    sources_in,
)
from crawler.outlet import Outlet
from crawler.spiders.ar.bbc_ar import BbcArabicSpider
from crawler.spiders.ur.bbc_ur import BbcUrduSpider
from crawler.spiders.ur.jang import JangSpider
from crawler.storage import Store
from tests.storage.samples import REUTERS, SyncStore, article, gap_free

DECLARED: tuple[Outlet, ...] = (BbcArabicSpider.outlet, BbcUrduSpider.outlet, JangSpider.outlet)


@pytest.mark.parametrize(
    ("name", "outlets"),
    [
        ("jang", {"jang"}),
        ("bbc_ur", {"bbc_ur"}),
        ("BBC Urdu", {"bbc_ur"}),
        ("BBC", {"bbc_ar", "bbc_ur"}),
        ("روزنامہ جنگ", {"jang"}),
        ("جنگ", {"jang"}),
        ("jang.com.pk", {"jang"}),
        ("Dawn", set()),
        ("", set()),
    ],
)
def test_an_outlet_goes_by_the_names_that_people_give_it(name: str, outlets: set[str]) -> None:
    assert outlets_named(name, DECLARED) == outlets


def test_a_country_goes_by_its_names_and_an_unknown_one_is_told_with_the_nearest() -> None:
    assert country_named("پاکستان") == country_named("pk") == "PK"
    with pytest.raises(UnknownName, match=r"unknown country 'Pakistn'; did you mean Pakistan"):
        country_named("Pakistn")


@pytest.fixture
def filled(store: SyncStore) -> SyncStore:
    """A store with an article from القاهرة by Reuters and an agency that no table has."""
    store.save(gap_free("waha"))
    return store


Look = Callable[[Store], Awaitable[frozenset[str]]]


def test_names_of_the_tables_and_of_the_store_are_known(filled: SyncStore) -> None:
    def names(look: Look) -> frozenset[str]:
        return filled.run(look)

    assert names(lambda store: sources_in(store, "Reuters")) >= {"reuters"}
    assert names(lambda store: sources_in(store, "وكالة الميناء")) == {"وكالة الميناء"}
    assert names(lambda store: places_in(store, "Moscow")) >= {"موسكو", "ماسکو"}
    assert names(lambda store: outlets_in(store, "waha", DECLARED)) == {"waha"}
    assert names(lambda store: outlets_in(store, "BBC Urdu", DECLARED)) == {"bbc_ur"}


def test_a_place_that_only_the_store_has_is_known_in_any_spelling(store: SyncStore) -> None:
    store.save(gap_free("waha"), article("nahr", place="واحة الغروب", sources=(REUTERS,)))
    assert store.run(lambda opened: opened.place_names()) == ["القاهرة", "واحة الغروب"]
    assert store.run(lambda opened: opened.source_names()) == ["reuters", "وكالة الميناء"]
    places = store.run(lambda opened: places_in(opened, "واحه الغروب"))
    assert [story.copies[0].outlet for story in store.stories(place=places)] == ["nahr"]


@pytest.mark.parametrize(
    ("look", "message"),
    [
        (lambda store: sources_in(store, "Sputnk"), "unknown source 'Sputnk'; did you mean sputn"),
        (lambda store: sources_in(store, "وكالة المينا"), "did you mean وكالة الميناء"),
        (lambda store: places_in(store, "Mosco"), "unknown place 'Mosco'; did you mean Moscow"),
        (lambda store: places_in(store, "qqqqq"), "'qqqqq': neither the tables nor the store"),
        (lambda store: places_in(store, "\u202e"), r"unknown place '\\u202e': neither"),
        (lambda store: sources_in(store, "س" * 10_000), f"unknown source '{'س' * 80}…': neither"),
        (lambda store: outlets_in(store, "wahaa", DECLARED), "unknown outlet 'wahaa'; .* waha"),
        (lambda store: outlets_in(store, "BBC Urd", DECLARED), "did you mean bbc_ur"),
    ],
)
def test_a_name_that_nothing_has_is_an_error_with_the_nearest(
    filled: SyncStore, look: Look, message: str
) -> None:
    with pytest.raises(UnknownName, match=message):
        filled.run(look)

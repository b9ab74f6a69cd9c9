"""What makes a page be read anew though it has not changed, and what does not."""

from dataclasses import field, fields, make_dataclass, replace
from datetime import date

import pytest

from crawler.discovery.kinds import Feed, Listing, Sitemap
from crawler.outlet import HouseStyle, Layout, Outlet
from crawler.runs import reader_version as module
from crawler.runs.reader_version import reader_version

WAHA = Outlet(
    name="waha",
    title="Waha",
    native="الواحة",
    language="ar",
    country="JO",
    zone="Asia/Amman",
    hosts=("waha.example",),
    articles=r"https://waha\.example/\d+",
    discovery=(Feed(url="https://waha.example/rss"),),
    publisher="petra",
    as_of=2026,
    confidence="low",
    layouts=(Layout(body=(".body",), until=date(2025, 3, 1)),),
)


def test_a_mark_of_today_holds_tomorrow() -> None:
    # It changes with READER_VERSION alone. If another change of the code breaks this, every
    # validator in every store is void.
    assert (module.READER_VERSION, reader_version(WAHA)) == (2, "18d02d7fc47ef1e8")


@pytest.mark.parametrize(
    "changed",
    [
        {"zone": "Asia/Riyadh"},
        {"style": HouseStyle(datelines="often")},
        {"date_order": "MDY"},
        {"layouts": (Layout(body=(".text",), until=date(2025, 3, 1)),)},
        {"layouts": (Layout(lead=(".body",), until=date(2025, 3, 1)),)},
        {"layouts": (Layout(body=(".body",), until=date(2025, 4, 1)),)},
        {"discovery": (Sitemap(url="https://waha.example/rss"),)},
        {"discovery": (Listing(url="https://waha.example/rss"),)},
    ],
)
def test_another_declaration_is_another_reader(changed: dict[str, object]) -> None:
    assert reader_version(replace(WAHA, **changed)) != reader_version(WAHA)  # type: ignore[arg-type]


def test_so_is_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    before = reader_version(WAHA)
    monkeypatch.setattr(module, "READER_VERSION", module.READER_VERSION + 1)
    assert reader_version(WAHA) != before


def test_names_and_new_fields_are_no_change() -> None:
    renamed = make_dataclass(
        "Newspaper",
        [
            *(
                (f"its_{each.name}", each.type, field(default=each.default, metadata=each.metadata))
                for each in fields(WAHA)
            ),
            ("added", str, field(default="as ever")),
        ],
        kw_only=True,
    )
    values = {f"its_{each.name}": getattr(WAHA, each.name) for each in fields(WAHA)}
    newspaper = renamed(**values)
    newspaper.discovery = WAHA.discovery
    assert reader_version(newspaper) == reader_version(WAHA)

"""Where the marks of charts stand, and how they are drawn."""

import re
from importlib.resources import files
from typing import Any

import pytest
from lxml import html

from crawler.web.charts import (
    CELL_HEIGHT,
    HEIGHT,
    LEVELS,
    REST,
    bars,
    heat_map,
    largest_first,
    lines,
    rows,
)
from crawler.web.marks import Category, Series
from crawler.web.site import environment

DAYS = [Category("1 March 2026", "1 Mar"), Category("2 March 2026", "2 Mar")]
STORIES = [Series("Arabic", (30, 0)), Series("Urdu", (12, 7))]
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def written(value: float) -> str:
    return f"{value:g}"


def test_bars_are_stacked_on_the_base_line() -> None:
    chart = bars(DAYS, STORIES, written, is_mirrored=False)
    assert [tick.text for tick in chart.ticks] == ["0", "10", "20", "30", "40", "50"]
    (arabic,), urdu = (stack.bars for stack in chart.series)
    assert (arabic.x, arabic.width) == (5, 40)
    assert (arabic.height, arabic.y) == (120, HEIGHT - 120)
    assert (urdu[0].height, urdu[0].y) == (48, HEIGHT - 120 - 48)
    assert urdu[1].y + urdu[1].height == HEIGHT
    assert chart.highest == ("1 March 2026", "42")


def test_the_table_behind_has_all_numbers_and_their_sums() -> None:
    table = bars(DAYS, STORIES, written, is_mirrored=False).table
    assert table.columns == ("Arabic", "Urdu")
    assert table.rows == (
        ("1 March 2026", ("30", "12", "42")),
        ("2 March 2026", ("0", "7", "7")),
    )
    assert table.has_total
    assert not bars(DAYS, STORIES[:1], written, is_mirrored=False).table.has_total


def test_a_mirrored_chart_begins_at_the_right() -> None:
    plain = bars(DAYS, STORIES, written, is_mirrored=False)
    mirrored = bars(DAYS, STORIES, written, is_mirrored=True)
    for stack, other in zip(plain.series, mirrored.series, strict=True):
        for box, mirror in zip(stack.bars, other.bars, strict=True):
            assert mirror.x == 100 - box.x - box.width
            assert (mirror.y, mirror.width, mirror.height) == (box.y, box.width, box.height)
    assert [label.x for label in plain.labels] == [25, 75]
    assert [label.x for label in mirrored.labels] == [75, 25]


@pytest.mark.parametrize(
    ("greatest", "scale"),
    [
        (1, ["0", "1"]),
        (3, ["0", "1", "2", "3"]),
        (7, ["0", "2", "4", "6", "8"]),
        (205, ["0", "50", "100", "150", "200", "250"]),
        (1000, ["0", "200", "400", "600", "800", "1000"]),
        (0.3, ["0", "0.1", "0.2", "0.3"]),
    ],
)
def test_a_scale_has_round_numbers(greatest: float, scale: list[str]) -> None:
    chart = lines(DAYS, [Series("", (greatest, 0))], written, is_mirrored=False)
    assert [tick.text for tick in chart.ticks] == scale
    assert (chart.ticks[0].y, chart.ticks[-1].y) == (HEIGHT, 0)


def test_a_line_is_broken_where_a_number_is_missing() -> None:
    days = [Category(str(day), str(day)) for day in range(4)]
    series = [Series("minutes", (0, 10, None, 5))]
    (stroke,) = lines(days, series, written, is_mirrored=False).series
    assert stroke.path == "M12.5 200.0L37.5 0.0M87.5 100.0"
    (stroke,) = lines(days, series, written, is_mirrored=True).series
    assert stroke.points == ((87.5, 200), (62.5, 0), (12.5, 100))
    assert lines(days, series, written, is_mirrored=True).table.rows[2] == ("2", ("",))


def test_rows_are_as_wide_as_their_share_of_the_whole() -> None:
    shares = Series("share", (0.5, 0.2))
    greatest = rows(["APP", "PPI"], shares, written, is_mirrored=False)
    assert [row.bar.width for row in greatest.rows] == [100, 40]
    whole = rows(["APP", "PPI"], shares, written, is_mirrored=True, whole=1)
    assert [(row.bar.x, row.bar.width) for row in whole.rows] == [(50, 50), (80, 20)]


def test_a_heat_map_has_a_cell_for_each_hour_of_the_week() -> None:
    saturday, friday_night = 5 * 24, 4 * 24 + 23
    chart = heat_map(
        {saturday: 10, friday_night: 1}, WEEKDAYS, written, is_mirrored=False, first_weekday=5
    )
    assert len(chart.cells) == 7 * 24
    assert chart.cells[0].level == LEVELS
    assert (chart.cells[-1].level, chart.cells[-1].box.y) == (1, 6 * CELL_HEIGHT)
    assert [day.text for day in chart.weekdays][:2] == ["Sat", "Sun"]
    assert chart.levels == ((1, "1", "1"), (LEVELS, "10", "10"))
    assert chart.highest == ("Sat 00:00", "10")
    mirrored = heat_map({saturday: 10}, WEEKDAYS, written, is_mirrored=True, first_weekday=5)
    assert mirrored.cells[0].box.x == 95.83


def test_all_but_the_largest_are_the_rest() -> None:
    series = [Series(str(number), (number, 1)) for number in range(11)]
    shown = largest_first(series, "others")
    assert [each.name for each in shown] == ["10", "9", "8", "7", "6", "5", "4", "3", "others"]
    assert shown[-1].values == (0 + 1 + 2, 3)
    chart = bars(DAYS, shown, written, is_mirrored=False)
    assert chart.series[-1].style == REST
    assert len(largest_first(series[:8], "others")) == 8


def _drawn(kind: str, chart: object) -> str:
    source = (
        '{% import "charts.html" as charts with context %}'
        '{{ charts[kind](chart, "c", "A <title>", "Day") }}'
    )
    return environment("en").from_string(source).render(kind=kind, chart=chart)


@pytest.mark.parametrize("kind", ["bars", "lines", "rows", "heat_map"])
def test_a_drawing_is_named_described_and_has_its_numbers_behind_it(kind: str) -> None:
    chart: object
    match kind:
        case "bars":
            chart = bars(DAYS, STORIES, written, is_mirrored=True)
        case "lines":
            chart = lines(DAYS, [Series("Arabic", (42, 7))], written, is_mirrored=True)
        case "rows":
            chart = rows(["<i>", "b"], Series("n", (42, 1)), written, is_mirrored=True)
        case _:
            chart = heat_map({0: 42}, WEEKDAYS, written, is_mirrored=True)
    page = _drawn(kind, chart)
    assert "style=" not in page
    assert "<i>" not in page
    tree: Any = html.fromstring(page)
    (drawing,) = tree.xpath("//svg[@role='img']")
    names = drawing.get("aria-labelledby").split()
    texts = [tree.get_element_by_id(name).text_content() for name in names]
    assert texts[0] == "A <title>"
    assert "42" in texts[1]
    assert drawing.get("direction") == "rtl"
    assert tree.xpath("//details//caption")[0].text_content() == "A <title>"
    assert "42" in tree.xpath("//details//tbody")[0].text_content()
    assert tree.xpath("//tbody//th/@scope")


@pytest.mark.parametrize("kind", ["bars", "lines", "rows", "heat_map"])
def test_nothing_is_said_in_a_sentence(kind: str) -> None:
    charts: dict[str, object] = {
        "bars": bars([], [], written, is_mirrored=False),
        "lines": lines(DAYS, [Series("", (None, None))], written, is_mirrored=False),
        "rows": rows([], Series("", ()), written, is_mirrored=False),
        "heat_map": heat_map({}, WEEKDAYS, written, is_mirrored=False),
    }
    page = _drawn(kind, charts[kind])
    assert "There is nothing to draw." in page
    assert "<svg" not in page


def test_the_colours_of_series_stand_out_from_the_paper() -> None:
    sheet = files("crawler.web").joinpath("assets/khabar.css").read_text()
    light, dark = re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)[:2]
    for block in (light, dark):
        colours = dict(re.findall(r"--([\w-]+): #(\w{6});", block))
        series = {name: value for name, value in colours.items() if name.startswith("series-")}
        assert len(series) == 9
        for name, value in series.items():
            ratio = _contrast(value, colours["paper"])
            assert ratio >= 3, (name, ratio)


def _contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

"""Where the marks of a chart stand: bars, lines, rows and a heat map.

Across, a place is a percentage of the width of the plot, so that a chart fits every screen while
its letters keep their size; down, it is a number of pixels from the top. Mirrored charts begin at
the right. `templates/charts.html` draws the marks (`crawler.web.marks`) that are returned here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import floor, log10

from crawler.web.marks import (
    Bars,
    Box,
    Category,
    Cell,
    HeatMap,
    Label,
    Lines,
    Plot,
    Row,
    Rows,
    Series,
    Stack,
    Stroke,
    Table,
    Tick,
)

HEIGHT = 200
"""Pixels of the plot of bars and lines, from its top to its base line, where none are given."""

ROW_HEIGHT = 52
"""Pixels of a row: its name, and the bar below."""

CELL_HEIGHT = 28
"""Pixels of a cell of a heat map."""

MAX_SERIES = 8
"""Series that have a colour or a pattern of their own, beside the rest."""

LEVELS = 5
"""Shades of a heat map, beside the blank cell of nothing."""

REST = -1
"""The style of a series that sums up all the others."""

_FULL = 100.0  # percent
_BAR_SHARE = 0.8  # of the room of a category
_TICKS = 5  # above zero, at most
_STEPS = (1, 2, 5, 10)
_MAX_LABELS = 10
_HOURS = 24

Write = Callable[[float], str]
"""Writes a number of the chart."""


def bars(
    categories: Sequence[Category],
    series: Sequence[Series],
    write: Write,
    *,
    is_mirrored: bool,
    height: float = HEIGHT,
) -> Bars:
    """Return a chart with a bar for each category, in which the series are stacked. height: of the
    plot, in pixels."""
    totals = [sum(each.values[place] or 0 for each in series) for place in range(len(categories))]
    scale = _scale(totals)
    room = _FULL / max(len(categories), 1)
    heights = [0.0] * len(categories)
    stacks = []
    for number, each in enumerate(series):
        boxes = []
        for place, value in enumerate(each.values):
            if not value:
                continue
            bar_height = height * value / scale[-1]
            heights[place] += bar_height
            start = (place + (1 - _BAR_SHARE) / 2) * room
            box = Box(start, height - heights[place], room * _BAR_SHARE, bar_height)
            boxes.append(_placed(box, is_mirrored=is_mirrored))
        stacks.append(Stack(each.name, _style(number, each), tuple(boxes)))
    return Plot(
        height=height,
        ticks=_ticks(scale, write, height),
        labels=_labels([each.short for each in categories], is_mirrored=is_mirrored),
        series=tuple(stacks),
        table=_table(categories, series, write, has_total=len(series) > 1),
        highest=_highest([each.name for each in categories], totals, write),
        is_mirrored=is_mirrored,
    )


def lines(
    categories: Sequence[Category], series: Sequence[Series], write: Write, *, is_mirrored: bool
) -> Lines:
    """Return a chart with a line for each series."""
    greatest = [
        max((each.values[place] or 0 for each in series), default=0)
        for place in range(len(categories))
    ]
    scale = _scale(greatest)
    strokes = []
    for number, each in enumerate(series):
        points: list[tuple[float, float]] = []
        path = ""
        is_drawn = False
        for place, value in enumerate(each.values):
            if value is None:
                is_drawn = False
                continue
            x = _middle(place, len(categories), is_mirrored=is_mirrored)
            y = _rounded(HEIGHT - HEIGHT * value / scale[-1])
            path += f"{'L' if is_drawn else 'M'}{x} {y}"
            points.append((x, y))
            is_drawn = True
        strokes.append(Stroke(each.name, _style(number, each), path, tuple(points)))
    return Plot(
        height=HEIGHT,
        ticks=_ticks(scale, write, HEIGHT),
        labels=_labels([each.short for each in categories], is_mirrored=is_mirrored),
        series=tuple(strokes),
        table=_table(categories, series, write, has_total=False),
        highest=_highest([each.name for each in categories], greatest, write),
        is_mirrored=is_mirrored,
    )


def rows(
    names: Sequence[str], series: Series, write: Write, *, is_mirrored: bool, whole: float = 0
) -> Rows:
    """Return a chart with a row for each name. whole: the number whose bar is as wide as the chart;
    0 for the greatest one."""
    values = [value or 0 for value in series.values]
    widest = whole or max(values, default=0) or 1
    drawn = []
    for place, (name, value) in enumerate(zip(names, values, strict=True)):
        top = place * ROW_HEIGHT
        box = Box(0, top + ROW_HEIGHT - 16, _FULL * value / widest, 10)
        drawn.append(
            Row(name, write(value), top + ROW_HEIGHT - 30, _placed(box, is_mirrored=is_mirrored))
        )
    categories = [Category(name, name) for name in names]
    return Rows(
        rows=tuple(drawn),
        height=len(names) * ROW_HEIGHT,
        table=_table(categories, [series], write, has_total=False),
        highest=_highest(names, values, write),
        is_mirrored=is_mirrored,
    )


def heat_map(
    hours: Mapping[int, float],
    weekdays: Sequence[str],
    write: Write,
    *,
    is_mirrored: bool,
    first_weekday: int = 0,
) -> HeatMap:
    """Return a chart with a row for each weekday and a column for each hour.

    hours: the numbers by the hour of the week, 0 from Monday's midnight to 167. weekdays: their
    names, Monday's first. first_weekday: of the uppermost row, 0 for Monday.
    """
    order = [(first_weekday + row) % len(weekdays) for row in range(len(weekdays))]
    greatest = max(hours.values(), default=0)
    clock = [f"{hour:02}" for hour in range(_HOURS)]
    width = _FULL / _HOURS
    cells = []
    for row, weekday in enumerate(order):
        for hour in range(_HOURS):
            level = _level(hours.get(weekday * _HOURS + hour, 0), greatest)
            box = Box(hour * width, row * CELL_HEIGHT, width, CELL_HEIGHT)
            cells.append(Cell(_placed(box, is_mirrored=is_mirrored), level))
    table_rows = tuple(
        (weekdays[weekday], tuple(write(hours.get(weekday * _HOURS + h, 0)) for h in range(_HOURS)))
        for weekday in order
    )
    by_hour = sorted(hours)
    names = [f"{weekdays[hour // _HOURS]} {hour % _HOURS:02}:00" for hour in by_hour]
    return HeatMap(
        cells=tuple(cells),
        weekdays=tuple(
            Tick((row + 0.5) * CELL_HEIGHT, weekdays[weekday]) for row, weekday in enumerate(order)
        ),
        labels=tuple(
            Label(_middle(hour, _HOURS, is_mirrored=is_mirrored), clock[hour], hour % 6 != 0)
            for hour in range(0, _HOURS, 3)
        ),
        levels=_levels(hours.values(), greatest, write),
        height=len(weekdays) * CELL_HEIGHT,
        table=Table(tuple(clock), table_rows),
        highest=_highest(names, [hours[hour] for hour in by_hour], write),
        is_mirrored=is_mirrored,
    )


def largest_first(series: Sequence[Series], rest: str, count: int = MAX_SERIES) -> list[Series]:
    """Return the `count` series with the greatest sums, the greatest first, and one named `rest`
    that adds up the others, if there are any."""
    ordered = sorted(series, key=lambda each: -sum(value or 0 for value in each.values))
    if len(ordered) <= count:
        return ordered
    together = tuple(
        sum(value or 0 for value in values)
        for values in zip(*(each.values for each in ordered[count:]), strict=True)
    )
    return [*ordered[:count], Series(rest, together, is_rest=True)]


def _style(number: int, series: Series) -> int:
    return REST if series.is_rest else number % MAX_SERIES


def _scale(values: Sequence[float]) -> list[float]:
    """Return round numbers from zero to the first that is not below the greatest of `values`; whole
    ones where these are."""
    greatest = max(values, default=0)
    if greatest <= 0:
        return [0, 1]
    is_whole = all(value == int(value) for value in values)
    raw = greatest / _TICKS
    power = 10.0 ** floor(log10(raw))
    step = next(each * power for each in _STEPS if each * power >= raw * (1 - 1e-9))
    if is_whole:
        step = max(1, round(step))
    count = 1
    while count * step < greatest * (1 - 1e-9):
        count += 1
    return [number * step for number in range(count + 1)]


def _ticks(scale: Sequence[float], write: Write, height: float) -> tuple[Tick, ...]:
    return tuple(
        Tick(_rounded(height - height * value / scale[-1]), write(value)) for value in scale
    )


def _labels(names: Sequence[str], *, is_mirrored: bool) -> tuple[Label, ...]:
    """Return names at even distances, so few that they do not touch."""
    every = -(-len(names) // _MAX_LABELS)
    shown = range(0, len(names), max(every, 1))
    spare = len(shown) > _MAX_LABELS // 2
    return tuple(
        Label(
            _middle(place, len(names), is_mirrored=is_mirrored),
            names[place],
            spare and number % 3 != 0,
        )
        for number, place in enumerate(shown)
    )


def _table(
    categories: Sequence[Category], series: Sequence[Series], write: Write, *, has_total: bool
) -> Table:
    table_rows = []
    for place, category in enumerate(categories):
        values = [each.values[place] for each in series]
        cells = ["" if value is None else write(value) for value in values]
        if has_total:
            cells.append(write(sum(value or 0 for value in values)))
        table_rows.append((category.name, tuple(cells)))
    return Table(tuple(each.name for each in series), tuple(table_rows), has_total)


def _highest(names: Sequence[str], values: Sequence[float], write: Write) -> tuple[str, str] | None:
    place = max(range(len(names)), key=lambda each: values[each], default=None)
    if place is None or values[place] <= 0:
        return None
    return names[place], write(values[place])


def _level(value: float, greatest: float) -> int:
    """Return the shade of a number: equal steps up to the greatest."""
    if value <= 0:
        return 0
    return min(LEVELS, 1 + int(LEVELS * value / greatest))


def _levels(
    values: Iterable[float], greatest: float, write: Write
) -> tuple[tuple[int, str, str], ...]:
    """Return the shades that are used, each with its least and its greatest number."""
    by_level: dict[int, list[float]] = {}
    for value in values:
        by_level.setdefault(_level(value, greatest), []).append(value)
    return tuple(
        (level, write(min(by_level[level])), write(max(by_level[level])))
        for level in range(1, LEVELS + 1)
        if level in by_level
    )


def _middle(place: int, count: int, *, is_mirrored: bool) -> float:
    """Return the middle of the room of a category."""
    x = (place + 0.5) * _FULL / count
    return _rounded(_FULL - x if is_mirrored else x)


def _placed(box: Box, *, is_mirrored: bool) -> Box:
    """Return a box, given from the beginning of the chart on, where it stands."""
    x = _FULL - box.x - box.width if is_mirrored else box.x
    return Box(_rounded(x), _rounded(box.y), _rounded(box.width), _rounded(box.height))


def _rounded(value: float) -> float:
    return round(value, 2)

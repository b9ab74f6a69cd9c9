"""The marks of charts, and the numbers that they are made of. Across, places are percentages; down,
pixels from the top (see `crawler.web.charts`)."""

from dataclasses import dataclass
from typing import Generic, TypeVar


@dataclass(frozen=True, slots=True)
class Category:
    """What a bar or a point stands for. short: for the axis, where there is little room."""

    name: str
    short: str


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers of the categories in one respect; None where there is none."""

    name: str
    values: tuple[float | None, ...]
    is_rest: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale at the height `y`."""

    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    """A name below the base line, around `x`. is_spare: left out on narrow screens."""

    x: float
    text: str
    is_spare: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, of which `x` and `y` are the left upper corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Stack:
    """The bars of one series, on top of those before it. style: number of its colour, or REST."""

    name: str
    style: int
    bars: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Stroke:
    """The line of one series. path: as SVG writes it, in percent and pixels; it is broken where a
    number is missing. points: of the numbers."""

    name: str
    style: int
    path: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a chart as they are written: the names of the columns, and of each row its
    name and its cells. has_total: the last column adds up the others."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    has_total: bool = False


_Drawn = TypeVar("_Drawn", Stack, Stroke)


@dataclass(frozen=True, slots=True)
class Plot(Generic[_Drawn]):
    """A chart of stacked bars or of lines. height: of the plot. highest: the name and the number of
    the highest bar or point; None if there is nothing to draw."""

    height: float
    ticks: tuple[Tick, ...]
    labels: tuple[Label, ...]
    series: tuple[_Drawn, ...]
    table: Table
    highest: tuple[str, str] | None
    is_mirrored: bool


Bars = Plot[Stack]
Lines = Plot[Stroke]


@dataclass(frozen=True, slots=True)
class Row:
    """A bar that lies below its name; the number is written at the other end of the name's line."""

    name: str
    text: str
    y: float
    bar: Box


@dataclass(frozen=True, slots=True)
class Rows:
    """A chart of bars that lie, for names that are long. height: of all, in pixels."""

    rows: tuple[Row, ...]
    height: float
    table: Table
    highest: tuple[str, str] | None
    is_mirrored: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """An hour of a weekday. level: from 0 for nothing to LEVELS for the most."""

    box: Box
    level: int


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A chart of the hours of the week. weekdays: their names, beside the row in the middle of
    which `y` is. levels: the least and the greatest number of each level from 1 on that has one."""

    cells: tuple[Cell, ...]
    weekdays: tuple[Tick, ...]
    labels: tuple[Label, ...]
    levels: tuple[tuple[int, str, str], ...]
    height: float
    table: Table
    highest: tuple[str, str] | None
    is_mirrored: bool

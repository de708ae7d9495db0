"""What must someone say to get a chart: which title, which rows, in which unit?"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple

from valley.core.errors import ValleyError

# Larger numbers overflow the arithmetic of a scale.
LARGEST = 1e300


class NotDrawable(ValleyError):
    """These numbers have no honest picture."""

    code = "not-drawable"


class Point(NamedTuple):
    """One moment of a line; ``value`` None leaves a gap, ``low`` and ``high`` together make the band."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None


class Range(NamedTuple):
    """From ``low`` to ``high``, with the middle or current ``value`` when there is one."""

    label: str
    low: float
    high: float
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """One value per label; negative values point the other way from the same zero."""

    title: str
    rows: tuple[tuple[str, float], ...]
    unit: str = ""
    description: str = ""

    def __post_init__(self) -> None:
        _finite(self.title, [value for _, value in self.rows])


@dataclass(frozen=True, slots=True)
class Stacked:
    """Parts of a whole per label: one value for each of ``series``, none below zero."""

    title: str
    series: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float, ...]], ...]
    unit: str = ""
    description: str = ""

    def __post_init__(self) -> None:
        _finite(self.title, [value for _, values in self.rows for value in values])
        _rectangular(self.title, len(self.series), [values for _, values in self.rows])
        lowest = min((value for _, values in self.rows for value in values), default=0)
        if lowest < 0:
            raise NotDrawable(
                expected="parts of a whole, none below zero",
                found=lowest,
                next_step="Use bars for values that can be negative.",
                title=self.title,
            )


@dataclass(frozen=True, slots=True)
class Line:
    """Values over time, evenly spaced, with an optional band of uncertainty."""

    title: str
    points: tuple[Point, ...]
    unit: str = ""
    description: str = ""

    def __post_init__(self) -> None:
        _finite(self.title, [value for point in self.points for value in point[1:] if value is not None])


@dataclass(frozen=True, slots=True)
class Ranges:
    """Intervals side by side on one scale."""

    title: str
    rows: tuple[Range, ...]
    unit: str = ""
    description: str = ""

    def __post_init__(self) -> None:
        _finite(self.title, [value for row in self.rows for value in row[1:] if value is not None])
        for row in self.rows:
            if row.low > row.high:
                raise NotDrawable(
                    expected="a low end that is not above the high end",
                    found=f"{row.low} to {row.high}",
                    next_step="Swap the two ends.",
                    label=row.label,
                )


@dataclass(frozen=True, slots=True)
class Heat:
    """A table whose cells are darker as the value is higher; None is an empty cell."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float | None, ...]], ...]
    unit: str = ""
    description: str = ""

    def __post_init__(self) -> None:
        _finite(self.title, [value for _, values in self.rows for value in values if value is not None])
        _rectangular(self.title, len(self.columns), [values for _, values in self.rows])


Chart = Bars | Stacked | Line | Ranges | Heat


def _finite(title: str, values: list[float]) -> None:
    for value in values:
        if not isfinite(value) or abs(value) > LARGEST:
            raise NotDrawable(
                expected="finite numbers",
                found=value,
                next_step="Leave the row out or give its value.",
                title=title,
            )


def _rectangular(title: str, width: int, rows: list[tuple[float | None, ...]] | list[tuple[float, ...]]) -> None:
    for values in rows:
        if len(values) != width:
            raise NotDrawable(
                expected=f"{width} values in every row",
                found=len(values),
                next_step="Give one value for each column.",
                title=title,
            )

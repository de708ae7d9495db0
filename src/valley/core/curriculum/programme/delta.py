"""What does a region teach above, below and beside what the qualification dossier asks?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from valley.core.curriculum.programme.shapes import Version

Side = Literal["above", "as-asked", "below", "beside"]


@dataclass(frozen=True, slots=True)
class Ask:
    """The dossier asks a competence at a level (1-4), for these work processes."""

    competence: int
    level: int
    work_processes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeltaLine:
    """A competence: taught and asked levels (0 is not at all), the side it lies on, where it is taught."""

    competence: int
    side: Side
    taught: int
    asked: int
    outcomes: tuple[str, ...]
    work_processes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProcessLine:
    """A work process: outcomes that serve it, how many of its competences are taught at the level asked.

    Below when an asked competence is missing or taught lower, or when no outcome serves it; above when all are
    reached and one is taught higher; beside when the dossier does not know it.
    """

    code: str
    side: Side
    outcomes: tuple[str, ...]
    reached: int
    asked: int


@dataclass(frozen=True, slots=True)
class Delta:
    """Both views, by competence id and by code of the work process."""

    competences: tuple[DeltaLine, ...]
    work_processes: tuple[ProcessLine, ...]

    def on(self, side: Side) -> tuple[DeltaLine, ...]:
        """The competences of one side."""
        return tuple(line for line in self.competences if line.side == side)


def delta(version: Version, *, asks: Sequence[Ask], work_processes: Sequence[str]) -> Delta:
    """The version against the dossier. A competence asked twice counts at its highest level.

    >>> from valley.core.curriculum.programme.shapes import Outcome, Unit
    >>> taught = Outcome("o", "a", "", competences=((1, 3), (2, 1), (4, 2)), work_processes=("W1",))
    >>> version = Version((Unit("a", "A"),), (taught,))
    >>> asks = (Ask(1, 2, ("W1",)), Ask(2, 2, ("W1",)), Ask(3, 1, ("W2",)))
    >>> [(line.competence, line.side) for line in delta(version, asks=asks, work_processes=("W1", "W2")).competences]
    [(1, 'above'), (2, 'below'), (3, 'below'), (4, 'beside')]
    """
    taught, asked, processes = version.taught(), dict[int, int](), dict[int, set[str]]()
    for ask in asks:
        asked[ask.competence] = max(ask.level, asked.get(ask.competence, 0))
        processes.setdefault(ask.competence, set()).update(ask.work_processes)
    lines = tuple(
        DeltaLine(
            competence=one,
            side=_side(taught.get(one, 0), asked.get(one, 0)),
            taught=taught.get(one, 0),
            asked=asked.get(one, 0),
            outcomes=tuple(o.code for o in version.outcomes if one in dict(o.competences)),
            work_processes=tuple(sorted(processes.get(one, ()))),
        )
        for one in sorted(taught.keys() | asked.keys())
    )
    known = set(work_processes)
    served = {code for outcome in version.outcomes for code in outcome.work_processes}
    codes = (*dict.fromkeys(work_processes), *sorted(served - known))
    return Delta(lines, tuple(_process(code, version, asks, taught, code in known) for code in codes))


def _side(taught: int, asked: int) -> Side:
    if not asked:
        return "beside"
    return "above" if taught > asked else "as-asked" if taught == asked else "below"


def _process(code: str, version: Version, asks: Sequence[Ask], taught: dict[int, int], known: bool) -> ProcessLine:
    outcomes = tuple(outcome.code for outcome in version.outcomes if code in outcome.work_processes)
    here = [(taught.get(ask.competence, 0), ask.level) for ask in asks if code in ask.work_processes]
    reached = sum(level >= wanted for level, wanted in here)
    side: Side = "as-asked"
    if not known:
        side = "beside"
    elif not outcomes or reached < len(here):
        side = "below"
    elif any(level > wanted for level, wanted in here):
        side = "above"
    return ProcessLine(code, side, outcomes, reached, len(here))

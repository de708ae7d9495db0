"""How does one seed become a whole region, the same every time?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from valley.demo.region.openings import openings
from valley.demo.region.shapes import Employer, Region, Role
from valley.demo.region.staffing import Cell, shared_out, shrunk, staff
from valley.demo.region.tables import Tables, ready_worker, recognised, recruiters
from valley.demo.region.workers import Draw, workers

SEED = 2026
OPENINGS = 900
SMALL_WORKERS, SMALL_OPENINGS = 200, 60
ALWAYS_SOME = 0.8  # openings per cell whatever its turnover, so that small roles are seen too


def invent(tables: Tables, roles: Sequence[Role], *, on: date, seed: int = SEED, small: bool = False) -> Region:
    """The region of a seed on a day; the same arguments give equal regions. About two seconds at full size.

    Full: 30 employers, 5,000 workers, 900 openings. Small: 10, 200 and 60. Ready workers come on top.
    """
    staffing = region_staffing(tables, roles, small=small)
    employers = {employer.key: employer for employer in _taking_part(tables, small=small)}
    by_key = {role.key: role for role in roles}
    weights = {cell: count * by_key[cell[1]].turnover + ALWAYS_SOME for cell, count in staffing.items()}
    planned = sum(row["employer"] in employers for row in tables.relay)
    shares = shared_out(weights, (SMALL_OPENINGS if small else OPENINGS) - planned)
    taught = tuple(recognised(row, on) for row in tables.recognitions if row["employer"] in employers)
    learning = frozenset(one.employer for one in taught)
    everybody = workers(Draw(tables, by_key, on, _dice(seed, "workers")), staffing, employers)
    return Region(
        employers=tuple(employers.values()),
        partners=tables.partners,
        workers=(*(ready_worker(row, on) for row in tables.workers), *everybody),
        openings=openings(Draw(tables, by_key, on, _dice(seed, "openings")), shares, employers, learning),
        desks=recruiters(employers.values(), tables.desks),
        recognised=taught,
        practice=tables.practice,
    )


def region_staffing(tables: Tables, roles: Sequence[Role], *, small: bool) -> dict[Cell, int]:
    """Jobs per (employer, role) that add up to every employer's jobs and every role's jobs."""
    taking_part = _taking_part(tables, small=small)
    per_employer = {employer.key: employer.jobs for employer in taking_part}
    per_role = {role.key: role.jobs for role in roles}
    if small:
        per_employer, per_role = shrunk(per_employer, SMALL_WORKERS), shrunk(per_role, SMALL_WORKERS)
    return staff(per_employer, per_role, _affinity(tables.staffing, taking_part))


def _taking_part(tables: Tables, *, small: bool) -> tuple[Employer, ...]:
    return tuple(employer for employer in tables.employers if employer.kept or not small)


def _affinity(staffing: Mapping[str, Mapping[str, float]], employers: Sequence[Employer]) -> dict[Cell, float]:
    return {(one.key, role): weight for one in employers for role, weight in staffing[one.type].items()}


def _dice(seed: int, subject: str) -> Random:
    """Dice of their own for each subject, so that a change to workers does not reshuffle the openings."""
    return Random(f"{seed}:{subject}")  # noqa: S311 - invented people, not secrets

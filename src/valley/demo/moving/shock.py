"""What happens in the region when its largest employer lets more than a third of its people go in one quarter?"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib import resources
from random import Random
from typing import Any

from valley.core.mobility.placement import PlacementPolicy
from valley.demo import region as invented
from valley.demo.region.tables import first_of_month
from valley.foundation import clock
from valley.foundation.access import Caller
from valley.placement import actions as placement
from valley.placement import drafts
from valley.placement import queries as known
from valley.skills import queries as vocabulary

SHARE = 380 / 920
"""Of the jobs of the largest employer."""
ROLES = ("mobility-adviser", "adviser-1", "adviser-2", "chat-adviser", "service-desk", "adviser-3", "case-handler")
FIRST_MONTH, QUARTER = 3, 3
YEARS = ("0-2", "2-5", "5-10", "10+")
NOTE = "Een bot en een ander bedrijf nemen een deel van het werk over."


@dataclass(frozen=True, slots=True)
class Shock:
    """What was announced, who joined, and the plan that was made; zero when it was there already."""

    jobs: int = 0
    joined: int = 0
    placed: int = 0


def announce(caller: Caller, region: invented.Region, ids: Mapping[str, int], persons: Sequence[int]) -> Shock:
    """The announcement, the invitation, the people who join, the candidate courses and a first plan; only once."""
    if known.redundancies(caller):
        return Shock()
    largest = max(region.employers, key=lambda employer: (employer.jobs, employer.key))
    staff = [
        (person, worker)
        for person, worker in zip(persons, region.workers, strict=True)
        if worker.employer == largest.key and worker.role in ROLES
    ]
    whole = sum(worker.employer == largest.key for worker in region.workers)
    jobs = min(round(whole * SHARE), len(staff))
    on = clock.today(caller.at)
    first = first_of_month(on, FIRST_MONTH)
    event = placement.announce_redundancy(
        caller,
        draft=drafts.RedundancyDraft(
            organisation=ids[largest.key], jobs=jobs, from_on=first, until_on=first_of_month(first, QUARTER),
            roles=tuple(role for role in ROLES if any(worker.role == role for _person, worker in staff)), note=NOTE,
        ),
    )  # fmt: skip
    placement.open_invitation(caller, event=event.slug)
    starts_on = first_of_month(on, FIRST_MONTH - 1)
    placement.add_course_offers(caller, rows=[_course(row, ids, starts_on) for row in _courses()])
    dice = Random("shock")  # noqa: S311 - invented people, not secrets
    leaving = dice.sample(staff, jobs)
    rows = [(person, _joining(worker, region, dice)) for person, worker in leaving if worker.consent]
    joined = placement.join_many(caller, event=event.slug, rows=rows)
    made = placement.plan_placement(caller, event=event.slug, policy=PlacementPolicy(bottlenecks=False))
    return Shock(jobs, joined, made.placed)


def _joining(worker: invented.Worker, region: invented.Region, dice: Random) -> drafts.Joining:
    pays = [Decimal(one.pay[0]) for one in region.openings if one.role == worker.role]
    wage = min(pays) + Decimal(dice.choice((0, 50, 100, 150))) / 100 if pays else None
    return drafts.Joining(
        hours=max(worker.wishes.hours_min, min(worker.wishes.hours_max, 28)),
        contract=dice.choice(("fixed-term", "permanent", "permanent")),
        years=dice.choices(YEARS, (30, 30, 25, 15))[0],
        role=worker.role,
        wage=wage,
    )


def _courses() -> list[dict[str, Any]]:
    path = resources.files("valley.demo") / "data" / "courses.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))["course"]


def _course(row: dict[str, Any], ids: Mapping[str, int], starts_on: date) -> drafts.CourseDraft:
    keys = vocabulary.ids_by_starter_key()
    return drafts.CourseDraft(
        key=row["key"],
        title=row["title"],
        organisation=ids[row["organisation"]],
        weeks=row["weeks"],
        cost=Decimal(row["cost"]),
        cost_a_head=Decimal(row["a_head"]),
        least=row["least"],
        most=row["most"],
        language=row.get("language", ""),
        cefr=row.get("cefr"),
        taught_in=row["taught_in"],
        taught_cefr=row["taught_cefr"],
        gives=tuple((keys[key], level) for key, level in row.get("gives", {}).items()),
        starts_on=starts_on,
    )

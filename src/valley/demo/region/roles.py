"""Which of the trade's roles does the region draw its people and openings from?"""

from __future__ import annotations

from collections.abc import Iterable

from valley.demo.region.shapes import Role, RoleNeed
from valley.skills import queries as skills

MUST = 2
SHIFTS = ("evenings", "weekends", "nights", "early")


def roles(starter: Iterable[skills.StarterRole]) -> tuple[Role, ...]:
    """The starter vocabulary's roles as the region needs them: keys, must-have languages, Dutch words."""
    return tuple(_role(role) for role in starter)


def _role(role: skills.StarterRole) -> Role:
    return Role(
        key=role.key,
        title=role.title_nl,
        needs=tuple(RoleNeed(n.key, n.level, n.importance == MUST, n.task_nl) for n in role.needs),
        languages=tuple((spoken.code, spoken.cefr) for spoken in role.languages if spoken.importance == MUST),
        hours=(role.hours_min, role.hours_max),
        permanent=role.contract_kind == "permanent",
        months=role.contract_months,
        shifts=tuple(shift for shift in SHIFTS if getattr(role, shift)),
        home_work=role.home_work,
        pay=(float(role.pay_min), float(role.pay_max)),
        jobs=role.jobs_model,
        turnover=role.turnover_model,
        moves_to=role.moves_to,
    )

"""Which jobs did the invented people have before, and which do they have now? Drawn with dice of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from valley.careers import actions as careers
from valley.careers import drafts
from valley.demo import region as invented
from valley.demo.region.shapes import Role, Worker
from valley.foundation import clock
from valley.foundation.access import Caller

EARLIER = 0.45
"""How many came from another role of the trade (model)."""
MONTH = 30
WEEKLY = 28


def record_careers(
    caller: Caller, region: invented.Region, roles: Sequence[Role], ids: Mapping[str, int], persons: Sequence[int]
) -> int:
    """The job everybody of the region has now, and for some the one before; how many were recorded."""
    dice = Random("careers")  # noqa: S311 - invented people, not secrets
    by_key = {role.key: role for role in roles}
    where = _where(region.workers)
    on = clock.today(caller.at)
    rows = [
        row
        for person, worker in zip(persons, region.workers, strict=True)
        if worker.employer
        for row in _jobs(person, worker, by_key, where, ids, on, dice)
    ]
    return careers.record_employments(caller, rows=rows).employments


def _where(workers: Sequence[Worker]) -> dict[str, list[str]]:
    """The employers of each role, once per person working there, so that a draw follows their size."""
    found: dict[str, list[str]] = defaultdict(list)
    for worker in workers:
        if worker.employer:
            found[worker.role].append(worker.employer)
    return found


def _jobs(
    person: int, worker: Worker, roles: Mapping[str, Role], where: Mapping[str, list[str]], ids: Mapping[str, int],
    on: date, dice: Random,
) -> Iterator[drafts.PastEmployment]:  # fmt: skip
    begun = on - timedelta(days=MONTH * dice.randrange(2, 60))
    now = roles[worker.role]
    before = [role for role in roles.values() if worker.role in role.moves_to and where.get(role.key)]
    if before and dice.random() < EARLIER:
        role = dice.choice(before)
        first = begun - timedelta(days=MONTH * dice.randrange(8, 30))
        employer = dice.choice(where[role.key])
        yield drafts.PastEmployment(
            person, ids[employer], _draft(role, first, begun, dice, began=""), end_reason="worker"
        )
    end = None if now.permanent else on + timedelta(days=MONTH * dice.randrange(1, 12))
    yield drafts.PastEmployment(person, ids[worker.employer], _draft(now, begun, end, dice, began="worker"))


def _draft(role: Role, start: date, end: date | None, dice: Random, *, began: str) -> drafts.EmploymentDraft:
    return drafts.EmploymentDraft(
        role_key=role.key,
        contract="permanent" if end is None else "fixed-term",
        starts_on=start,
        ends_on=end,
        hours=min(40, max(12, dice.choice((role.hours[0], WEEKLY, role.hours[1])))),
        initiative=began,
    )

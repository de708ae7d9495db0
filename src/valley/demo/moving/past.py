"""Which jobs did the invented people have before, and which do they have now? Drawn with dice of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from valley.careers import actions as careers
from valley.careers import drafts, moments
from valley.demo import region as invented
from valley.demo.region.shapes import Role, Worker
from valley.demo.region.tables import first_of_month
from valley.foundation import clock
from valley.foundation.access import Caller

EARLIER = 0.45
"""How many came from another role of the trade (model)."""
MONTH = 30
WEEKLY = 28
PAYS = 0.8
"""How many contracts have their wage written down (model)."""
ANSWERS, WORKS = 0.7, 0.8
"""How many answer a question about their work, and how many of those say that it fits (model)."""
LOOKED_BACK = timedelta(days=450)
"""Questions were first asked about jobs that began so long ago: a year, and the time to answer."""


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
    rows += _named(region.workers, persons, ids, on)
    return careers.record_employments(caller, rows=rows).employments


def _named(
    workers: Sequence[Worker], persons: Sequence[int], ids: Mapping[str, int], on: date
) -> Iterator[drafts.PastEmployment]:
    """The contracts of ready workers that stand written down."""
    ready = {one.email.partition("@")[0]: pk for pk, one in zip(persons, workers, strict=True) if one.email}
    for row in invented.tables().contracts:
        if row["employer"] not in ids:  # a small region has fewer
            continue
        facts: dict[str, Any] = dict(row)
        person, employer = ready[facts.pop("worker")], ids[facts.pop("employer")]
        start = first_of_month(on, -facts.pop("months_ago"))
        months, wage = facts.pop("months", None), facts.pop("wage", None)
        draft = drafts.EmploymentDraft(
            role_key=facts.pop("role"), starts_on=start, ends_on=first_of_month(start, months) if months else None,
            wage=Decimal(wage) if wage else None, **facts,
        )  # fmt: skip
        yield drafts.PastEmployment(person, employer, draft)


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
        earlier = _draft(role, first, begun, dice, began="")
        yield drafts.PastEmployment(person, ids[employer], earlier, end_reason="worker")
    end = None if now.permanent else on + timedelta(days=MONTH * dice.randrange(1, 12))
    job = _draft(now, begun, end, dice, began="worker")
    yield drafts.PastEmployment(person, ids[worker.employer], job, said=tuple(_said(job, on, dice)))


def _said(job: drafts.EmploymentDraft, on: date, dice: Random) -> Iterator[drafts.PastWord]:
    """What both sides said at the moments that came, each in its own mood."""
    if job.starts_on < on - LOOKED_BACK:
        return
    for one in moments.windows(job.starts_on, job.ends_on):
        for side in ("person", "employer"):
            if one.from_on <= on and dice.random() < ANSWERS:
                works = dice.random() < WORKS
                reasons = sorted(moments.GOOD if works else moments.BAD)
                yield drafts.PastWord(side, one.moment, works, tuple(dice.sample(reasons, dice.randint(1, 3))))


def _draft(role: Role, start: date, end: date | None, dice: Random, *, began: str) -> drafts.EmploymentDraft:
    cents = dice.randint(*(round(20 * euro) for euro in role.pay)) * 5
    return drafts.EmploymentDraft(
        role_key=role.key,
        contract="permanent" if end is None else "fixed-term",
        starts_on=start,
        ends_on=end,
        hours=min(40, max(12, dice.choice((role.hours[0], WEEKLY, role.hours[1])))),
        wage=Decimal(cents) / 100 if dice.random() < PAYS else None,
        initiative=began,
    )

"""How is everybody who joined planned for, the plan kept, and how is it sent?"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from time import perf_counter
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from valley.core.mobility.placement import PlacementPolicy, Plan, place
from valley.foundation import access, audit, jobs
from valley.foundation.access import Caller
from valley.foundation.problems import Conflict
from valley.placement import desks, drafts, published, snapshots
from valley.placement.actions import events
from valley.placement.actions.progress import READ, STORED, Report, Told
from valley.placement.models import (
    CourseOffer,
    EventState,
    PlanProposal,
    PlanRun,
    ProposalState,
    Redundancy,
    Unplaced,
)
from valley.placement.queries.runs import TASK

KM = (1, 400)
NAME = 60
ROUNDS = 3
"""How often a plan is made again because somebody left meanwhile: each time takes up to two minutes."""


@dataclass(frozen=True, slots=True)
class PlanMade:
    """A plan as it was kept. ``gap`` is of the people placed; ``left`` went meanwhile, and it was made again."""

    run: int
    event: str
    scenario: str
    changed: bool
    placed: int
    total: int
    bound: int
    gap: float
    seconds: float
    left: int


def order_plan(caller: Caller, *, event: str, scenario: drafts.Scenario) -> str:
    """Ask a worker for a plan and return the key of the job. Programme office or operator."""
    row = desks.office_event(caller, slug=event)
    asked = checked_scenario(scenario)
    desks.inbox(caller, row)
    desks.require_running(row)
    with transaction.atomic():
        task = jobs.tasks()[TASK].using(requested_by=caller.pseudonym)
        said = {"by": caller.pseudonym, "language": caller.language}
        handle = task.enqueue(event=row.slug, scenario=_stored(asked), **said)
        audit.record(caller, verb="placement.order_plan", subject=("redundancy", row.slug[:80]))
    return handle.key


def plan_placement(
    caller: Caller,
    *,
    event: str,
    scenario: drafts.Scenario | None = None,
    policy: PlacementPolicy | None = None,
    progress: Report | None = None,
) -> PlanMade:
    """Plan for everybody who joined, under a scenario, and keep it; the same inputs give the plan that is there.

    When somebody leaves while the plan is made it is made again without that person, and only the last is kept: its
    proof, costs and bottlenecks are of the people who stay. A yes that was given is kept. Raises Conflict when people
    left every time. Programme office, operator and jobs; up to two minutes for 380 people and 900 openings.
    """
    row, asked = desks.office_event(caller, slug=event), checked_scenario(scenario or drafts.Scenario())
    desks.require_running(row)
    told, began, left = Told(progress), perf_counter(), 0
    for _round in range(ROUNDS):
        told.at(READ, _("reading who joined and what is open"))
        world = snapshots.world(caller, row, asked)
        if not world.movers:
            raise Conflict(
                expected=_("people who joined"),
                found=_("nobody yet"),
                next_step=_("Let the employer hand out the code, and wait."),
            )
        plan = _planned(world, policy or PlacementPolicy(), told)
        told.at(STORED, _("storing"))
        with transaction.atomic():
            gone = frozenset(mover.id for mover in world.movers) - snapshots.living(caller, row)
            if not gone:
                run, changed = _kept(caller, row, asked, world, plan, seconds=perf_counter() - began)
                return _made(run, changed=changed, left=left)
        left += len(gone)
        told.again()
    raise Conflict(
        expected=_("people who take part until the plan is made"),
        found=_("somebody left every time"),
        next_step=_("Plan again in an hour."),
    )


def send_proposals(caller: Caller, *, run: int) -> int:
    """Send the proposals of a plan to the people themselves, and to nobody else; returns how many. Programme office.

    Proposals of an earlier plan that nobody answered expire. Raises Conflict for a plan that is out of date, or that
    stretches what people themselves said they want.
    """
    with transaction.atomic():
        row = desks.office_run(caller, id=run)
        _require_sendable(caller, row)
        with access.opened(desks.inbox(caller, row.event)):
            open_ones = (ProposalState.DRAFT, ProposalState.PROPOSED)
            others = PlanProposal.objects.filter(run__event=row.event, state__in=open_ones).exclude(run=row)
            others.update(state=ProposalState.EXPIRED)
            mine = PlanProposal.objects.filter(
                run=row, state=ProposalState.DRAFT, person__in=snapshots.living(caller, row.event)
            )
            sent = mine.update(state=ProposalState.PROPOSED)
        PlanRun.objects.filter(pk=row.pk).update(sent_at=caller.at)
        events.advance(caller, row.event, state=EventState.PLACING)
        audit.record(caller, verb="placement.send_proposals", subject=("plan-run", str(row.pk)), fields=["state"])
    return sent


def checked_scenario(scenario: drafts.Scenario) -> drafts.Scenario:
    """The scenario with a name and known courses; PlacementRefused otherwise."""
    if scenario.max_km is not None:
        drafts.number(scenario.max_km, field="max_km", low=KM[0], high=KM[1])
    courses = scenario.courses
    if courses is not None:
        known = set(CourseOffer.objects.values_list("key", flat=True))
        for key in courses:
            drafts.one_of(key, field="courses", known=known)
        courses = tuple(sorted(set(courses)))
    name = drafts.text(scenario.name, field="name", most=NAME)
    return replace(scenario, name=name, courses=courses)


def _planned(world: snapshots.World, policy: PlacementPolicy, told: Told) -> Plan:
    return place(
        world.movers,
        world.offers,
        world.courses,
        vocabulary=world.vocabulary,
        policy=replace(policy, overlap=world.overlap),
        progress=told.planning,
    )


def _kept(
    caller: Caller, row: Redundancy, asked: drafts.Scenario, world: snapshots.World, plan: Plan, *, seconds: float
) -> tuple[PlanRun, bool]:
    """The plan as it is stored, and whether it is a new one. Inside a transaction in which nobody is gone."""
    latest = PlanRun.objects.filter(event=row, asked=_stored(asked)).order_by("-pk").first()
    if latest is not None and _same(latest, plan, world):
        return latest, False
    run = PlanRun.objects.create(
        event=row,
        scenario=asked.name,
        asked=_stored(asked),
        policy=plan.policy,
        inputs=plan.inputs,
        sources=world.sources,
        members=world.members,
        on=world.on,
        made_at=caller.at,
        seconds=round(seconds, 2),
        result=_published(plan, world),
    )
    if asked.max_km is None:
        _store_people(caller, row, run, plan)
    events.advance(caller, row, state=EventState.PLANNED)
    audit.record(
        caller,
        verb="placement.plan_placement",
        subject=("plan-run", str(run.pk)),
        fields=["claims", "languages", "wishes", "hours", "wage"],
        purpose=f"i:{plan.inputs[:16]} p:{plan.policy[:16]}",
    )
    return run, True


def _same(latest: PlanRun, plan: Plan, world: snapshots.World) -> bool:
    was = (latest.inputs, latest.policy, latest.sources, latest.members, latest.invalid_since)
    return was == (plan.inputs, plan.policy, world.sources, world.members, None)


def _published(plan: Plan, world: snapshots.World) -> Any:
    return published.result(
        plan,
        roles=world.roles,
        employers={offer.id: offer.employer for offer in world.offers},
        keys=dict(CourseOffer.objects.values_list("pk", "key")),
    )


def _store_people(caller: Caller, row: Redundancy, run: PlanRun, plan: Plan) -> None:
    with access.opened(desks.inbox(caller, row)):
        PlanProposal.objects.bulk_create(
            PlanProposal(
                run=run,
                person_id=one.mover,
                opening_id=one.offer,
                course_id=one.course,
                facts={
                    "hours_lost": one.hours_lost,
                    "wage_lost": one.wage_lost,
                    "loss": one.loss,
                    "km": None if one.km is None else round(one.km, 1),
                },
            )
            for one in plan.assignments
            if not one.promised
        )
        Unplaced.objects.bulk_create(
            Unplaced(run=run, person_id=one.mover, reason=one.reason, blocks=_blocks(one)) for one in plan.unplaced
        )


def _blocks(one: Any) -> list[list[Any]]:
    found = one.nearest.conditions if one.nearest else ()
    return [[c.kind, c.subject, c.level] for c in found]


def _made(run: PlanRun, *, changed: bool, left: int) -> PlanMade:
    found = run.result
    return PlanMade(
        run=run.pk,
        event=run.event.slug,
        scenario=run.scenario,
        changed=changed,
        placed=found["placed"],
        total=found["total"],
        bound=found["bound"],
        gap=found["gap"],
        seconds=run.seconds,
        left=left,
    )


def _require_sendable(caller: Caller, row: PlanRun) -> None:
    if row.asked.get("max_km") is not None:
        raise Conflict(
            expected=_("a plan within what people said they want"),
            found=_("a plan that lets everybody travel further"),
            next_step=_("Use it to compare. Ask people to change their wishes, then plan again."),
        )
    if row.sources != snapshots.sources(caller, row.event):
        raise Conflict(
            expected=_("a plan of today"),
            found=_("one from before people, openings or courses changed"),
            next_step=_("Plan again, then send."),
        )


def _stored(asked: drafts.Scenario) -> dict[str, Any]:
    stored = asdict(asked)
    stored["courses"] = None if asked.courses is None else list(asked.courses)
    return stored

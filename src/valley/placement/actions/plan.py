"""How is everybody who joined planned for, the plan kept, and how is it sent?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from time import perf_counter
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from valley.core.mobility.placement import Mover, PlacementPolicy, Plan, place
from valley.core.mobility.placement.treatment import treatment
from valley.foundation import access, audit, jobs
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole
from valley.foundation.problems import Conflict, NotFound
from valley.placement import desks, drafts, published, snapshots
from valley.placement.actions import events
from valley.placement.models import (
    CourseOffer,
    EventState,
    PlanProposal,
    PlanRun,
    ProposalState,
    Redundancy,
    Unplaced,
)

TASK = "placement.plan"
KM = (1, 400)
NAME = 60
SCENARIOS_MOST = 8
Report = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class PlanMade:
    """A plan as it was kept. ``gap`` is that of the number of people placed; ``left`` withdrew while it was made."""

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
    _require_running(row)
    with transaction.atomic():
        task = jobs.tasks()[TASK].using(requested_by=caller.pseudonym)
        handle = task.enqueue(event=row.slug, scenario=_stored(asked), by=caller.pseudonym)
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

    Who leaves while the plan is made is dropped before anything is stored; the plan then counts as out of date. A yes
    that was given is kept. Programme office, operator and jobs; up to two minutes for 380 people and 900 openings.
    """
    row, asked = desks.office_event(caller, slug=event), checked_scenario(scenario or drafts.Scenario())
    _require_running(row)
    report, began = progress or (lambda share, words: None), perf_counter()
    report(0.05, _("reading who joined and what is open"))
    world = snapshots.world(caller, row, asked)
    if not world.movers:
        raise Conflict(
            expected=_("people who joined"),
            found=_("nobody yet"),
            next_step=_("Let the employer hand out the code, and wait."),
        )
    report(0.15, _("planning"))
    plan = _planned(world, policy or PlacementPolicy(), report)
    report(0.9, _("storing"))
    return _store(caller, row, asked, world, plan, seconds=perf_counter() - began)


def compare_scenarios(
    caller: Caller, *, event: str, scenarios: Sequence[drafts.Scenario], progress: Report | None = None
) -> tuple[PlanMade, ...]:
    """A plan for each scenario, in order; they stand side by side afterwards. Programme office, operator, jobs."""
    drafts.number(len(scenarios), field="scenarios", low=1, high=SCENARIOS_MOST)
    report = progress or (lambda share, words: None)
    made: list[PlanMade] = []
    for place_, scenario in enumerate(scenarios):
        made.append(
            plan_placement(
                caller,
                event=event,
                scenario=scenario,
                progress=lambda share, words, done=place_: report((done + share) / len(scenarios), words),
            )
        )
    return tuple(made)


def send_proposals(caller: Caller, *, run: int) -> int:
    """Send the proposals of a plan to the people themselves, and to nobody else; returns how many. Programme office.

    Proposals of an earlier plan that nobody answered expire. Raises Conflict for a plan that is out of date, or that
    stretches what people themselves said they want.
    """
    access.require_desk(caller, DeskRole.OFFICE)
    with transaction.atomic():
        row = PlanRun.objects.select_related("event").filter(pk=run).first()
        if row is None or not desks.is_office(caller, row.event):
            raise NotFound(expected=_("a plan"), found=_("none"), next_step=_("Choose one from the list."))
        _require_sendable(caller, row)
        with access.opened(desks.inbox(caller, row.event)):
            open_ones = (ProposalState.DRAFT, ProposalState.PROPOSED)
            others = PlanProposal.objects.filter(run__event=row.event, state__in=open_ones).exclude(run=row)
            others.update(state=ProposalState.EXPIRED)
            mine = PlanProposal.objects.filter(run=row, state=ProposalState.DRAFT, person__in=_living(caller, row))
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


def _planned(world: snapshots.World, policy: PlacementPolicy, report: Report) -> Plan:
    def progress(_stage: str, done: int, stages: int) -> None:
        report(0.15 + 0.75 * done / max(stages, 1), _("planning"))

    return place(
        world.movers,
        world.offers,
        world.courses,
        vocabulary=world.vocabulary,
        policy=replace(policy, overlap=world.overlap),
        progress=progress,
    )


def _store(
    caller: Caller, row: Redundancy, asked: drafts.Scenario, world: snapshots.World, plan: Plan, *, seconds: float
) -> PlanMade:
    with transaction.atomic():
        gone = frozenset(mover.id for mover in world.movers) - snapshots.living(caller, row)
        kept = _without(plan, world.movers, gone)
        latest = PlanRun.objects.filter(event=row, asked=_stored(asked)).order_by("-pk").first()
        if latest is not None and not gone and _same(latest, plan, world):
            return _made(latest, changed=False, left=0)
        run = PlanRun.objects.create(
            event=row,
            scenario=asked.name,
            asked=_stored(asked),
            policy=plan.policy,
            inputs=plan.inputs,
            sources=world.sources,
            on=world.on,
            made_at=caller.at,
            seconds=round(seconds, 2),
            result=_published(kept, world),
        )
        if asked.max_km is None:
            _store_people(caller, row, run, kept)
        events.advance(caller, row, state=EventState.PLANNED)
        audit.record(
            caller,
            verb="placement.plan_placement",
            subject=("plan-run", str(run.pk)),
            fields=["claims", "languages", "wishes", "hours", "wage"],
            purpose=f"i:{plan.inputs[:16]} p:{plan.policy[:16]}",
        )
    return _made(run, changed=True, left=len(gone))


def _same(latest: PlanRun, plan: Plan, world: snapshots.World) -> bool:
    return (latest.inputs, latest.policy, latest.sources) == (plan.inputs, plan.policy, world.sources)


def _without(plan: Plan, movers: Sequence[Mover], gone: frozenset[int]) -> Plan:
    """The plan without people who left: what it says of the others stays true, though it may no longer be the best."""
    if not gone:
        return plan
    placed = {one.mover for one in plan.assignments} - gone
    return replace(
        plan,
        assignments=tuple(one for one in plan.assignments if one.mover not in gone),
        unplaced=tuple(one for one in plan.unplaced if one.mover not in gone),
        courses=tuple(
            replace(one, movers=tuple(mover for mover in one.movers if mover not in gone)) for one in plan.courses
        ),
        broken=tuple(mover for mover in plan.broken if mover not in gone),
        treatment=treatment([one for one in movers if one.id not in gone], placed),
    )


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
    proof = next(
        (line for line in run.result["proof"] if line[0] == "placed"), ["placed", run.result["placed"], 0, 0.0]
    )
    return PlanMade(
        run=run.pk,
        event=run.event.slug,
        scenario=run.scenario,
        changed=changed,
        placed=run.result["placed"],
        total=run.result["total"],
        bound=proof[2],
        gap=proof[3],
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


def _living(caller: Caller, row: PlanRun) -> frozenset[int]:
    return snapshots.living(caller, row.event)


def _require_running(row: Redundancy) -> None:
    if row.state == EventState.DONE:
        raise Conflict(
            expected=_("a redundancy that is not closed"),
            found=_("one that is done"),
            next_step=_("Announce a new one if more jobs end."),
        )


def _stored(asked: drafts.Scenario) -> dict[str, Any]:
    stored = asdict(asked)
    stored["courses"] = None if asked.courses is None else list(asked.courses)
    return stored

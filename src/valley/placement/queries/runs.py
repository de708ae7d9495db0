"""How does a plan stand in counts and flows, is it of today, and how do scenarios compare?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from valley.core.mobility.placement.flows import ELSEWHERE, NO_ROLE, NOWHERE
from valley.foundation import access, jobs, organisations
from valley.foundation.access import Caller
from valley.foundation.problems import NotFound
from valley.placement import desks, published, snapshots
from valley.placement.models import CourseOffer, EventState, PlanProposal, PlanRun, ProposalState
from valley.placement.queries import words
from valley.placement.queries.events import EventItem, item, roles

TASK = "placement.plan"


@dataclass(frozen=True, slots=True)
class RunItem:
    """A plan as a line. ``gap`` is that of the people placed; 0 is proven best.

    ``current``: it is a plan for exactly the people of today. Of another no number is told: beside the plan of today it
    would tell of who left or joined. ``cost`` None too where it would tell how many follow a small course.
    """

    id: int
    scenario: str
    on: date
    made_at: datetime
    current: bool
    invalid_since: datetime | None
    total: int | None
    placed: int | None
    bound: int | None
    gap: float | None
    courses: int
    cost: float | None
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal in its order, what was reached and what no plan passes; None where it would tell of a few people."""

    name: str
    label: str
    value: float | None
    bound: float | None
    gap: float
    proven: bool


@dataclass(frozen=True, slots=True)
class CourseSize:
    """A course to open and for how many (None: hidden). ``opening`` and ``a_head`` are its price in euro: once, each.

    ``cost`` is all of it together, None where the number is hidden: it would tell.
    """

    key: str
    title: str
    provider: str
    starts_on: date | None
    weeks: int | None
    size: int | None
    size_words: str
    opening: float | None
    a_head: float | None
    cost: float | None


@dataclass(frozen=True, slots=True)
class BottleneckLine:
    """How many more would have a place if one condition were relaxed; None is small and hidden."""

    label: str
    more: int | None
    more_words: str
    proven: bool


@dataclass(frozen=True, slots=True)
class BlockLine:
    """People without a place whose nearest opening asks this; None is small and hidden."""

    label: str
    people: int | None
    people_words: str


@dataclass(frozen=True, slots=True)
class GroupLine:
    """How a lawful group fared; None is hidden. ``percent`` placed of the group."""

    kind: str
    label: str
    placed: int | None
    total: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class FlowLine:
    """People who go from a group to a destination; small flows of a group stand together as one."""

    source: str
    target: str
    people: int


@dataclass(frozen=True, slots=True)
class PlanRunPage:
    """A plan for a group, with its proof. ``stale``: people, openings, courses or words changed since.

    ``renewal`` is the key of the job that makes the plan again since somebody left, "" for none.
    """

    event: EventItem
    run: RunItem
    renewal: str
    unplaced: int | None
    promised: int
    broken: int
    goals: tuple[GoalLine, ...]
    courses: tuple[CourseSize, ...]
    bottlenecks: tuple[BottleneckLine, ...]
    reasons: tuple[BlockLine, ...]
    blocks: tuple[BlockLine, ...]
    treatment: tuple[GroupLine, ...]
    flows: tuple[FlowLine, ...]
    course_flows: tuple[FlowLine, ...]
    stale: bool
    stretched: bool
    sendable: bool
    waiting: int
    answers: tuple[BlockLine, ...]
    seconds: float
    policy: str
    inputs: str

    @property
    def few(self) -> tuple[str, ...]:
        """What the nearest openings ask of so few people that no number is told."""
        return tuple(line.label for line in self.blocks if line.people is None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The newest plan of each scenario side by side, and the difference in people placed with the first.

    Only plans for the people of today stand beside each other; ``outdated`` counts the scenarios without one.
    """

    event: EventItem
    rows: tuple[RunItem, ...]
    more: tuple[int, ...]
    outdated: int


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """How far a plan is that was asked for. ``run`` once it is there; ``percent`` 0-100."""

    key: str
    event: str
    state: str
    state_words: str
    percent: int
    words: str
    error: str
    done: bool
    run: int | None


def runs(caller: Caller, *, event: str, limit: int = 20) -> tuple[RunItem, ...]:
    """The plans of an event, newest first. Programme office."""
    row = desks.office_event(caller, slug=event)
    now = snapshots.group(snapshots.numbers(caller, row))
    return tuple(_item(run, now) for run in PlanRun.objects.filter(event=row).order_by("-pk")[:limit])


def comparison(caller: Caller, *, event: str) -> Comparison:
    """The newest plan of each scenario, in the order in which the scenarios were first asked. Programme office."""
    row = desks.office_event(caller, slug=event)
    now = snapshots.group(snapshots.numbers(caller, row))
    newest = {_scenario(run): _item(run, now) for run in PlanRun.objects.filter(event=row).order_by("pk")}
    rows = tuple(one for one in newest.values() if one.current)
    placed = [one.placed or 0 for one in rows]
    return Comparison(item(row), rows, tuple(one - placed[0] for one in placed), len(newest) - len(rows))


def run_page(caller: Caller, *, id: int) -> PlanRunPage:
    """One plan in counts and flows. Programme office of the event; NotFound otherwise."""
    run = desks.office_run(caller, id=id)
    line = _item(run, snapshots.group(snapshots.numbers(caller, run.event)))
    found: Mapping[str, Any] = run.result if line.current else published.NOTHING
    known = _known(found, caller.language)
    states = _states(caller, run)
    stale = not line.current or run.sources != snapshots.sources(caller, run.event)
    stretched = run.asked.get("max_km") is not None
    done = run.event.state == EventState.DONE
    waiting = states.get(ProposalState.DRAFT, 0)
    return PlanRunPage(
        event=item(run.event),
        run=line,
        renewal=renewal_key(run) if jobs.status(renewal_key(run)) else "",
        unplaced=found["total"] - found["placed"] if line.current else None,
        promised=found["promised"],
        broken=found["broken"],
        goals=_goals(found["proof"]),
        courses=_courses(found["courses"]),
        bottlenecks=tuple(_bottleneck(one, known) for one in found["bottlenecks"] if one[3]),
        reasons=tuple(BlockLine(words.reason(key), n, words.people(n)) for key, n in found["reasons"]),
        blocks=tuple(
            BlockLine(words.condition(one[0], one[1], one[2], known), one[3], words.people(one[3]))
            for one in found["blocks"]
        ),
        treatment=_treatment(found["treatment"]),
        flows=_flows(caller, run, found["flows"]),
        course_flows=_flows(caller, run, found["course_flows"]),
        stale=stale,
        stretched=stretched,
        sendable=not (stale or stretched or done) and waiting > 0,
        waiting=waiting,
        answers=tuple(
            BlockLine(str(state.label), states[state], str(states[state])) for state in ProposalState if state in states
        ),
        seconds=run.seconds,
        policy=run.policy,
        inputs=run.inputs,
    )


def renewal_key(run: PlanRun) -> str:
    """The key of the one job that makes a plan again after somebody left."""
    return f"{TASK}:again-{run.pk}"


def plan_progress(caller: Caller, *, event: str, key: str) -> PlanProgress:
    """How far a plan is that was asked for. Programme office; NotFound for another kind of job."""
    row = desks.office_event(caller, slug=event)
    line = jobs.status(key)
    if line is None or line.task != TASK:
        raise NotFound(expected=_("a plan that was asked for"), found=_("none"), next_step=_("Ask for a new one."))
    states = {
        "ready": _("Waiting for a worker"),
        "running": _("Working"),
        "done": _("Done"),
        "failed": _("Failed"),
    }
    result = line.result if isinstance(line.result, dict) else {}
    return PlanProgress(
        key=key,
        event=row.slug,
        state=line.state,
        state_words=states[line.state],
        percent=round(100 * line.share),
        words=str(line.words),
        error=line.error,
        done=line.state in ("done", "failed"),
        run=result.get("run"),
    )


def _item(run: PlanRun, now: str) -> RunItem:
    """A plan as a line; ``now`` is the group of the people of today."""
    current = bool(run.members) and run.members == now and run.invalid_since is None
    found: Mapping[str, Any] = run.result if current else published.NOTHING
    return RunItem(
        id=run.pk,
        scenario=_scenario(run),
        on=run.on,
        made_at=run.made_at,
        current=current,
        invalid_since=run.invalid_since,
        total=found["total"],
        placed=found["placed"],
        bound=found["bound"],
        gap=None if found["gap"] is None else round(found["gap"], 4),
        courses=len(found["courses"]),
        cost=None if found["cost"] is None else found["cost"] / 100,
        sent_at=run.sent_at,
    )


def _scenario(run: PlanRun) -> str:
    """The name of the scenario, or what it asks in words."""
    asked = run.asked
    if asked.get("name"):
        return str(asked["name"])
    km = asked.get("max_km")
    parts = [_("own wishes") if km is None else _("as if all travelled %(km)s km") % {"km": km}]
    courses = asked.get("courses")
    if courses is not None:
        parts.append(_("without courses") if not courses else _("courses: %(keys)s") % {"keys": ", ".join(courses)})
    return ", ".join(parts)


def _known(found: Mapping[str, Any], language: str) -> words.Known:
    lines = [*found["blocks"], *found["bottlenecks"]]
    return words.known_words([int(one[1]) for one in lines if one[0] == "competence"], language=language)


def _goals(proof: Sequence[Any]) -> tuple[GoalLine, ...]:
    return tuple(
        GoalLine(name, words.goal(name), words.amount(name, value), words.amount(name, bound), round(gap, 4), gap == 0)
        for name, value, bound, gap in proof
    )


def _courses(lines: Sequence[Any]) -> tuple[CourseSize, ...]:
    rows = {row.key: row for row in CourseOffer.objects.select_related("organisation")}
    return tuple(_course(rows.get(key), key, size, cost) for key, size, cost in lines)


def _course(row: CourseOffer | None, key: str, size: int | None, cost: int | None) -> CourseSize:
    return CourseSize(
        key=key,
        title=row.title if row else key,
        provider=row.organisation.name if row else "",
        starts_on=row.starts_on if row else None,
        weeks=row.weeks if row else None,
        size=size,
        size_words=words.people(size),
        opening=float(row.cost) if row else None,
        a_head=float(row.cost_a_head) if row else None,
        cost=None if cost is None else cost / 100,
    )


def _bottleneck(one: Sequence[Any], known: words.Known) -> BottleneckLine:
    kind, subject, amount, more, most = one
    shown = published.seen(more)
    told = words.few() if shown is None else str(shown)
    return BottleneckLine(words.relaxation(kind, subject, amount, known), shown, told, more == most)


def _treatment(rows: Sequence[Any]) -> tuple[GroupLine, ...]:
    """How groups fared, by kind, from the fewest hours or years to the most."""
    found: list[tuple[str, int, GroupLine]] = []
    for kind, key, placed, total in rows:
        about, label, place = words.group(kind, key)
        percent = None if placed is None else round(100 * placed / total)
        found.append((kind, place, GroupLine(about, label, placed, total, percent)))
    return tuple(line for _kind, _place, line in sorted(found, key=lambda one: one[:2]))


def _flows(caller: Caller, run: PlanRun, lines: Sequence[Any]) -> tuple[FlowLine, ...]:
    names = {str(pk): name for pk, name in organisations.names(int(t) for _s, t, _n in lines if t.isdigit()).items()}
    names |= {ELSEWHERE: _("small groups together"), NOWHERE: _("no place yet")}
    sources = {role.key: role.label for role in roles(caller, run.event)}
    sources |= dict(CourseOffer.objects.values_list("key", "title"))
    sources[NO_ROLE] = _("other roles")
    return tuple(FlowLine(str(sources.get(s, s)), str(names.get(t, t)), people) for s, t, people in lines)


def _states(caller: Caller, run: PlanRun) -> dict[str, int]:
    if run.event.office_id is None:
        return {}
    with access.opened(desks.inbox(caller, run.event)):
        states = list(PlanProposal.objects.filter(run=run).values_list("state", flat=True))
    return {state: states.count(state) for state in set(states)}

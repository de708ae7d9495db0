"""What does the planner see: who joined and still shares, every open opening elsewhere, and the candidate courses?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from valley.core.mobility.overlap import OverlapPolicy
from valley.core.mobility.placement import Course, Mover, Offer, Promise
from valley.core.profiles import Demand, Gives, Profile, Spoken, Vocabulary
from valley.foundation import access, clock
from valley.foundation.access import Caller, Grant
from valley.mobility import snapshots as mobility
from valley.people import snapshots as people
from valley.placement import desks
from valley.placement.drafts import Scenario
from valley.placement.models import CourseOffer, Participation, PlanProposal, ProposalState, Redundancy, SeatsTaken
from valley.skills import snapshots as skills
from valley.work import queries as work
from valley.work import snapshots as demands

HOURS_BANDS = ((20, "<20"), (28, "20-27"), (36, "28-35"), (169, "36+"))
"""Hours a week of the job that ends, in bands; part-timers may not be worse off (Wet onderscheid arbeidsduur)."""
LATEST_START = timedelta(days=120)
"""How long after the last job ended an opening may start: as long as people share (``invitations.AFTERWARDS``). A job
that starts years later places nobody."""
SAID_NO = "said-no-"
"""A code that everybody holds but who said no to an opening: so that nobody is proposed the same opening twice, the
planner is told that the opening asks for it."""


@dataclass(frozen=True, slots=True)
class World:
    """All a plan is made from. ``roles`` are by person; ``sources`` and ``members`` are those of the functions here."""

    on: date
    movers: tuple[Mover, ...]
    offers: tuple[Offer, ...]
    courses: tuple[Course, ...]
    vocabulary: Vocabulary
    overlap: OverlapPolicy
    roles: Mapping[int, str]
    sources: str
    members: str


@dataclass(frozen=True, slots=True)
class _Answers:
    """What people of the event said: promises by person, and who said no, by opening."""

    promises: Mapping[int, Promise]
    refused: Mapping[int, frozenset[int]]


def world(caller: Caller, event: Redundancy, scenario: Scenario) -> World:
    """Everything for a plan today. About a second for 380 people and 900 openings. Programme office or operator."""
    on, grant = clock.today(caller.at), desks.inbox(caller, event)
    rows, answers = _members(grant, event), _answers(grant, event)
    seen = people.shared_profiles(grant, reader=event.office_id or 0, purpose=desks.SHARE_PURPOSE, on=on)
    found = {profile.id: profile for profile in seen}
    rows = [row for row in rows if row["person_id"] in found]
    movers = tuple(_mover(row, _stretched(found[row["person_id"]], scenario), answers) for row in rows)
    return World(
        on=on,
        movers=movers,
        offers=_offers(caller, event, on, answers),
        courses=_courses(scenario, on, answers),
        vocabulary=skills.vocabulary(),
        overlap=mobility.POLICY,
        roles={row["person_id"]: row["role"] for row in rows},
        sources=sources(caller, event),
        members=group(row["number"] for row in rows),
    )


def sources(caller: Caller, event: Redundancy) -> str:
    """The fingerprint of what a plan for this event is made from: who joined, passports, openings, courses, words.

    Answers are left out: a yes or no to a plan does not make that plan wrong. Some cheap questions.
    """
    on, grant = clock.today(caller.at), desks.inbox(caller, event)
    joined = [(row["person_id"], row["number"]) for row in _members(grant, event)]
    courses = CourseOffer.objects.order_by("pk").values_list("pk", "version")
    parts = (joined, people.fingerprint(grant), mobility.sources(on), list(courses))
    return sha256(repr(parts).encode()).hexdigest()


def living(caller: Caller, event: Redundancy) -> frozenset[int]:
    """The persons who joined and whose share lives at this moment."""
    return frozenset(row["person_id"] for row in _members(desks.inbox(caller, event), event))


def numbers(caller: Caller, event: Redundancy) -> frozenset[int]:
    """The numbers, in order of joining, of those who joined and whose share lives at this moment."""
    if event.office_id is None:
        return frozenset()
    return frozenset(row["number"] for row in _members(desks.inbox(caller, event), event))


def group(joined: Iterable[int]) -> str:
    """Which people a plan is for, by their numbers: the highest, and a fingerprint.

    >>> group([3, 1]) == group([1, 3]), group([1, 3])[:2], group([])
    (True, '3:', '')
    """
    own = sorted(joined)
    return f"{own[-1]}:{sha256(repr(own).encode()).hexdigest()[:40]}" if own else ""


def left(members: str, joined: Iterable[int]) -> bool:
    """Whether somebody of a group is not among those who take part now; who joined later has a higher number.

    >>> left(group([1, 3]), [1, 3, 4]), left(group([1, 3]), [1, 4]), left("", [1])
    (False, True, True)
    """
    highest = int(members.partition(":")[0] or 0)
    return not members or group(one for one in joined if one <= highest) != members


def hours_band(hours: float) -> str:
    """The band of a number of hours a week.

    >>> hours_band(16), hours_band(36)
    ('<20', '36+')
    """
    return next(band for below, band in HOURS_BANDS if hours < below)


def _members(grant: Grant, event: Redundancy) -> list[dict[str, Any]]:
    wanted = ("person_id", "number", "role", "hours", "wage", "contract", "years")
    with access.opened(grant):
        rows = Participation.objects.filter(event=event, withdrawn_at__isnull=True).order_by("person_id")
        return list(rows.values(*wanted))


def _answers(grant: Grant, event: Redundancy) -> _Answers:
    with access.opened(grant):
        rows = PlanProposal.objects.filter(run__event=event).order_by("pk")
        said = list(rows.values_list("person_id", "opening_id", "course_id", "state"))
    promises = {person: Promise(opening, course) for person, opening, course, s in said if s == ProposalState.YES}
    refused: dict[int, set[int]] = {}
    for person, opening, _course, state in said:
        if state == ProposalState.NO:
            refused.setdefault(opening, set()).add(person)
    return _Answers(promises, {opening: frozenset(who) for opening, who in refused.items()})


def _stretched(profile: Profile, scenario: Scenario) -> Profile:
    if scenario.max_km is None:
        return profile
    return replace(profile, limits=replace(profile.limits, max_km=float(scenario.max_km)))


def _mover(row: Mapping[str, Any], profile: Profile, answers: _Answers) -> Mover:
    agrees = {f"{SAID_NO}{opening}" for opening, who in answers.refused.items() if profile.id not in who}
    groups = (("contract", row["contract"]), ("hours", hours_band(row["hours"])), ("years", row["years"]))
    return Mover(
        profile=replace(profile, permits=profile.permits | agrees),
        hours=float(row["hours"]),
        wage=None if row["wage"] is None else float(row["wage"]),
        groups=groups,
        fixed=answers.promises.get(profile.id),
    )


def _offers(caller: Caller, event: Redundancy, on: date, answers: _Answers) -> tuple[Offer, ...]:
    """Every opening of the other employers with a seat left that starts in time; seats promised here count.

    A promise is kept whenever it starts.
    """
    asked = {demand.id: demand for demand in demands.demands(on)}
    items = work.opening_items(caller, ids=asked)
    taken = dict(SeatsTaken.objects.values_list("opening_id", "taken"))
    mine = Counter(promise.offer for promise in answers.promises.values())
    latest = event.until_on + LATEST_START
    found: list[Offer] = []
    for pk, demand in sorted(asked.items()):
        item = items[pk]
        if item.starts_from_on > latest and not mine[pk]:
            continue
        seats = item.seats - taken.get(pk, 0) + mine[pk]
        if seats > 0 and item.organisation_id != event.organisation_id:
            pay = (float(item.pay_min), float(item.pay_max))
            found.append(Offer(_asking(demand, answers), item.organisation_id, *pay, seats=seats))
    return tuple(found)


def _asking(demand: Demand, answers: _Answers) -> Demand:
    if demand.id not in answers.refused:
        return demand
    conditions = demand.conditions
    asked = conditions.permits | {f"{SAID_NO}{demand.id}"}
    return replace(demand, conditions=replace(conditions, permits=asked))


def _courses(scenario: Scenario, on: date, answers: _Answers) -> tuple[Course, ...]:
    """Courses that can still be opened and the scenario allows; one with a promised place stays in any case."""
    mine = Counter(promise.course for promise in answers.promises.values() if promise.course)
    found: list[Course] = []
    for row in CourseOffer.objects.order_by("pk"):
        allowed = scenario.courses is None or row.key in scenario.courses
        elsewhere = row.reserved - mine[row.pk]
        most = row.most - elsewhere
        if most < 1 or not (mine[row.pk] or (allowed and row.starts_on >= on)):
            continue
        found.append(
            Course(
                id=row.pk,
                weeks=row.weeks,
                starts_on=row.starts_on,
                least=max(1, row.least - elsewhere),
                most=most,
                gives=tuple(Gives(competence, level) for competence, level in row.gives),
                speaks=(Spoken(row.language, row.cefr or 0),) if row.language else (),
                cost=float(row.cost),
                cost_a_head=float(row.cost_a_head),
                taught_in=Spoken(row.taught_in, row.taught_cefr),
            )
        )
    return tuple(found)
